#include "text/date_words.h"

#include <unicode/dtfmtsym.h>
#include <unicode/locid.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <vector>

#include "base/ascii.h"
#include "text/date_key.h"

namespace newswatch::text {

namespace {

constexpr std::array<std::string_view, 12> kEnglish = {"january",   "february", "march",    "april",
                                                       "may",       "june",     "july",     "august",
                                                       "september", "october",  "november", "december"};
constexpr std::array<std::string_view, 7> kEnglishDays = {"sunday",   "monday", "tuesday", "wednesday",
                                                          "thursday", "friday", "saturday"};

// Where two languages use a name for different months, the one with more speakers stands first.
constexpr std::array kLanguages = {
    "en",    "es",    "fr",      "de",      "pt",    "it",      "ru", "tr",  "pl", "uk", "nl",
    "ar",    "ar_LB", "ar_DZ",   "ar_MA",   "ar_MR", "fa",      "he", "id",  "vi", "el", "hu",
    "ko",    "ja",    "zh",      "zh_Hant", "cs",    "sk",      "sv", "da",  "nb", "fi", "ro",
    "bg",    "sr",    "sr_Latn", "be",      "mk",    "sl",      "hr", "lt",  "lv", "et", "sq",
    "de_AT", "pt_PT", "ca",      "gl",      "eu",    "is",      "ga", "cy",  "af", "sw", "fil",
    "ms",    "az",    "kk",      "ky",      "uz",    "uz_Cyrl", "tk", "tg",  "mn", "ka", "hy",
    "hi",    "bn",    "ur",      "mr",      "ta",    "te",      "kn", "ml",  "gu", "pa", "ne",
    "si",    "th",    "lo",      "km",      "my",    "am",      "ps", "ckb", "ku", "sd", "so"};

struct OwnName {
    std::string_view name;
    unsigned number;
    Calendar calendar{Calendar::gregorian};
};

constexpr std::array kOwnNames = {
    // Persian months (Iran), as written there and in Afghanistan.
    OwnName{"فروردین", 1, Calendar::persian},
    OwnName{"اردیبهشت", 2, Calendar::persian},
    OwnName{"خرداد", 3, Calendar::persian},
    OwnName{"تیر", 4, Calendar::persian},
    OwnName{"مرداد", 5, Calendar::persian},
    OwnName{"امرداد", 5, Calendar::persian},
    OwnName{"شهریور", 6, Calendar::persian},
    OwnName{"مهر", 7, Calendar::persian},
    OwnName{"آبان", 8, Calendar::persian},
    OwnName{"آذر", 9, Calendar::persian},
    OwnName{"دی", 10, Calendar::persian},
    OwnName{"بهمن", 11, Calendar::persian},
    OwnName{"اسفند", 12, Calendar::persian},
    OwnName{"حمل", 1, Calendar::persian},
    OwnName{"ثور", 2, Calendar::persian},
    OwnName{"جوزا", 3, Calendar::persian},
    OwnName{"سرطان", 4, Calendar::persian},
    OwnName{"اسد", 5, Calendar::persian},
    OwnName{"سنبله", 6, Calendar::persian},
    OwnName{"میزان", 7, Calendar::persian},
    OwnName{"عقرب", 8, Calendar::persian},
    OwnName{"قوس", 9, Calendar::persian},
    OwnName{"جدی", 10, Calendar::persian},
    OwnName{"دلو", 11, Calendar::persian},
    OwnName{"حوت", 12, Calendar::persian},
    // Hijri months.
    OwnName{"محرم", 1, Calendar::hijri},
    OwnName{"المحرم", 1, Calendar::hijri},
    OwnName{"صفر", 2, Calendar::hijri},
    OwnName{"ربيع الأول", 3, Calendar::hijri},
    OwnName{"ربيع الآخر", 4, Calendar::hijri},
    OwnName{"ربيع الثاني", 4, Calendar::hijri},
    OwnName{"جمادى الأولى", 5, Calendar::hijri},
    OwnName{"جمادى الأول", 5, Calendar::hijri},
    OwnName{"جمادى الآخرة", 6, Calendar::hijri},
    OwnName{"جمادى الثانية", 6, Calendar::hijri},
    OwnName{"جمادى الثاني", 6, Calendar::hijri},
    OwnName{"رجب", 7, Calendar::hijri},
    OwnName{"شعبان", 8, Calendar::hijri},
    OwnName{"رمضان", 9, Calendar::hijri},
    OwnName{"شوال", 10, Calendar::hijri},
    OwnName{"ذو القعدة", 11, Calendar::hijri},
    OwnName{"ذي القعدة", 11, Calendar::hijri},
    OwnName{"ذو الحجة", 12, Calendar::hijri},
    OwnName{"ذي الحجة", 12, Calendar::hijri},
    // The Levant and the Maghreb beside CLDR.
    OwnName{"كانون ثاني", 1},
    OwnName{"تشرين أول", 10},
    OwnName{"تشرين ثاني", 11},
    OwnName{"كانون أول", 12},
    OwnName{"ايار", 5},
    OwnName{"حزيران", 6},
    OwnName{"تموز", 7},
    OwnName{"جانفي", 1},
    OwnName{"فيفري", 2},
    OwnName{"أفريل", 4},
    OwnName{"جوان", 6},
    OwnName{"جويلية", 7},
    OwnName{"أوت", 8},
    // Spellings of yesterday, and short forms that newspapers prefer to CLDR's.
    OwnName{"pebruari", 2},
    OwnName{"nopember", 11},
    OwnName{"agt", 8},
    OwnName{"agu", 8},
    OwnName{"setiembre", 9},
    OwnName{"setbr", 9},
    OwnName{"mrt", 3},
    OwnName{"mrz", 3},
    OwnName{"jänner", 1},
    OwnName{"feber", 2},
    OwnName{"জানুয়ারি", 1},
    OwnName{"ফেব্রুয়ারি", 2},
    OwnName{"מרס", 3},
};

/// What all languages mean by one name.
struct Meanings {
    std::string_view language{};  ///< the first that uses it
    Month month{};
    std::map<std::string_view, unsigned> others{};  ///< language → month, where it is another one
};

class Words {
  public:
    Words() {
        for (const char* const language : kLanguages)
            add_language(language);
        for (const OwnName& own : kOwnNames)
            months_[date_key(own.name)] = {.month = {.number = own.number, .calendar = own.calendar}};
    }

