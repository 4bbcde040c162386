#include "text/date_parts.h"

#include <algorithm>
#include <array>

namespace newswatch::text {

namespace {

constexpr int kEarliestYear = 1;
constexpr int kLatestYear = 9999;

/// A day of the Persian calendar (33-year cycle of Birashk's arithmetic, right for 1300–1500 AP).
std::chrono::sys_days persian_day(int year, unsigned month, unsigned day) {
    const auto leap = [](int y) {
        constexpr std::array kLeaps = {1, 5, 9, 13, 17, 22, 26, 30};
        return std::find(kLeaps.begin(), kLeaps.end(), y % 33) != kLeaps.end();
    };
    // 1 Farvardin 1300 was 21 March 1921.
    std::chrono::sys_days start = std::chrono::sys_days{std::chrono::year{1921} / 3 / 21};
    for (int y = 1300; y < year; ++y)
        start += std::chrono::days{leap(y) ? 366 : 365};
    const unsigned before = month <= 7 ? (month - 1) * 31 : 186 + (month - 7) * 30;
    return start + std::chrono::days{before + day - 1};
}

std::optional<std::chrono::sys_days> day_of(const DateParts& parts) {
    if (parts.calendar == Calendar::persian) {
        const unsigned longest = parts.month <= 6 ? 31 : 30;
        if (parts.year < 1300 || parts.year > 1500 || parts.day < 1 || parts.day > longest)
            return std::nullopt;
        return persian_day(parts.year, parts.month, parts.day);
    }
    if (parts.year < kEarliestYear || parts.year > kLatestYear) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{parts.year}, std::chrono::month{parts.month},
                                           std::chrono::day{parts.day}};
    if (!date.ok()) return std::nullopt;
    return std::chrono::sys_days{date};
}

}  // namespace

std::optional<Time> assemble(DateParts parts) {
    const auto day = day_of(parts);
    if (!day) return std::nullopt;
    if (parts.afternoon) {
        if (parts.hour > 12) parts.afternoon.reset();  // `14:05 PM`: the clock speaks for itself
        if (parts.afternoon && parts.hour == 12) parts.hour = 0;
        if (parts.afternoon && *parts.afternoon) parts.hour += 12;
    }
    const bool midnight = parts.hour == 24 && parts.minute == 0 && parts.second == 0;  // ISO 8601 §5.3.1.2
    if ((parts.hour > 23 && !midnight) || parts.minute > 59 || parts.second > 60) return std::nullopt;
    // `+3000`: no such zone, and a zone that nobody knows is UTC (RFC 5322 §4.3).
    if (parts.zone_minutes < -16 * 60 || parts.zone_minutes > 16 * 60) parts.zone_minutes = 0;
    return Time{*day} + std::chrono::hours{parts.hour} + std::chrono::minutes{parts.minute} +
           std::chrono::seconds{std::min(parts.second, 59U)} + std::chrono::microseconds{parts.microsecond} -
           std::chrono::minutes{parts.zone_minutes};
}

}  // namespace newswatch::text
