#pragma once

#include <chrono>
#include <string>

#include "base/clock.h"

namespace newswatch::ctl {

/// For people, in the two largest units: `45 s`, `12 min`, `3 h 5 min`, `2 d 4 h`.
[[nodiscard]] std::string show_duration(std::chrono::seconds duration);

/// `10:42:07` in the zone of this machine.
[[nodiscard]] std::string local_clock(Time time);

/// `10:42`, or `2026-01-31 10:42` where that is not the day of `now`.
[[nodiscard]] std::string local_time(Time time, Time now);

/// `in 4 min`, `3 h 5 min ago`, `now`: where `time` lies, seen from `now`.
[[nodiscard]] std::string relative(Time time, Time now);

}  // namespace newswatch::ctl
