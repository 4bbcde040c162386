#include "text/date_parts.h"

#include <unicode/calendar.h>
#include <unicode/locid.h>
#include <unicode/timezone.h>

#include <algorithm>
#include <memory>

namespace newswatch::text {

namespace {

using std::chrono::sys_days;

constexpr int kEarliestYear = 1970;
constexpr int kLatestYear = 2099;
// Japanese broadcasters count the hours of a night on: 25:30 is half past one.
constexpr unsigned kLatestHour = 29;
constexpr unsigned kLatestSecond = 61;  // C's struct tm leaves room for two leap seconds

/// A day of another calendar of ICU; nothing where that calendar has no such day.
std::optional<sys_days> day_in(const char* calendar_locale, const DateParts& parts) {
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::Calendar> calendar{icu::Calendar::createInstance(
        icu::TimeZone::getGMT()->clone(), icu::Locale{calendar_locale}, status)};
    if (U_FAILURE(status)) return std::nullopt;
    calendar->clear();
    calendar->setLenient(static_cast<UBool>(false));
    calendar->set(parts.year, static_cast<int32_t>(parts.month) - 1, static_cast<int32_t>(parts.day));
    const UDate moment = calendar->getTime(status);
    if (U_FAILURE(status)) return std::nullopt;
    return std::chrono::floor<std::chrono::days>(std::chrono::sys_time<std::chrono::milliseconds>{
        std::chrono::milliseconds{static_cast<std::int64_t>(moment)}});
}

std::optional<sys_days> day_of(const DateParts& parts) {
    if (parts.calendar != Calendar::gregorian) {
        if (parts.year < 1300 || parts.year > 1500 || parts.month < 1 || parts.month > 12)
            return std::nullopt;
        // The Hijri calendar of newspapers is Umm al-Qura, the official one of Saudi Arabia.
        return day_in(
            parts.calendar == Calendar::persian ? "fa@calendar=persian" : "ar@calendar=islamic-umalqura",
            parts);
    }
    const std::chrono::year_month_day date{std::chrono::year{parts.year}, std::chrono::month{parts.month},
                                           std::chrono::day{parts.day}};
    if (parts.year < 1 || parts.year > 9999 || !date.ok()) return std::nullopt;
    return sys_days{date};
}

/// Minutes east of UTC at a place when its clocks show `local`.
int offset_at(const char* place, Time local) {
    const std::unique_ptr<icu::TimeZone> zone{
        icu::TimeZone::createTimeZone(icu::UnicodeString{place, -1, US_INV})};
    UErrorCode status = U_ZERO_ERROR;
    int32_t raw = 0;
    int32_t summer = 0;
    const auto milliseconds = std::chrono::floor<std::chrono::milliseconds>(local).time_since_epoch().count();
    zone->getOffset(static_cast<UDate>(milliseconds), static_cast<UBool>(true), raw, summer, status);
    return U_FAILURE(status) ? 0 : (raw + summer) / 60'000;
}

void apply_half_of_day(DateParts& parts) {
    if (!parts.afternoon || parts.hour > 12) return;  // `14:05 PM`: the clock speaks for itself
    if (parts.hour == 12) parts.hour = 0;
    if (*parts.afternoon) parts.hour += 12;
}

}  // namespace

std::optional<unsigned> weekday_of(const DateParts& parts) {
    const auto day = day_of(parts);
    if (!day) return std::nullopt;
    return std::chrono::weekday{*day}.c_encoding();
}

Calendar calendar_of_year(int year, std::string_view language) {
    constexpr int kPersianFrom = 1348;  // 1970 to 2052
    constexpr int kPersianTo = 1430;
    constexpr int kHijriFrom = 1389;  // 1970 to 2052
    constexpr int kHijriTo = 1474;
    const bool persian = year >= kPersianFrom && year <= kPersianTo;
    const bool hijri = year >= kHijriFrom && year <= kHijriTo;
    if (!persian && !hijri) return Calendar::gregorian;
    if (hijri && language.starts_with("ar")) return Calendar::hijri;
    if (persian && language.starts_with("fa")) return Calendar::persian;
    // Up to 1415 a Hijri year would be before 1995, when there were no feeds.
    if (persian && year <= 1415) return Calendar::persian;
    return hijri && year > kPersianTo ? Calendar::hijri : Calendar::gregorian;
}

std::optional<Time> assemble(DateParts parts) {
    const auto day = day_of(parts);
    if (!day) return std::nullopt;
    apply_half_of_day(parts);
    if (parts.hour > kLatestHour || parts.minute > 59 || parts.second > kLatestSecond) return std::nullopt;
    const Time local = Time{*day} + std::chrono::hours{parts.hour} + std::chrono::minutes{parts.minute} +
                       std::chrono::seconds{parts.second} + std::chrono::microseconds{parts.microsecond};
    const Zone zone = parts.zone.value_or(Zone{});
    const Time time =
        local - std::chrono::minutes{zone.place == nullptr ? zone.minutes : offset_at(zone.place, local)};
    const std::chrono::year_month_day date{std::chrono::floor<std::chrono::days>(time)};
    const int year = static_cast<int>(date.year());
    const bool in_full = parts.year_in_full && parts.has_time && parts.zone.has_value();
    if (year < (in_full ? 1 : kEarliestYear) || year > kLatestYear) return std::nullopt;
    return time;
}

}  // namespace newswatch::text
