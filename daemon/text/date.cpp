#include "text/date.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "text/date_iso.h"
#include "text/date_key.h"
#include "text/date_loose.h"
#include "text/date_parts.h"
#include "text/date_usual.h"

namespace newswatch::text {

namespace {

constexpr std::size_t kLongestDate = 200;
constexpr int kBuddhistYears = 543;  // ahead of the common era

/// What the whole text tells beside its parts.
struct Hints {
    std::string language{};
    bool thai{false};    ///< letters or digits of Thai
    bool korean{false};  ///< words of a Korean date
};

bool holds_any(std::string_view text, const auto& words) {
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

Hints hints_of(std::string_view text, std::string_view language, bool ascii) {
    constexpr std::array<std::string_view, 5> kKoreanWords = {"년", "월", "일", "오전", "오후"};
    constexpr std::array<std::string_view, 2> kThaiLetters = {"\xE0\xB8", "\xE0\xB9"};
    Hints hints;
    for (const char c : language.substr(0, 35)) {
        hints.language += c == '_' ? '-' : ascii::lower(c);
    }
    hints.thai = hints.language.starts_with("th") || (!ascii && holds_any(text, kThaiLetters));
    hints.korean = !ascii && holds_any(text, kKoreanWords);
    return hints;
}

/// Years of other calendars in a date that names no month of theirs.
void settle_year(DateParts& parts, const Hints& hints) {
    constexpr int kBangkok = 7 * 60;
    const bool thai = hints.thai || (parts.zone && parts.zone->minutes == kBangkok);
    if (thai && parts.year >= 1970 + kBuddhistYears && parts.year <= 2099 + kBuddhistYears) {
        parts.year -= kBuddhistYears;
    } else if (parts.calendar == Calendar::gregorian) {
        parts.calendar = calendar_of_year(parts.year, hints.language);
    }
}

std::optional<Time> read_one_date(std::string_view text, const Hints& hints) {
    auto parts = read_iso_date(text, hints.language);
    if (!parts) parts = read_loose_date(text, hints.language);
    if (!parts) return std::nullopt;
    settle_year(*parts, hints);
    // Korea has one zone, and whoever writes its words lives by it.
    if (hints.korean && parts->has_time && !parts->zone) parts->zone = Zone{.minutes = 9 * 60};
    return assemble(*parts);
}

/// `5 رمضان 1445 الموافق 15 مارس 2024`: the same day in two calendars. The second is Gregorian as a rule.
std::optional<Time> read_one_of_two(std::string_view text, const Hints& hints) {
    constexpr std::string_view kEquals = "الموافق";
    const std::size_t at = text.find(kEquals);
    if (at == std::string_view::npos) return read_one_date(text, hints);
    const auto second = read_one_date(ascii::trimmed(text.substr(at + kEquals.size())), hints);
    return second ? second : read_one_date(ascii::trimmed(text.substr(0, at)), hints);
}

/// `令和元年` is the first year of an era.
std::string with_first_year(std::string text) {
    constexpr std::string_view kFirst = "元年";
    if (const std::size_t at = text.find(kFirst); at != std::string::npos)
        text.replace(at, kFirst.size(), "1年");
    return text;
}

}  // namespace

std::optional<Time> read_date(std::string_view text, std::string_view language) {
    text = ascii::trimmed(text);
    if (text.empty() || text.size() > kLongestDate) return std::nullopt;
    if (const auto usual = read_usual_date(text)) return assemble(*usual);
    const bool ascii =
        std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    const Hints hints = hints_of(text, language, ascii);
    if (ascii) return read_one_date(text, hints);
    const std::string plain = with_first_year(plain_date(text));
    return read_one_of_two(ascii::trimmed(plain), hints);
}

std::string rfc3339(Time time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss clock{std::chrono::floor<std::chrono::seconds>(time - day)};
    const auto pad = [](std::string& out, int value, std::size_t width) {
        const std::string digits = std::to_string(value);
        out.append(width > digits.size() ? width - digits.size() : 0, '0').append(digits);
    };
    std::string out;
    pad(out, static_cast<int>(date.year()), 4);
    out += '-';
    pad(out, static_cast<int>(static_cast<unsigned>(date.month())), 2);
    out += '-';
    pad(out, static_cast<int>(static_cast<unsigned>(date.day())), 2);
    out += 'T';
    pad(out, static_cast<int>(clock.hours().count()), 2);
    out += ':';
    pad(out, static_cast<int>(clock.minutes().count()), 2);
    out += ':';
    pad(out, static_cast<int>(clock.seconds().count()), 2);
    out += 'Z';
    return out;
}

}  // namespace newswatch::text
