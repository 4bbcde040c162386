/// Percent-encoding (RFC 3986 §2.1). Every function may be called from any thread.
#pragma once

#include <string>
#include <string_view>

#include "base/ascii.h"

namespace newswatch {

/// RFC 3986 §2.3: means the same encoded or not, so it is not.
constexpr bool is_unreserved(char c) {
    return ascii::is_letter(c) || ascii::is_digit(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

/// `%0A` of a byte.
inline void append_encoded(std::string& out, char byte) {
    constexpr std::string_view kHex = "0123456789ABCDEF";
    const auto value = static_cast<unsigned char>(byte);
    out += '%';
    out += kHex[value >> 4];
    out += kHex[value & 15];
}

/// Any text as a segment of a path or as a value of a query.
inline std::string percent_encoded(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (is_unreserved(c)) {
            out += c;
        } else {
            append_encoded(out, c);
        }
    }
    return out;
}

}  // namespace newswatch
