#include "text/date_clock.h"

#include "text/date_zones.h"

namespace newswatch::text {

namespace {

bool hour_mark(char c) {
    return c == 'h' || c == 'H';
}

/// Minutes and seconds behind the hour: `:05:07`, `.05.07`, `h05`.
bool read_minutes(DateCursor& cursor, DateParts& parts) {
    const char separator = cursor.peek();
    if (separator != ':' && separator != '.' && !hour_mark(separator)) return true;
    cursor.skip();
    const std::size_t minutes = cursor.digits_ahead();
    if (minutes == 0) return hour_mark(separator);
    if (minutes > 2) return false;
    parts.minute = cursor.natural(minutes);
    const char second = cursor.peek();
    const bool more = second == separator || (hour_mark(separator) && (second == ':' || second == 'm'));
    if (!more || cursor.digits_ahead(1) == 0) return true;
    cursor.skip();
    const std::size_t seconds = cursor.digits_ahead();
    if (seconds > 2) return false;
    parts.second = cursor.natural(seconds);
    return true;
}

}  // namespace

bool read_clock(DateCursor& cursor, DateParts& parts) {
    const std::size_t first = cursor.digits_ahead();
    if (first == 4 || first == 6) {  // ISO 8601 basic
        parts.hour = cursor.natural(2);
        parts.minute = cursor.natural(2);
        if (first == 6) parts.second = cursor.natural(2);
    } else if (first == 1 || first == 2) {
        parts.hour = cursor.natural(first);
        if (!read_minutes(cursor, parts)) return false;
    } else {
        return false;
    }
    const char point = cursor.peek();
    if ((point == '.' || point == ',' || point == ':') && cursor.digits_ahead(1) > 0) {
        cursor.skip();
        unsigned scale = 100'000;
        for (; cursor.digits_ahead() > 0; scale /= 10)
            parts.microsecond += cursor.natural(1) * scale;
    }
    parts.has_time = true;
    return true;
}

std::optional<bool> read_half_of_day(DateCursor& cursor, std::string_view language) {
    const std::size_t start = cursor.position();
    const bool attached = DateCursor::digit(cursor.before()) && !DateCursor::blank(cursor.peek());
    cursor.skip_blanks();
    const std::string_view word = cursor.word();
    if (word == "a" || word == "p" || word == "A" || word == "P") {
        const std::size_t behind = cursor.position();
        cursor.skip_if(".");
        cursor.skip_blanks();
        if (const std::string_view next = cursor.word(); next == "m" || next == "M")
            return (word[0] | 0x20) == 'p';
        cursor.go_back_to(behind);
        // `3:04p` is an afternoon; `03:04 P` is a zone of RFC 822.
        if (attached) return (word[0] | 0x20) == 'p';
    } else if (const auto afternoon = half_of_day(word, language)) {
        return afternoon;
    }
    cursor.go_back_to(start);
    return std::nullopt;
}

void read_after_clock(DateCursor& cursor, DateParts& parts, std::string_view language) {
    if (!parts.afternoon) parts.afternoon = read_half_of_day(cursor, language);
    bool named = false;
    while (!cursor.done()) {
        const std::size_t start = cursor.position();
        while (DateCursor::blank(cursor.peek()) || cursor.peek() == '.' || cursor.peek() == ',')
            cursor.skip();
        if (named && (cursor.peek() == '+' || cursor.peek() == '-') && cursor.peek(1) == ' ' &&
            cursor.digits_ahead(2) > 0 && cursor.digits_ahead(2) <= 2) {
            const bool west = cursor.peek() == '-';  // `GMT + 2`
            cursor.skip(2);
            const int hours = cursor.number(cursor.digits_ahead());
            parts.zone = Zone{.minutes = (west ? -60 : 60) * hours};
            return;
        }
        if (const auto offset = read_offset(cursor)) {
            // What a number says goes before a name: `GMT+0300`.
            if (!parts.zone || named) parts.zone = offset;
            named = false;
            continue;
        }
        if (const auto place = read_place(cursor)) {
            if (!parts.zone) parts.zone = place;
            continue;
        }
        const std::string_view word = cursor.word();
        const auto zone = zone_of(word);
        if (!zone) {
            cursor.go_back_to(start);
            return;
        }
        if (!parts.zone) {
            parts.zone = zone;
            named = true;
        }
    }
}

}  // namespace newswatch::text
