#include "text/date_usual.h"

#include "text/date_cursor.h"

namespace newswatch::text {

namespace {

constexpr std::string_view kWeekdays = "SunMonTueWedThuFriSat";
constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";

/// Which of the names of three letters stands at the cursor, from 0 on.
std::optional<unsigned> name_at(DateCursor& cursor, std::string_view names) {
    const std::string_view name = cursor.rest().substr(0, 3);
    for (std::size_t at = 0; at < names.size(); at += 3) {
        if (names.substr(at, 3) != name) continue;
        cursor.skip(3);
        return static_cast<unsigned>(at / 3);
    }
    return std::nullopt;
}

std::optional<Zone> zone_at_end(std::string_view text) {
    if (text == "GMT" || text == "UTC" || text == "Z") return Zone{};
    DateCursor cursor{text};
    const bool west = cursor.peek() == '-';
    if ((!west && cursor.peek() != '+') || text.size() != 5 || cursor.digits_ahead(1) != 4)
        return std::nullopt;
    cursor.skip();
    const int hours = cursor.number(2);
    const int minutes = cursor.number(2);
    // Offsets that no place has are a question for those who know the places.
    if (hours > 12 || minutes % 15 != 0 || minutes > 45) return std::nullopt;
    const int east = hours * 60 + minutes;
    return Zone{.minutes = west ? -east : east};
}

}  // namespace

std::optional<DateParts> read_usual_date(std::string_view text) {
    DateCursor cursor{text};
    if (!name_at(cursor, kWeekdays) || !cursor.skip_if(", ")) return std::nullopt;
    DateParts parts;
    const std::size_t day_digits = cursor.digits_ahead();
    if (day_digits < 1 || day_digits > 2) return std::nullopt;
    parts.day = cursor.natural(day_digits);
    if (!cursor.skip_if(" ")) return std::nullopt;
    const auto month = name_at(cursor, kMonths);
    if (!month || !cursor.skip_if(" ") || cursor.digits_ahead() != 4) return std::nullopt;
    parts.month = *month + 1;
    parts.year = cursor.number(4);
    parts.year_in_full = true;
    if (parts.year < 1970 || parts.year > 2099 || !cursor.skip_if(" ")) return std::nullopt;
    const std::string_view clock = cursor.rest().substr(0, 9);  // `09:05:00 `
    if (clock.size() < 9 || clock[2] != ':' || clock[5] != ':' || clock[8] != ' ') return std::nullopt;
    if (cursor.digits_ahead() != 2 || cursor.digits_ahead(3) != 2 || cursor.digits_ahead(6) != 2)
        return std::nullopt;
    parts.has_time = true;
    parts.hour = cursor.natural(2);
    cursor.skip();
    parts.minute = cursor.natural(2);
    cursor.skip();
    parts.second = cursor.natural(2);
    cursor.skip();
    parts.zone = zone_at_end(cursor.rest());
    return parts.zone ? std::optional{parts} : std::nullopt;
}

}  // namespace newswatch::text
