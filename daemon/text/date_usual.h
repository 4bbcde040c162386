#pragma once

#include <optional>
#include <string_view>

#include "text/date_parts.h"

namespace newswatch::text {

/// The date as nearly every feed of RSS writes it, `Tue, 27 Jan 2026 09:05:00 +0100`, letter by letter: RFC
/// 5322 §3.3 with a zone by number, GMT, UTC or Z, and a year that needs no second thought. Nothing for
/// whatever differs: then `read_loose_date`, which reads this form too, has the time to think. Pure.
[[nodiscard]] std::optional<DateParts> read_usual_date(std::string_view text);

}  // namespace newswatch::text