    [[nodiscard]] std::optional<Month> month(const std::string& key, std::string_view language) const {
        if (const auto found = months_.find(key); found != months_.end())
            return meant(found->second, language);
        return month_that_begins_with(key, language);
    }

    [[nodiscard]] std::optional<bool> half_of_day(const std::string& key) const {
        const auto found = halves_.find(key);
        return found == halves_.end() ? std::nullopt : std::optional{found->second};
    }

    [[nodiscard]] std::optional<Weekday> weekday(const std::string& key) const {
        const auto found = days_.find(key);
        return found == days_.end() ? std::nullopt : std::optional{found->second};
    }

  private:
    using Symbols = icu::DateFormatSymbols;

    void add_language(std::string_view language) {
        UErrorCode status = U_ZERO_ERROR;
        // Always Gregorian: Persian and Thai would otherwise bring their own calendar.
        const Symbols symbols{icu::Locale{language.data()}, "gregorian", status};
        if (U_FAILURE(status)) return;
        int32_t halves = 0;
        const icu::UnicodeString* const half = symbols.getAmPmStrings(halves);
        for (int32_t i = 0; i < std::min<int32_t>(halves, 2); ++i)
            add_half_of_day(half[i], i == 1);
        for (const auto context : {Symbols::FORMAT, Symbols::STANDALONE}) {
            for (const auto width : {Symbols::WIDE, Symbols::ABBREVIATED}) {
                int32_t count = 0;
                const icu::UnicodeString* const months = symbols.getMonths(count, context, width);
                for (int32_t i = 0; i < std::min<int32_t>(count, 12); ++i)
                    add_month(months[i], static_cast<unsigned>(i + 1), language);
                const icu::UnicodeString* const days = symbols.getWeekdays(count, context, width);
                for (int32_t i = 1; i < std::min<int32_t>(count, 8); ++i)
                    add_day(days[i], static_cast<unsigned>(i - 1));
            }
        }
    }

