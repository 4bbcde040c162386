#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// Small steps over UTF-8, as a file position needs them: settings counts columns, it does not compare words.
namespace newswatch::settings {

/// One code point of valid UTF-8 and the bytes it takes.
struct CodePoint {
    char32_t value{0};
    std::size_t size{0};
};

/// The code point that starts at `at`. A byte that starts none gives U+FFFD of one byte.
[[nodiscard]] CodePoint code_point_at(std::string_view utf8, std::size_t at);

/// How many code points; each byte that is not part of one counts as one.
[[nodiscard]] std::size_t code_point_count(std::string_view utf8);

/// The byte where the code point `column` (from 1) starts; the size of the text beyond its end.
[[nodiscard]] std::size_t byte_of_column(std::string_view line, std::size_t column);

/// `size` code points of the line from `column` (from 1) on.
[[nodiscard]] std::string_view slice(std::string_view line, std::size_t column, std::size_t size);

void append_code_point(std::string& out, char32_t value);

/// The byte where the text stops being UTF-8 (RFC 3629: no surrogates, no overlong forms), or its size.
[[nodiscard]] std::size_t valid_utf8_prefix(std::string_view bytes);

/// Marks of direction and other characters that show nothing: LRM, RLM, ALM, embeddings, isolates, zero
/// width space and (non-)joiner, word joiner, soft hyphen, byte order mark.
[[nodiscard]] bool is_invisible(char32_t value);

/// A space that YAML takes for a letter: no-break, thin, ideographic …
[[nodiscard]] bool is_foreign_space(char32_t value);

/// `RIGHT-TO-LEFT MARK`, for the characters of the two functions above; else `U+XXXX`.
[[nodiscard]] std::string name_of_character(char32_t value);

/// Whether the text holds a strong right-to-left letter or mark, so that a terminal may reorder the line.
[[nodiscard]] bool has_right_to_left(std::string_view utf8);

/// Without white space (also foreign) and invisible characters at both ends.
[[nodiscard]] std::string_view trimmed(std::string_view utf8);

}  // namespace newswatch::settings
