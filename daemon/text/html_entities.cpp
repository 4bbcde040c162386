#include "text/html_entities.h"

#include <algorithm>
#include <array>

namespace newswatch::text {

namespace {

struct Entity {
    std::string_view name;
    std::string_view utf8;
};

constexpr Entity kEntities[] = {
#include "text/html_entities.inc"
};

constexpr std::string_view kLegacy[] = {
#include "text/html_legacy_entities.inc"
};

constexpr std::size_t kShortestLegacy = 2;
constexpr std::size_t kLongestLegacy = 6;

// WHATWG HTML §13.2.5.80; the five holes of windows-1252 keep their number.
constexpr std::array<char16_t, 32> kWindows1252 = {
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

}  // namespace

std::string_view named_entity(std::string_view name) {
    // These six are nearly all that feeds contain.
    if (name == "amp") return "&";
    if (name == "lt") return "<";
    if (name == "gt") return ">";
    if (name == "quot") return "\"";
    if (name == "nbsp") return "\u00A0";
    if (name == "apos") return "'";
    const auto* const found =
        std::lower_bound(std::begin(kEntities), std::end(kEntities), name,
                         [](const Entity& entity, std::string_view wanted) { return entity.name < wanted; });
    return found != std::end(kEntities) && found->name == name ? found->utf8 : std::string_view{};
}

std::size_t legacy_entity_length(std::string_view name) {
    for (std::size_t size = std::min(kLongestLegacy, name.size()); size >= kShortestLegacy; --size) {
        if (std::binary_search(std::begin(kLegacy), std::end(kLegacy), name.substr(0, size))) return size;
    }
    return 0;
}

char32_t windows_1252(std::uint8_t byte) {
    return byte >= 0x80 && byte <= 0x9F ? kWindows1252[byte - 0x80U] : byte;
}

char32_t numeric_entity(std::uint32_t number) {
    if (number == 0 || number > 0x10FFFF || (number >= 0xD800 && number <= 0xDFFF)) return 0xFFFD;
    if (number == '\t' || number == '\n' || number == '\r') return U' ';
    if (number < 0x20 || number == 0x7F || (number & 0xFFFE) == 0xFFFE) return 0;
    if (number < 0x80 || number > 0x9F) return number;
    const char32_t character = windows_1252(static_cast<std::uint8_t>(number));
    return character < 0xA0 ? 0 : character;
}

void append_utf8(std::string& text, char32_t code_point) {
    const auto byte = [&](char32_t bits) { text += static_cast<char>(bits); };
    if (code_point < 0x80) {
        byte(code_point);
    } else if (code_point < 0x800) {
        byte(0xC0 | (code_point >> 6));
        byte(0x80 | (code_point & 0x3F));
    } else if (code_point < 0x10000) {
        byte(0xE0 | (code_point >> 12));
        byte(0x80 | ((code_point >> 6) & 0x3F));
        byte(0x80 | (code_point & 0x3F));
    } else {
        byte(0xF0 | (code_point >> 18));
        byte(0x80 | ((code_point >> 12) & 0x3F));
        byte(0x80 | ((code_point >> 6) & 0x3F));
        byte(0x80 | (code_point & 0x3F));
    }
}

}  // namespace newswatch::text
