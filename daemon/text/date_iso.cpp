#include "text/date_iso.h"

#include <utility>

#include "text/date_clock.h"
#include "text/date_cursor.h"
#include "text/date_zones.h"

namespace newswatch::text {

namespace {

using std::chrono::days;
using std::chrono::sys_days;

bool put_day(DateParts& parts, sys_days day) {
    const std::chrono::year_month_day date{day};
    parts.month = static_cast<unsigned>(date.month());
    parts.day = static_cast<unsigned>(date.day());
    const bool same_year = static_cast<int>(date.year()) == parts.year;
    parts.year = static_cast<int>(date.year());
    return same_year;
}

/// `034`: the day of the year.
bool put_ordinal(DateParts& parts, unsigned ordinal) {
    if (ordinal == 0) return false;
    return put_day(parts,
                   sys_days{std::chrono::year{parts.year} / 1 / 1} + days{static_cast<int>(ordinal) - 1});
}

/// `W05-2` behind the year: ISO 8601 §5.2.3, where 4 January lies in the first week.
bool read_week(DateCursor& cursor, DateParts& parts) {
    cursor.skip();
    if (cursor.digits_ahead() < 2) return false;
    const int week = cursor.number(2);
    cursor.skip_if("-");
    const int day = cursor.digits_ahead() == 1 ? cursor.number(1) : 1;
    if (week < 1 || week > 53 || day < 1 || day > 7) return false;
    const sys_days fourth{std::chrono::year{parts.year} / 1 / 4};
    const std::chrono::weekday weekday{fourth};
    const sys_days monday = fourth - days{static_cast<int>(weekday.iso_encoding()) - 1};
    put_day(parts, monday + days{(week - 1) * 7 + day - 1});
    return true;
}

/// Without separators, by how many digits there are. `YYYYMMDD`, and `YYMMDD` and `YYDDD` of the edition of
/// 1988.
bool read_compact(DateCursor& cursor, DateParts& parts, std::size_t digits) {
    switch (digits) {
        case 8:
        case 12:
        case 14:
            parts.year = cursor.number(4);
            parts.month = cursor.natural(2);
            parts.day = cursor.natural(2);
            return true;
        case 7:
            parts.year = cursor.number(4);
            return put_ordinal(parts, cursor.natural(3));
        case 6: {
            const std::size_t start = cursor.position();
            parts.year = two_digit_year(cursor.number(2));
            parts.month = cursor.natural(2);
            parts.day = cursor.natural(2);
            if (parts.month <= 12) return true;
            cursor.go_back_to(start);  // `202403`
            parts.year = cursor.number(4);
            parts.month = cursor.natural(2);
            parts.day = 1;
            return true;
        }
        case 5:
            if (cursor.peek() != '0') return false;  // more likely a number than a date
            parts.year = two_digit_year(cursor.number(2));
            return put_ordinal(parts, cursor.natural(3));
        default:
            return false;
    }
}

/// `-YYMM`, `-YY-MM`, `-YY-MM-DD`: the century left out.
bool read_without_century(DateCursor& cursor, DateParts& parts) {
    cursor.skip();
    const std::size_t digits = cursor.digits_ahead();
    if (digits != 2 && digits != 4) return false;
    parts.year = two_digit_year(cursor.number(2));
    if (digits == 2 && !(cursor.skip_if("-") && cursor.digits_ahead() == 2)) return false;
    parts.month = cursor.natural(2);
    if (cursor.peek() == '-' && cursor.digits_ahead(1) == 2) {
        cursor.skip();
        parts.day = cursor.natural(2);
    }
    return true;
}

/// Behind a year of four digits.
bool read_month_and_day(DateCursor& cursor, DateParts& parts) {
    const char separator = cursor.peek();
    if (cursor.done()) return true;
    if (separator == 'W') return read_week(cursor, parts);
    if (separator != '-' && separator != '/' && separator != '.' && separator != ':') return false;
    cursor.skip();
    if (cursor.peek() == 'W') return read_week(cursor, parts);
    const std::size_t digits = cursor.digits_ahead();
    if (digits == 3 && separator == '-') return put_ordinal(parts, cursor.natural(3));
    if (digits < 1 || digits > 2) return false;
    parts.month = cursor.natural(digits);
    if (cursor.peek() == separator) {
        const std::size_t third = cursor.digits_ahead(1);
        if (third < 1 || third > 2) return false;
        cursor.skip();
        parts.day = cursor.natural(third);
    }
    if (parts.month > 12 && parts.day <= 12) std::swap(parts.month, parts.day);
    return true;
}

bool read_day(DateCursor& cursor, DateParts& parts) {
    if (cursor.peek() == '-') return read_without_century(cursor, parts);
    const std::size_t digits = cursor.digits_ahead();
    if (digits != 4) return read_compact(cursor, parts, digits);
    parts.year = cursor.number(4);
    parts.year_in_full = true;
    return read_month_and_day(cursor, parts);
}

/// What is left behind a time: remarks in brackets, a repeated zone. A number there is something else.
bool harmless(std::string_view rest) {
    if (rest.starts_with('(') || rest.starts_with('[')) return true;
    for (const char c : rest) {
        if (DateCursor::digit(c)) return false;
    }
    return true;
}

}  // namespace

std::optional<DateParts> read_iso_date(std::string_view text, std::string_view language) {
    DateCursor cursor{text};
    DateParts parts;
    parts.month = 1;
    parts.day = 1;
    if (!read_day(cursor, parts)) return std::nullopt;
    const bool marked =
        cursor.peek() == 'T' || cursor.peek() == 't' || cursor.peek() == ',' || cursor.peek() == '_';
    if (marked) cursor.skip();
    cursor.skip_blanks();
    if (DateCursor::digit(cursor.peek())) {
        if (!read_clock(cursor, parts)) return std::nullopt;
        read_after_clock(cursor, parts, language);
        cursor.skip_blanks();
        // `10:00:00 01:00`: the plus of the zone was lost where `+` means a blank.
        if (!parts.zone && cursor.digits_ahead() == 2 && cursor.peek(2) == ':' &&
            cursor.digits_ahead(3) == 2) {
            const int hours = cursor.number(2);
            cursor.skip();
            parts.zone = Zone{.minutes = hours * 60 + cursor.number(2)};
        }
        if (!parts.zone && cursor.skip_if("[")) parts.zone = read_place(cursor);
    } else if (parts.year >= 0 && !cursor.done()) {
        // `2024-03-05Z` of XML Schema; words before a time are for others to read.
        read_after_clock(cursor, parts, language);
    }
    return harmless(cursor.rest()) ? std::optional{parts} : std::nullopt;
}

}  // namespace newswatch::text
