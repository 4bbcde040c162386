#pragma once

#include <string>
#include <string_view>

namespace newswatch::text {

/// HTML or a fragment of it → plain text, by one streaming pass: tags dropped, character references decoded,
/// scripts, styles and comments left out, block elements separate lines, inline ones do not separate words,
/// white space folded. NFC. Bounded: linear in the input, no recursion. Pure; any thread may call.
[[nodiscard]] std::string html_to_text(std::string_view html);

/// Plain text as it stands: white space folded (line ends of paragraphs kept), NFC, control characters
/// dropped.
[[nodiscard]] std::string tidy_text(std::string_view text);

/// True where the text holds a tag or a character reference, so that it was HTML although it said "text".
[[nodiscard]] bool looks_like_html(std::string_view text);

}  // namespace newswatch::text
