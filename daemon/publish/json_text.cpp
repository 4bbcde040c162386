#include "publish/json_text.h"

#include <array>

namespace newswatch::publish {

namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

/// One code point of a text, or one stretch that is no UTF-8.
struct Unit {
    std::size_t size{1};
    std::uint32_t code_point{0};
    bool valid{false};
};

constexpr bool continues(unsigned char byte) {
    return (byte & 0xC0) == 0x80;
}

/// The next unit of `text`, which is not empty. Table 3-7 of the Unicode Standard: no overlong forms, no
/// surrogates, nothing above U+10FFFF; an ill-formed stretch is its longest beginning that could have gone
/// on.
Unit next_unit(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(0);
    if (lead < 0x80) return {.size = 1, .code_point = lead, .valid = true};
    std::size_t length = 0;
    unsigned char low = 0x80;
    unsigned char high = 0xBF;
    if (lead >= 0xC2 && lead <= 0xDF) {
        length = 2;
    } else if (lead >= 0xE0 && lead <= 0xEF) {
        length = 3;
        if (lead == 0xE0) low = 0xA0;
        if (lead == 0xED) high = 0x9F;
    } else if (lead >= 0xF0 && lead <= 0xF4) {
        length = 4;
        if (lead == 0xF0) low = 0x90;
        if (lead == 0xF4) high = 0x8F;
    } else {
        return {};
    }
    std::uint32_t code_point = lead & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        const bool there = i < text.size();
        const bool fits = there && (i == 1 ? byte(i) >= low && byte(i) <= high : continues(byte(i)));
        if (!fits) return {.size = i, .code_point = 0, .valid = false};
        code_point = code_point << 6 | (byte(i) & 0x3FU);
    }
    return {.size = length, .code_point = code_point, .valid = true};
}

/// UAX #9 §2 (embeddings, overrides, isolates, marks), and the two separators that end a line in JavaScript.
constexpr bool is_escaped(std::uint32_t c) {
    return c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x2028 && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069);
}

/// C0 but tab and line ends, DEL, C1: a terminal would obey them.
constexpr bool is_replaced(std::uint32_t c) {
    return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || (c >= 0x7F && c <= 0x9F);
}

void append_escape(std::string& out, std::uint32_t code_point) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    out += "\\u";
    for (int shift = 12; shift >= 0; shift -= 4)
        out += kDigits[(code_point >> shift) & 15];
}

/// The two-character escape of an ASCII character; empty where it needs none.
constexpr std::string_view short_escape(std::uint32_t c) {
    switch (c) {
        case '"':
            return "\\\"";
        case '\\':
            return "\\\\";
        case '\t':
            return "\\t";
        case '\n':
            return "\\n";
        case '\r':
            return "\\r";
        default:
            return {};
    }
}

std::size_t written_size(const Unit& unit) {
    if (!unit.valid || is_replaced(unit.code_point)) return kReplacement.size();
    if (is_escaped(unit.code_point)) return 6;
    return short_escape(unit.code_point).empty() ? unit.size : 2;
}

constexpr bool is_plain(unsigned char byte) {
    return byte >= 0x20 && byte < 0x7F && byte != '"' && byte != '\\';
}

}  // namespace

void append_string(std::string& out, std::string_view text) {
    out += '"';
    while (!text.empty()) {
        std::size_t plain = 0;
        while (plain < text.size() && is_plain(static_cast<unsigned char>(text[plain])))
            ++plain;
        out.append(text.data(), plain);
        text.remove_prefix(plain);
        if (text.empty()) break;
        const Unit unit = next_unit(text);
        if (!unit.valid || is_replaced(unit.code_point)) {
            out += kReplacement;
        } else if (is_escaped(unit.code_point)) {
            append_escape(out, unit.code_point);
        } else if (const std::string_view escape = short_escape(unit.code_point); !escape.empty()) {
            out += escape;
        } else {
            out.append(text.data(), unit.size);
        }
        text.remove_prefix(unit.size);
    }
    out += '"';
}

std::string_view cut(std::string_view text, std::size_t limit) {
    constexpr std::size_t kMostGrowth = 3;  // one byte that is no UTF-8 becomes three; an escape of 3 bytes 6
    if (text.size() * kMostGrowth <= limit) return text;
    std::size_t at = 0;
    std::size_t used = 0;
    while (at < text.size()) {
        const Unit unit = next_unit(text.substr(at));
        used += written_size(unit);
        if (used > limit) break;
        at += unit.size;
    }
    return text.substr(0, at);
}

JsonWriter& JsonWriter::open(char bracket) {
    separate();
    out_ += bracket;
    needs_comma_ = false;
    return *this;
}

JsonWriter& JsonWriter::close(char bracket) {
    out_ += bracket;
    needs_comma_ = true;
    return *this;
}

void JsonWriter::separate() {
    if (needs_comma_) out_ += ',';
    needs_comma_ = true;
}

JsonWriter& JsonWriter::key(std::string_view name) {
    separate();
    out_ += '"';
    out_ += name;
    out_ += "\":";
    needs_comma_ = false;
    return *this;
}

JsonWriter& JsonWriter::text(std::string_view value) {
    separate();
    append_string(out_, value);
    return *this;
}

JsonWriter& JsonWriter::number(std::uint64_t value) {
    separate();
    out_ += std::to_string(value);
    return *this;
}

JsonWriter& JsonWriter::yes_or_no(bool value) {
    separate();
    out_ += value ? "true" : "false";
    return *this;
}

JsonWriter& JsonWriter::null() {
    separate();
    out_ += "null";
    return *this;
}

}  // namespace newswatch::publish
