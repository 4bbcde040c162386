#pragma once

#include <string_view>

#include "text/date_cursor.h"
#include "text/date_words.h"

/// Words that say what a number of a date is, and from when years are counted. Pure; any thread may call.
namespace newswatch::text {

enum class DatePart { none, year, month, day, hour, minute, second };

/// `年` behind a number at the cursor, which moves behind it.
[[nodiscard]] DatePart read_mark_behind(DateCursor& cursor);

/// `tháng` before a number.
[[nodiscard]] DatePart part_announced_by(std::string_view word);

/// An era whose year `n` is the year `years + n` of its calendar.
struct Era {
    std::string_view name;
    int years{0};
    Calendar calendar{Calendar::gregorian};
};

/// `令和`, `民國`, `พ.ศ.`, `هـ`; null for other words.
[[nodiscard]] const Era* era_of(std::string_view word);

}  // namespace newswatch::text
