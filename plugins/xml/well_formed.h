#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace newswatch::xml {

/// What is wrong with a document and where.
struct Defect {
    std::string_view code{};  ///< `bare-ampersand`; empty where all is well
    std::size_t offset{0};
};

/// The rules of XML 1.0 that pugixml does not hold a document to: characters (§2.2), references (§4.1), and
/// what may stand around the root. The first defect found, or nothing. At the speed of memory; no state.
[[nodiscard]] std::optional<Defect> find_defect(std::string_view text);

/// A well-formed reference at the start of `text` (`&amp;`, `&#8217;`) to a character that XML allows: its
/// size; else 0.
[[nodiscard]] std::size_t reference_size(std::string_view text);

/// Whether XML 1.0 §2.2 allows a character below 0x20.
[[nodiscard]] constexpr bool allowed_control(char c) {
    return c == '\t' || c == '\n' || c == '\r';
}

/// XML 1.0 §2.3, with every character above ASCII taken for a letter.
[[nodiscard]] constexpr bool starts_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':' ||
           static_cast<unsigned char>(c) >= 0x80;
}

[[nodiscard]] constexpr bool in_name(char c) {
    return starts_name(c) || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

}  // namespace newswatch::xml
