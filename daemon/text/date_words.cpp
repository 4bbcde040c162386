#include "text/date_words.h"

#include <unicode/dtfmtsym.h>
#include <unicode/locid.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <unordered_map>

#include "text/utf8.h"

namespace newswatch::text {

namespace {

struct Zone {
    std::string_view name;
    int minutes;
};

// RFC 5322 §4.3, then the names that feeds are seen to carry. IST is India's: the most publishers.
constexpr std::array kZones = {
    Zone{"ut", 0},     Zone{"utc", 0},     Zone{"gmt", 0},     Zone{"z", 0},      Zone{"est", -300},
    Zone{"edt", -240}, Zone{"et", -300},   Zone{"cst", -360},  Zone{"cdt", -300}, Zone{"ct", -360},
    Zone{"mst", -420}, Zone{"mdt", -360},  Zone{"mt", -420},   Zone{"pst", -480}, Zone{"pdt", -420},
    Zone{"pt", -480},  Zone{"ast", -240},  Zone{"adt", -180},  Zone{"at", -240},  Zone{"nst", -210},
    Zone{"ndt", -150}, Zone{"akst", -540}, Zone{"akdt", -480}, Zone{"hst", -600}, Zone{"hast", -600},
    Zone{"wet", 0},    Zone{"west", 60},   Zone{"bst", 60},    Zone{"cet", 60},   Zone{"cest", 120},
    Zone{"met", 60},   Zone{"mest", 120},  Zone{"mez", 60},    Zone{"mesz", 120}, Zone{"eet", 120},
    Zone{"eest", 180}, Zone{"msk", 180},   Zone{"msd", 240},   Zone{"trt", 180},  Zone{"sast", 120},
    Zone{"eat", 180},  Zone{"irst", 210},  Zone{"irdt", 270},  Zone{"gst", 240},  Zone{"pkt", 300},
    Zone{"ist", 330},  Zone{"npt", 345},   Zone{"ict", 420},   Zone{"wib", 420},  Zone{"wita", 480},
    Zone{"wit", 540},  Zone{"hkt", 480},   Zone{"sgt", 480},   Zone{"pht", 480},  Zone{"awst", 480},
    Zone{"jst", 540},  Zone{"kst", 540},   Zone{"acst", 570},  Zone{"acdt", 630}, Zone{"aest", 600},
    Zone{"aedt", 660}, Zone{"nzst", 720},  Zone{"nzdt", 780},  Zone{"brt", -180}, Zone{"brst", -120},
    Zone{"art", -180}, Zone{"clt", -240},  Zone{"clst", -180},
};

constexpr std::array<std::string_view, 12> kEnglish = {"january",   "february", "march",    "april",
                                                       "may",       "june",     "july",     "august",
                                                       "september", "october",  "november", "december"};

constexpr std::array<std::string_view, 12> kPersian = {
    "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"};

constexpr std::array kLanguages = {"ar", "ar_LB", "ar_DZ", "ar_MA", "fa", "he", "tr", "ru", "uk", "be", "bg",
                                   "el", "hu",    "de",    "de_AT", "fr", "es", "it", "pt", "pl", "nl", "sv",
                                   "da", "nb",    "fi",    "cs",    "sk", "sl", "hr", "sr", "ro", "ca", "id",
                                   "vi", "lt",    "lv",    "et",    "sq", "az", "kk", "uz", "hi", "bn", "ur",
                                   "th", "sw",    "eu",    "gl",    "is", "mk", "ka", "hy", "ps", "ku", "ms"};

/// Lower case without accents and dots: how names are compared here.
std::string key_of(std::string_view word) {
    icu::UnicodeString text = icu::UnicodeString::fromUTF8(
        icu::StringPiece{word.data(), static_cast<int32_t>(std::min<std::size_t>(word.size(), 64))});
    text.foldCase();
    std::string key;
    icu::UnicodeString kept;
    for (int32_t at = 0; at < text.length(); at = text.moveIndex32(at, 1)) {
        const UChar32 c = text.char32At(at);
        if (u_isalpha(c) != 0) kept.append(c);
    }
    kept.toUTF8String(key);
    return key;
}

using MonthNames = std::unordered_map<std::string, Month>;

void add(MonthNames& names, const std::string& key, Month month) {
    if (key.empty()) return;
    const auto [found, fresh] = names.try_emplace(key, month);
    if (!fresh && (found->second.number != month.number || found->second.calendar != month.calendar)) {
        found->second.number = 0;  // two languages disagree: nobody can know
    }
}

void add_language(MonthNames& names, const char* language) {
    using Symbols = icu::DateFormatSymbols;
    UErrorCode status = U_ZERO_ERROR;
    // Always Gregorian: Persian and Thai would otherwise bring their own calendar.
    const Symbols symbols{icu::Locale{language}, "gregorian", status};
    if (U_FAILURE(status)) return;
    for (const auto context : {Symbols::FORMAT, Symbols::STANDALONE}) {
        for (const auto width : {Symbols::WIDE, Symbols::ABBREVIATED}) {
            int32_t count = 0;
            const icu::UnicodeString* const months = symbols.getMonths(count, context, width);
            for (int32_t i = 0; i < std::min<int32_t>(count, 12); ++i) {
                std::string name;
                months[i].toUTF8String(name);
                add(names, key_of(name), {.number = static_cast<unsigned>(i + 1)});
            }
        }
    }
}

MonthNames world_months() {
    MonthNames names;
    for (const char* const language : kLanguages)
        add_language(names, language);
    for (unsigned i = 0; i < kPersian.size(); ++i) {
        // A Persian month name wins over a likeness in another language: its letters are Arabic script.
        names[key_of(kPersian[i])] = {.number = i + 1, .calendar = Calendar::persian};
    }
    return names;
}

/// The character at `at`, which moves on; U+FFFD for bytes that are none.
UChar32 next_code_point(std::string_view text, std::size_t& at) {
    const Utf8Step step = utf8_step(text.substr(at));
    const auto byte = [&](std::size_t index) { return static_cast<unsigned char>(text[at + index]); };
    UChar32 c = step.size == 1 ? byte(0) : byte(0) & (0x7F >> step.size);
    for (std::size_t i = 1; i < step.size; ++i)
        c = (c << 6) | (byte(i) & 0x3F);
    at += step.size;
    return step.valid ? c : 0xFFFD;
}

std::string lower_ascii(std::string_view word) {
    std::string out;
    for (const char c : word.substr(0, 64))
        out += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return out;
}

}  // namespace

std::optional<Month> month_of(std::string_view word) {
    const std::string lower = lower_ascii(word);
    if (lower.size() >= 3) {
        for (unsigned i = 0; i < kEnglish.size(); ++i) {
            // `Sept`, `Janu`: any prefix of three letters and more is the month.
            if (kEnglish[i].starts_with(lower)) return Month{.number = i + 1};
        }
    }
    static const MonthNames kNames = world_months();
    const auto found = kNames.find(key_of(word));
    if (found == kNames.end() || found->second.number == 0) return std::nullopt;
    return found->second;
}

std::optional<int> zone_of(std::string_view word) {
    const std::string lower = lower_ascii(word);
    for (const Zone& zone : kZones) {
        if (zone.name == lower) return zone.minutes;
    }
    return std::nullopt;
}

std::optional<bool> half_of_day(std::string_view word) {
    constexpr std::array<std::string_view, 9> kMorning = {"am", "a", "上午", "午前", "오전",
                                                          "πμ", "ص", "ق.ظ",  "öö"};
    constexpr std::array<std::string_view, 9> kEvening = {"pm", "p", "下午", "午後", "오후",
                                                          "μμ", "م", "ب.ظ",  "ös"};
    const std::string lower = lower_ascii(word);
    const auto is_one_of = [&](const auto& words) {
        return std::find(words.begin(), words.end(), lower) != words.end();
    };
    if (is_one_of(kMorning)) return false;
    if (is_one_of(kEvening)) return true;
    return std::nullopt;
}

std::string plain_digits(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t from = at;
        const UChar32 c = next_code_point(text, at);
        const int32_t digit = c < 0x80 ? -1 : u_charDigitValue(c);
        if (digit >= 0) {
            out += static_cast<char>('0' + digit);
        } else if (c == 0x200E || c == 0x200F || c == 0x061C || c == 0xFEFF) {
            continue;
        } else if (c == 0x2212) {
            out += '-';  // a typographer's minus before a zone
        } else if (c == 0xA0 || c == 0x202F || c == 0x3000) {
            out += ' ';
        } else {
            out.append(text.substr(from, at - from));
        }
    }
    return out;
}

}  // namespace newswatch::text
