#pragma once

#include <string>
#include <string_view>
#include <vector>

/// Names of encodings: what documents write, and what ICU's converters are called. Pure; any thread may call.
namespace newswatch::text {

/// The converter behind a label, as browsers take it (WHATWG Encoding §4.2: `iso-8859-1` is windows-1252,
/// `gb2312` is gb18030). Empty where nobody knows the label.
[[nodiscard]] std::string converter_name(std::string_view label);

/// The `charset` parameter of a Content-Type header (RFC 9110 §8.3.1); empty where there is none.
[[nodiscard]] std::string charset_of_header(std::string_view content_type);

/// The `encoding` of an XML declaration near the start of bytes that are readable as ASCII, or the charset
/// of an HTML page's `meta` element; may be empty.
[[nodiscard]] std::string charset_of_declaration(std::string_view bytes);

/// The legacy encodings in which a language is written, likeliest first; an
/// empty name widens the distance to the next.
[[nodiscard]] std::vector<std::string_view> converters_of_language(std::string_view language);

/// The language that a feed states in its first bytes (`<language>`, `<dc:language>`, `xml:lang`).
[[nodiscard]] std::string stated_language(std::string_view bytes);

}  // namespace newswatch::text