    /// Nothing for `1월` and `tháng 1`: there the number tells.
    static std::string key_of(const icu::UnicodeString& name) {
        std::string utf8;
        name.toUTF8String(utf8);
        const bool numbered =
            std::any_of(utf8.begin(), utf8.end(), [](char c) { return c >= '0' && c <= '9'; });
        return numbered ? std::string{} : date_key(utf8);
    }

    void add_month(const icu::UnicodeString& name, unsigned number, std::string_view language) {
        const std::string key = key_of(name);
        if (key.empty()) return;
        const auto [found, fresh] =
            months_.try_emplace(key, Meanings{.language = language, .month = {.number = number}});
        if (fresh || found->second.month.number == number) return;
        found->second.others.try_emplace(language, number);
    }

    void add_day(const icu::UnicodeString& name, unsigned number) {
        const std::string key = key_of(name);
        if (key.empty()) return;
        const auto [found, fresh] = days_.try_emplace(key, Weekday{number});
        if (!fresh && found->second.number != number) found->second.number.reset();
    }

    /// Only in other scripts than Latin: `de` and `em` are words of other languages.
    void add_half_of_day(const icu::UnicodeString& name, bool afternoon) {
        const std::string key = key_of(name);
        const bool latin = std::any_of(key.begin(), key.end(), [](char c) { return c >= 'a' && c <= 'z'; });
        if (!key.empty() && !latin) halves_.try_emplace(key, afternoon);
    }

    static bool same_language(std::string_view ours, std::string_view wanted) {
        return wanted.size() >= 2 && ours.substr(0, ours.find('_')) == wanted.substr(0, wanted.find('-'));
    }

    static Month meant(const Meanings& meanings, std::string_view language) {
        Month month = meanings.month;
        if (meanings.others.empty() || same_language(meanings.language, language)) return month;
        for (const auto& [other, number] : meanings.others) {
            month.alternative = number;
            if (same_language(other, language)) return {.number = number};
        }
        return month;
    }

    [[nodiscard]] std::optional<Month> month_that_begins_with(const std::string& key,
                                                              std::string_view language) const {
        constexpr std::size_t kShortest = 4;  // bytes: two letters of other scripts say too little as well
        if (key.size() < kShortest) return std::nullopt;
        std::optional<Month> only;
        for (auto at = months_.lower_bound(key); at != months_.end() && at->first.starts_with(key); ++at) {
            const Month month = meant(at->second, language);
            if (only && (only->number != month.number || only->calendar != month.calendar))
                return std::nullopt;
            only = month;
        }
        return only;
    }

