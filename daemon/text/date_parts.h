#pragma once

#include <optional>

#include "base/clock.h"
#include "text/date_words.h"

namespace newswatch::text {

/// What a date said so far; the parts are checked together at the end.
struct DateParts {
    int year{-1};
    unsigned month{0};
    unsigned day{0};
    Calendar calendar{Calendar::gregorian};
    unsigned hour{0};
    unsigned minute{0};
    unsigned second{0};
    unsigned microsecond{0};
    int zone_minutes{0};
    bool has_time{false};
    std::optional<bool> afternoon{};
};

/// The moment that the parts name; nothing where they cannot be (31 February, 25 o'clock). Pure.
[[nodiscard]] std::optional<Time> assemble(DateParts parts);

}  // namespace newswatch::text
