#include "settings/code_points.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/format.h"

namespace newswatch::settings {

namespace {

constexpr char32_t kReplacement = 0xFFFD;

unsigned char byte_at(std::string_view bytes, std::size_t at) {
    return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0U;
}

bool is_continuation(unsigned char byte) {
    return (byte & 0xC0U) == 0x80U;
}

}  // namespace

CodePoint code_point_at(std::string_view utf8, std::size_t at) {
    const unsigned lead = byte_at(utf8, at);
    if (lead < 0x80U) return {lead, 1};
    const std::size_t size = lead >= 0xF0U ? 4 : lead >= 0xE0U ? 3 : lead >= 0xC2U ? 2 : 1;
    if (size == 1 || lead > 0xF4U || at + size > utf8.size()) return {kReplacement, 1};
    char32_t value = lead & (0xFFU >> (size + 1));
    for (std::size_t next = 1; next < size; ++next) {
        const unsigned char byte = byte_at(utf8, at + next);
        if (!is_continuation(byte)) return {kReplacement, 1};
        value = (value << 6U) | (byte & 0x3FU);
    }
    // RFC 3629 §3: overlong forms, surrogates and what is beyond U+10FFFF are no characters.
    constexpr std::array<char32_t, 5> kLeast{0, 0, 0x80, 0x800, 0x10000};
    if (value < kLeast.at(size) || (value >= 0xD800 && value <= 0xDFFF) || value > 0x10FFFF)
        return {kReplacement, 1};
    return {value, size};
}

std::size_t code_point_count(std::string_view utf8) {
    std::size_t count = 0;
    for (std::size_t at = 0; at < utf8.size(); at += code_point_at(utf8, at).size)
        ++count;
    return count;
}

std::size_t byte_of_column(std::string_view line, std::size_t column) {
    std::size_t at = 0;
    for (std::size_t passed = 1; passed < column && at < line.size(); ++passed) {
        at += code_point_at(line, at).size;
    }
    return at;
}

std::string_view slice(std::string_view line, std::size_t column, std::size_t size) {
    const std::string_view rest = line.substr(byte_of_column(line, column));
    return rest.substr(0, byte_of_column(rest, size + 1));
}

void append_code_point(std::string& out, char32_t value) {
    const auto put = [&out](char32_t byte) { out.push_back(static_cast<char>(byte)); };
    if (value < 0x80) {
        put(value);
    } else if (value < 0x800) {
        put(0xC0U | (value >> 6U));
        put(0x80U | (value & 0x3FU));
    } else if (value < 0x10000) {
        put(0xE0U | (value >> 12U));
        put(0x80U | ((value >> 6U) & 0x3FU));
        put(0x80U | (value & 0x3FU));
    } else {
        put(0xF0U | (value >> 18U));
        put(0x80U | ((value >> 12U) & 0x3FU));
        put(0x80U | ((value >> 6U) & 0x3FU));
        put(0x80U | (value & 0x3FU));
    }
}

std::size_t valid_utf8_prefix(std::string_view bytes) {
    std::size_t at = 0;
    while (at < bytes.size()) {
        const CodePoint point = code_point_at(bytes, at);
        if (point.value == kReplacement && point.size == 1) return at;
        at += point.size;
    }
    return at;
}

bool is_invisible(char32_t value) {
    return value == 0xAD || value == 0x61C || (value >= 0x200B && value <= 0x200F) ||
           (value >= 0x202A && value <= 0x202E) || value == 0x2060 || (value >= 0x2066 && value <= 0x2069) ||
           value == 0xFEFF;
}

bool is_foreign_space(char32_t value) {
    return value == 0xA0 || value == 0x1680 || (value >= 0x2000 && value <= 0x200A) || value == 0x202F ||
           value == 0x205F || value == 0x3000;
}

std::string name_of_character(char32_t value) {
    static constexpr std::array<std::pair<char32_t, const char*>, 21> kNames{{
        {0xA0, "NO-BREAK SPACE"},
        {0xAD, "SOFT HYPHEN"},
        {0x61C, "ARABIC LETTER MARK"},
        {0x200B, "ZERO WIDTH SPACE"},
        {0x200C, "ZERO WIDTH NON-JOINER"},
        {0x200D, "ZERO WIDTH JOINER"},
        {0x200E, "LEFT-TO-RIGHT MARK"},
        {0x200F, "RIGHT-TO-LEFT MARK"},
        {0x202A, "LEFT-TO-RIGHT EMBEDDING"},
        {0x202B, "RIGHT-TO-LEFT EMBEDDING"},
        {0x202C, "POP DIRECTIONAL FORMATTING"},
        {0x202D, "LEFT-TO-RIGHT OVERRIDE"},
        {0x202E, "RIGHT-TO-LEFT OVERRIDE"},
        {0x202F, "NARROW NO-BREAK SPACE"},
        {0x2060, "WORD JOINER"},
        {0x2066, "LEFT-TO-RIGHT ISOLATE"},
        {0x2067, "RIGHT-TO-LEFT ISOLATE"},
        {0x2068, "FIRST STRONG ISOLATE"},
        {0x2069, "POP DIRECTIONAL ISOLATE"},
        {0x3000, "IDEOGRAPHIC SPACE"},
        {0xFEFF, "BYTE ORDER MARK"},
    }};
    const auto* found =
        std::find_if(kNames.begin(), kNames.end(), [value](const auto& row) { return row.first == value; });
    if (found != kNames.end()) return found->second;
    return newswatch::format("U+{:04X}", static_cast<unsigned>(value));
}

bool has_right_to_left(std::string_view utf8) {
    for (std::size_t at = 0; at < utf8.size();) {
        const CodePoint point = code_point_at(utf8, at);
        // Blocks whose letters are of bidi class R or AL: Hebrew … Arabic Extended-A, presentation forms.
        if ((point.value >= 0x590 && point.value <= 0x8FF) ||
            (point.value >= 0xFB1D && point.value <= 0xFDFF) ||
            (point.value >= 0xFE70 && point.value <= 0xFEFC)) {
            return true;
        }
        at += point.size;
    }
    return false;
}

std::string_view trimmed(std::string_view utf8) {
    const auto drops = [](char32_t value) {
        return value == U' ' || value == U'\t' || value == U'\r' || value == U'\n' || is_invisible(value) ||
               is_foreign_space(value);
    };
    while (!utf8.empty()) {
        const CodePoint first = code_point_at(utf8, 0);
        if (!drops(first.value)) break;
        utf8.remove_prefix(first.size);
    }
    std::size_t end = 0;
    for (std::size_t at = 0; at < utf8.size();) {
        const CodePoint point = code_point_at(utf8, at);
        at += point.size;
        if (!drops(point.value)) end = at;
    }
    return utf8.substr(0, end);
}

}  // namespace newswatch::settings
