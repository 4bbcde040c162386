#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

/// Which script a letter belongs to, as far as the rules for words differ (WATCHLISTS.md §3).
namespace newswatch::text {

enum class Script : std::uint8_t {
    none,  ///< digits and signs that all scripts share
    latin,
    greek,
    cyrillic,
    arabic,
    hebrew,
    devanagari,
    hangul,
    han,
    kana,
    thai,
    lao,
    khmer,
    burmese,
    armenian,
    tamil,
    other,
};

inline constexpr std::size_t kScripts = static_cast<std::size_t>(Script::other) + 1;

[[nodiscard]] Script script_of(char32_t code_point);

/// True where some letter is a small one, so that the text is not written in capitals.
[[nodiscard]] bool has_small_letter(std::string_view utf8);

/// Scripts written without spaces, whose words only a dictionary can tell.
[[nodiscard]] constexpr bool needs_dictionary(Script script) {
    switch (script) {
        case Script::han:
        case Script::kana:
        case Script::thai:
        case Script::lao:
        case Script::khmer:
        case Script::burmese:
            return true;
        case Script::none:
        case Script::latin:
        case Script::greek:
        case Script::cyrillic:
        case Script::arabic:
        case Script::hebrew:
        case Script::devanagari:
        case Script::hangul:
        case Script::armenian:
        case Script::tamil:
        case Script::other:
            return false;
    }
    return false;
}

/// True where letters of the script come in capitals and small ones.
[[nodiscard]] constexpr bool has_case(Script script) {
    return script == Script::latin || script == Script::greek || script == Script::cyrillic ||
           script == Script::armenian;
}

}  // namespace newswatch::text
