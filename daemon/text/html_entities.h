#pragma once

#include <cstdint>
#include <string>
#include <string_view>

/// Character references of HTML (WHATWG HTML §13.2.5.72). Pure; any thread may call.
namespace newswatch::text {

/// `nbsp` → U+00A0 as UTF-8; empty where HTML knows no such name. Names are case-sensitive.
[[nodiscard]] std::string_view named_entity(std::string_view name);

/// How many bytes at the start of `name` are a reference that needs no semicolon (`copy` of `copy2`); 0:
/// none.
[[nodiscard]] std::size_t legacy_entity_length(std::string_view name);

/// The character of a numeric reference: 128–159 are read as windows-1252, as browsers do; what is no
/// character becomes U+FFFD, a control character 0 ("leave it out").
[[nodiscard]] char32_t numeric_entity(std::uint32_t number);

/// The character that windows-1252 has at 0x80–0x9F.
[[nodiscard]] char32_t windows_1252(std::uint8_t byte);

/// Appends a code point as UTF-8.
void append_utf8(std::string& text, char32_t code_point);

}  // namespace newswatch::text
