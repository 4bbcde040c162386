#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/clock.h"

/// Numbers and times as people read them, in English and in the zone of this machine.
namespace newswatch {

/// `1 feed`, `1,204 feeds`: plurals that take an `s`.
[[nodiscard]] std::string counted(std::uint64_t number, std::string_view thing);

/// `10:42:07`.
[[nodiscard]] std::string local_clock(Time time);

/// `10:42`, or `2026-01-31 10:42` where that is not the day of `now`.
[[nodiscard]] std::string local_time(Time time, Time now);

}  // namespace newswatch
