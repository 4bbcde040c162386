#include "text/language.h"

#include <cld2/public/compact_lang_det.h>

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "text/code_points.h"

namespace newswatch::text {
namespace {

constexpr std::array kLatin{language("en"), language("fr"), language("de"), language("es"), language("it"),
                            language("pt"), language("nl"), language("tr"), language("id"), language("sv"),
                            language("da"), language("no"), language("fi"), language("ro"), language("hu"),
                            language("ca"), language("eu"), language("ga"), language("lt")};
constexpr std::array kCyrillic{language("ru"), language("uk"), language("sr")};
constexpr std::array kArabic{language("ar"), language("fa"), language("ur")};
constexpr std::array kGreek{language("el")};
constexpr std::array kHebrew{language("he"), language("yi")};
constexpr std::array kDevanagari{language("hi"), language("ne")};
constexpr std::array kHangul{language("ko")};
constexpr std::array kHan{language("zh"), language("ja")};
constexpr std::array kKana{language("ja")};
constexpr std::array kThai{language("th")};
constexpr std::array kLao{language("lo")};
constexpr std::array kKhmer{language("km")};
constexpr std::array kBurmese{language("my")};
constexpr std::array kArmenian{language("hy")};
constexpr std::array kTamil{language("ta")};

// Languages without word rules of their own; what is not listed is written in Latin letters.
constexpr std::array kOtherCyrillic{language("be"), language("bg"), language("mk"), language("kk"),
                                    language("ky"), language("mn"), language("tg"), language("tt")};
constexpr std::array kOtherArabic{language("ps"), language("ku"),  language("ckb"), language("ug"),
                                  language("sd"), language("prs"), language("azb")};
constexpr std::array kOtherDevanagari{language("mr"), language("sa"), language("mai"), language("bho")};
constexpr std::array kOtherScripts{language("am"), language("as"), language("bn"), language("dv"),
                                   language("gu"), language("ka"), language("kn"), language("ml"),
                                   language("or"), language("pa"), language("si"), language("te"),
                                   language("ti")};

constexpr std::array kAllScripts{Script::latin,   Script::greek,      Script::cyrillic, Script::arabic,
                                 Script::hebrew,  Script::devanagari, Script::hangul,   Script::han,
                                 Script::kana,    Script::thai,       Script::lao,      Script::khmer,
                                 Script::burmese, Script::armenian,   Script::tamil};

bool contains(std::span<const Language> languages, Language wanted) {
    return std::ranges::find(languages, wanted) != languages.end();
}

bool is_other(Language wanted, Script script) {
    switch (script) {
        case Script::cyrillic:
            return contains(kOtherCyrillic, wanted);
        case Script::arabic:
            return contains(kOtherArabic, wanted);
        case Script::devanagari:
            return contains(kOtherDevanagari, wanted);
        default:
            return false;
    }
}

}  // namespace

Language language_of_tag(std::string_view tag) {
    std::string code;
    for (const char letter : tag) {
        if (letter == '-' || letter == '_') break;
        if (code.size() == 3) return {};
        code.push_back(ascii::lower(letter));
    }
    if (code == "iw") return language("he");
    if (code == "in") return language("id");
    if (code == "nb" || code == "nn") return language("no");
    return language(code);
}

std::string code_of(Language language) {
    std::string code;
    for (unsigned value = language.value; value != 0; value >>= 5U) {
        code.insert(code.begin(), static_cast<char>('a' + (value & 31U) - 1));
    }
    return code;
}

std::span<const Language> languages_of(Script script) {
    switch (script) {
        case Script::latin:
            return kLatin;
        case Script::greek:
            return kGreek;
        case Script::cyrillic:
            return kCyrillic;
        case Script::arabic:
            return kArabic;
        case Script::hebrew:
            return kHebrew;
        case Script::devanagari:
            return kDevanagari;
        case Script::hangul:
            return kHangul;
        case Script::han:
            return kHan;
        case Script::kana:
            return kKana;
        case Script::thai:
            return kThai;
        case Script::lao:
            return kLao;
        case Script::khmer:
            return kKhmer;
        case Script::burmese:
            return kBurmese;
        case Script::armenian:
            return kArmenian;
        case Script::tamil:
            return kTamil;
        case Script::none:
        case Script::other:
            break;
    }
    return {};
}

bool is_written_in(Language language, Script script) {
    if (contains(languages_of(script), language) || is_other(language, script)) return true;
    if (script != Script::latin || contains(kOtherScripts, language)) return false;
    return std::ranges::none_of(kAllScripts, [&](Script other) {
        return contains(languages_of(other), language) || is_other(language, other);
    });
}

Language usual_language(Script script) {
    const std::span<const Language> languages = languages_of(script);
    return languages.empty() ? Language{} : languages.front();
}

std::vector<Language> word_languages(std::span<const Language> languages, Script script) {
    const std::span<const Language> plausible = languages_of(script);
    if (languages.empty()) return {plausible.begin(), plausible.end()};
    std::vector<Language> result;
    for (const Language candidate : languages) {
        if (is_written_in(candidate, script) && !contains(result, candidate)) result.push_back(candidate);
    }
    if (result.empty() && !plausible.empty()) result.push_back(usual_language(script));
    return result;
}

Language detect_language(std::string_view utf8) {
    constexpr std::size_t kEnough = 200;  // below, CLD2 misjudges one text in eight
    constexpr std::size_t kMost = 400;    // more costs time and makes it no surer
    if (utf8.size() < kEnough) return {};
    std::size_t end = std::min(utf8.size(), kMost);
    while (end < utf8.size() && (static_cast<unsigned char>(utf8[end]) & 0xC0U) == 0x80U)
        --end;
    std::array<CLD2::Language, 3> languages{};
    std::array<int, 3> percents{};
    int text_bytes = 0;
    bool reliable = false;
    CLD2::DetectLanguageSummary(utf8.data(), static_cast<int>(end), true, languages.data(), percents.data(),
                                &text_bytes, &reliable);
    if (!reliable || percents[0] < 90 || text_bytes < static_cast<int>(kEnough) / 2) return {};
    return language_of_tag(CLD2::LanguageCode(languages[0]));
}

}  // namespace newswatch::text