    std::map<std::string, Meanings> months_{};
    std::map<std::string, Weekday> days_{};
    std::map<std::string, bool> halves_{};
};

const Words& words() {
    static const Words kWords;
    return kWords;
}

/// Which English name begins with the word: any prefix of three letters and more (`Sept`, `Janu`).
template <std::size_t Size>
std::optional<unsigned> english(const std::array<std::string_view, Size>& names, const std::string& lower) {
    if (lower.size() < 3) return std::nullopt;
    for (unsigned i = 0; i < names.size(); ++i) {
        if (names[i].starts_with(lower)) return i;
    }
    return std::nullopt;
}

struct HalfOfDay {
    std::string_view word;
    bool afternoon;
    std::string_view language{};  ///< only there: elsewhere `de` and `em` are other words
};

constexpr std::array kHalves = {
    HalfOfDay{"am", false},        HalfOfDay{"pm", true},        HalfOfDay{"上午", false},
    HalfOfDay{"凌晨", false},      HalfOfDay{"清晨", false},     HalfOfDay{"早上", false},
    HalfOfDay{"下午", true},       HalfOfDay{"中午", true},      HalfOfDay{"傍晚", true},
    HalfOfDay{"晚上", true},       HalfOfDay{"午前", false},     HalfOfDay{"午後", true},
    HalfOfDay{"오전", false},      HalfOfDay{"오후", true},      HalfOfDay{"πμ", false},
    HalfOfDay{"μμ", true},         HalfOfDay{"öö", false},       HalfOfDay{"ös", true},
    HalfOfDay{"ص", false},         HalfOfDay{"صباحا", false},    HalfOfDay{"م", true},
    HalfOfDay{"مساء", true},       HalfOfDay{"ظهرا", true},      HalfOfDay{"قظ", false},
    HalfOfDay{"بظ", true},         HalfOfDay{"قبلازظهر", false}, HalfOfDay{"بعدازظهر", true},
    HalfOfDay{"صبح", false},       HalfOfDay{"عصر", true},       HalfOfDay{"לפנהצ", false},
    HalfOfDay{"אחהצ", true},       HalfOfDay{"पूर्वाह्न", false},   HalfOfDay{"अपराह्न", true},
    HalfOfDay{"পূর্বাহ্ণ", false},    HalfOfDay{"অপরাহ্ণ", true},    HalfOfDay{"ก่อนเที่ยง", false},
    HalfOfDay{"หลังเที่ยง", true},    HalfOfDay{"утра", false},     HalfOfDay{"дня", true},
    HalfOfDay{"вечера", true},     HalfOfDay{"ночи", false},     HalfOfDay{"paradites", false},
    HalfOfDay{"pasdites", true},   HalfOfDay{"pg", false, "ms"}, HalfOfDay{"ptg", true, "ms"},
    HalfOfDay{"de", false, "hu"},  HalfOfDay{"du", true, "hu"},  HalfOfDay{"fm", false, "sv"},
    HalfOfDay{"em", true, "sv"},   HalfOfDay{"ap", false, "fi"}, HalfOfDay{"ip", true, "fi"},
    HalfOfDay{"sa", false, "vi"},  HalfOfDay{"ch", true, "vi"},  HalfOfDay{"pd", false, "sq"},
    HalfOfDay{"md", true, "sq"},   HalfOfDay{"vm", false, "af"}, HalfOfDay{"nm", true, "af"},
    HalfOfDay{"dop", false, "cs"}, HalfOfDay{"odp", true, "cs"},
};

}  // namespace

std::optional<Month> month_of(std::string_view word, std::string_view language) {
    const std::string lower = ascii::lower(word.substr(0, 64));
    if (const auto index = english(kEnglish, lower)) return Month{.number = *index + 1};
    if (english(kEnglishDays, lower)) return std::nullopt;
    const std::string key = date_key(word);
    if (key.empty()) return std::nullopt;
    if (const auto month = words().month(key, language)) return month;
    // Hebrew writes `in March` as one word.
    constexpr std::string_view kIn = "ב";
    if (key.starts_with(kIn)) return words().month(key.substr(kIn.size()), language);
    return std::nullopt;
}

std::optional<Weekday> weekday_named(std::string_view word) {
    if (const auto index = english(kEnglishDays, ascii::lower(word.substr(0, 64)))) return Weekday{*index};
    return words().weekday(date_key(word));
}

std::optional<bool> half_of_day(std::string_view word, std::string_view language) {
    if (word.empty() || word.size() > 64) return std::nullopt;
    static const std::vector<std::string> kKeys = [] {
        std::vector<std::string> keys;
        for (const HalfOfDay& half : kHalves)
            keys.push_back(date_key(half.word));
        return keys;
    }();
    const std::string key = date_key(word);
    for (std::size_t i = 0; i < kHalves.size(); ++i) {
        const HalfOfDay& half = kHalves[i];
        if (!half.language.empty() && !language.starts_with(half.language)) continue;
        if (kKeys[i] == key) return half.afternoon;
    }
    return static_cast<unsigned char>(key.empty() ? 'a' : key[0]) < 0x80 ? std::nullopt
                                                                         : words().half_of_day(key);
}

}  // namespace newswatch::text
