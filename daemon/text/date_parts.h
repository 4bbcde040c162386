#pragma once

#include <optional>
#include <string_view>

#include "base/clock.h"
#include "text/date_words.h"

namespace newswatch::text {

/// Where a clock stands: so many minutes east of UTC, or a place whose summer time has to be asked for.
struct Zone {
    int minutes{0};
    const char* place{nullptr};  ///< a name of the IANA database, static; goes before `minutes`
    bool north_american{false};
};

/// What a date said so far; the parts are checked together at the end.
struct DateParts {
    int year{-1};
    bool year_in_full{false};  ///< four digits, in a form that has a place for a year
    unsigned month{0};
    unsigned day{0};
    Calendar calendar{Calendar::gregorian};
    unsigned hour{0};
    unsigned minute{0};
    unsigned second{0};
    unsigned microsecond{0};
    std::optional<Zone> zone{};
    bool has_time{false};
    std::optional<bool> afternoon{};
};

/// The moment that the parts name; nothing where they cannot be (31 February, 25:61 o'clock) or lie outside
/// 1970–2099: no feed is older, and what seems to be is a counter that stood at zero. An early year that is
/// written in full, with clock and zone as RFC 822 and RFC 3339 ask, is what the publisher says, and is
/// given: generators without a date write `0001-01-01T00:00:00Z`. Pure.
[[nodiscard]] std::optional<Time> assemble(DateParts parts);

/// The day of the week of a date, 0 for Sunday; nothing where there is no such date.
[[nodiscard]] std::optional<unsigned> weekday_of(const DateParts& parts);

/// RFC 5322 §4.3: two digits below 50 are this century.
[[nodiscard]] constexpr int two_digit_year(int value) {
    return value + (value < 50 ? 2000 : 1900);
}

/// The calendar of a date in numbers. Years of the Persian and the Hijri calendar cannot be Gregorian, and
/// what is a year ago in one is centuries or decades away in the other; `language` goes first.
[[nodiscard]] Calendar calendar_of_year(int year, std::string_view language);

}  // namespace newswatch::text
