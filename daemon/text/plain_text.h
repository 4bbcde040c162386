#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

/// Where plain text is put together, white space folded on the way.
namespace newswatch::text {

/// What a byte of valid UTF-8 means to whoever copies text.
enum class ByteClass : std::uint8_t {
    plain,       ///< copied as it stands
    blank,       ///< white space of HTML
    less,        ///< `<`
    ampersand,   ///< `&`
    control,     ///< left out
    c1_or_nbsp,  ///< lead byte of U+0080–U+00BF
    byte_order,  ///< lead byte of U+F000–U+FFFF: byte order marks and non-characters among them
};
[[nodiscard]] ByteClass byte_class(char c);

/// Collects words; blanks between them become one space, line ends one line feed. Lives for one text.
class PlainText {
  public:
    explicit PlainText(std::size_t size_hint) { text_.reserve(size_hint); }

    /// Copies plain bytes, and single spaces between them, from the start of `source`. How many it took; 0
    /// where the first byte is not plain.
    std::size_t copy_plain(std::string_view source);
    /// Takes the character at the start of `source`, whose byte is neither plain nor markup. How many bytes.
    std::size_t take_special(std::string_view source);
    void append(std::string_view characters);
    void append(char32_t character);
    void space() { pending_ = pending_ == Pending::line ? Pending::line : Pending::space; }
    void line() { pending_ = Pending::line; }

    /// The text in NFC; the object is used up.
    [[nodiscard]] std::string finish();

  private:
    enum class Pending : std::uint8_t { nothing, space, line };

    void flush();

    std::string text_{};
    Pending pending_{Pending::nothing};
};

}  // namespace newswatch::text
