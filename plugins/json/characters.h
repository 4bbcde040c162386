#pragma once

/// The characters that JSON gives a meaning.
namespace newswatch::json {

inline bool blank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

inline bool letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
}

inline bool digit(char c) {
    return c >= '0' && c <= '9';
}

inline bool control(char c) {
    return static_cast<unsigned char>(c) < 0x20;
}

}  // namespace newswatch::json
