#pragma once

#include <optional>
#include <string_view>

#include "text/date_parts.h"

namespace newswatch::text {

/// RFC 5322 and asctime, their abuses, and dates written for people in any language: numbers and words are
/// taken as they come and told apart by what they can be. `text` is as `plain_date` leaves it. Nothing where
/// day, month and year cannot be told. Pure.
[[nodiscard]] std::optional<DateParts> read_loose_date(std::string_view text, std::string_view language);

}  // namespace newswatch::text
