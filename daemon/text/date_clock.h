#pragma once

#include "text/date_cursor.h"
#include "text/date_parts.h"

/// The time of day inside a date. Pure; any thread may call.
namespace newswatch::text {

/// `09:05`, `9:05:07.25`, `0905`, `09.05.07`, `9h05` at the cursor; false where there is none.
[[nodiscard]] bool read_clock(DateCursor& cursor, DateParts& parts);

/// What may follow a time, as far as it is known: am or pm, a zone by number, name or place. Stops before
/// any other word. `language` tells words that mean something else elsewhere.
void read_after_clock(DateCursor& cursor, DateParts& parts, std::string_view language);

/// am or pm at the cursor, also as `a. m.`; the cursor moves behind it only where there is one.
[[nodiscard]] std::optional<bool> read_half_of_day(DateCursor& cursor, std::string_view language);

}  // namespace newswatch::text
