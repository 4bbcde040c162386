#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "text/byte_scan.h"

/// Where plain text is put together, white space folded on the way.
namespace newswatch::text {

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
    bool beyond_latin_{false};  ///< only then composition can matter
};

}  // namespace newswatch::text
