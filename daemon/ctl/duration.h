#pragma once

#include <chrono>
#include <string>

#include "base/clock.h"

namespace newswatch::ctl {

/// For people, in the two largest units: `45 s`, `12 min`, `3 h 5 min`, `2 d 4 h`.
[[nodiscard]] std::string show_duration(std::chrono::seconds duration);

/// `in 4 min`, `3 h 5 min ago`, `now`: where `time` lies, seen from `now`.
[[nodiscard]] std::string relative(Time time, Time now);

}  // namespace newswatch::ctl
