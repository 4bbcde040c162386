#pragma once

#include <compare>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "text/script.h"

namespace newswatch::text {

/// An ISO 639 code of two or three letters in one number; zero is "unknown".
struct Language {
    std::uint16_t value{0};

    auto operator<=>(const Language&) const = default;
    [[nodiscard]] constexpr bool known() const { return value != 0; }
};

/// `ar`; anything but two or three lower-case letters is unknown.
[[nodiscard]] constexpr Language language(std::string_view code) {
    if (code.size() < 2 || code.size() > 3) return {};
    unsigned value = 0;
    for (const char letter : code) {
        if (letter < 'a' || letter > 'z') return {};
        value = value << 5U | static_cast<unsigned>(letter - 'a' + 1);
    }
    return {static_cast<std::uint16_t>(value)};
}

/// The language of a BCP 47 tag in any spelling that feeds use: `pt-BR`, `ZH_Hant`; the withdrawn codes `iw`
/// and `in`, and `nb` and `nn`, become `he`, `id` and `no`.
[[nodiscard]] Language language_of_tag(std::string_view tag);

/// The two or three letters; empty for an unknown language.
[[nodiscard]] std::string code_of(Language language);

/// The languages with word rules of their own that are written in `script`, in a fixed order.
[[nodiscard]] std::span<const Language> languages_of(Script script);

/// True where texts in `language` are written in `script`. A language without rules of its own uses Latin.
[[nodiscard]] bool is_written_in(Language language, Script script);

/// How a word in `script` is analysed where the article's language does not use that script: en, ar, ru or
/// the script's own language (WATCHLISTS.md, introduction).
[[nodiscard]] Language usual_language(Script script);

/// The languages by which words in `script` are analysed in an article of `languages`; empty `languages`
/// give every plausible one.
[[nodiscard]] std::vector<Language> word_languages(std::span<const Language> languages, Script script);

/// The language that CLD2 is sure of; unknown for short or mixed texts. Only ever a hint.
[[nodiscard]] Language detect_language(std::string_view utf8);

}  // namespace newswatch::text
