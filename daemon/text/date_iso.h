#pragma once

#include <optional>
#include <string_view>

#include "text/date_parts.h"

namespace newswatch::text {

/// W3CDTF, RFC 3339, and ISO 8601 as far as feeds use it: dates of the year, of the week, without hyphens,
/// without month or day, with two-digit years behind a hyphen. Nothing where the text is not of that shape.
/// The calendar of the year is left to the caller. Pure.
[[nodiscard]] std::optional<DateParts> read_iso_date(std::string_view text, std::string_view language);

}  // namespace newswatch::text
