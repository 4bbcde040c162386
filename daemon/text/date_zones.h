#pragma once

#include <optional>
#include <string_view>

#include "text/date_cursor.h"
#include "text/date_parts.h"

/// Zones as dates name them. Pure; any thread may call.
namespace newswatch::text {

/// A zone by its name (RFC 5322 §4.3 and what publishers write); nothing for other words. Two letters count
/// in capitals only: `AT` is a zone, `at` is not.
[[nodiscard]] std::optional<Zone> zone_of(std::string_view word);

/// `America/New_York` at the cursor, which moves behind it; nothing where there is no such place.
[[nodiscard]] std::optional<Zone> read_place(DateCursor& cursor);

/// `+0300`, `-05:30`, `+3` at the cursor, which moves behind it. An offset that no place has is UTC
/// (RFC 5322 §4.3 on zones that nobody knows); nothing where there is none.
[[nodiscard]] std::optional<Zone> read_offset(DateCursor& cursor);

}  // namespace newswatch::text
