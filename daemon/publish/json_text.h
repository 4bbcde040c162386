#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

/// JSON (RFC 8259) written straight into a string, in the order of the calls, without spaces.
namespace newswatch::publish {

/// Appends `text` as a JSON string.
///
/// Whatever the bytes are, the result is valid JSON and harmless to show: what is no UTF-8, NUL and the
/// control characters but tab and line ends become U+FFFD; the bidirectional controls (UAX #9 §2) and the
/// line separators are written as `\u` escapes, so that no log or terminal obeys them. One code point stays
/// one code point: the offsets of matches hold.
void append_string(std::string& out, std::string_view text);

/// The longest beginning of `text` whose JSON string takes at most `limit` bytes, quotes not counted. Never
/// cuts inside a code point.
[[nodiscard]] std::string_view cut(std::string_view text, std::size_t limit);

/// Puts the commas and quotes of nested objects and lists.
class JsonWriter {
  public:
    JsonWriter& begin_object() { return open('{'); }
    JsonWriter& end_object() { return close('}'); }
    JsonWriter& begin_list() { return open('['); }
    JsonWriter& end_list() { return close(']'); }
    /// `name` is ours: it needs no escape.
    JsonWriter& key(std::string_view name);
    JsonWriter& text(std::string_view value);
    JsonWriter& number(std::uint64_t value);
    JsonWriter& yes_or_no(bool value);
    JsonWriter& null();

    [[nodiscard]] std::size_t size() const { return out_.size(); }
    /// What was written, taken out.
    [[nodiscard]] std::string take() { return std::move(out_); }

  private:
    JsonWriter& open(char bracket);
    JsonWriter& close(char bracket);
    void separate();

    std::string out_{};
    bool needs_comma_{false};
};

}  // namespace newswatch::publish
