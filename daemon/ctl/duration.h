#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "base/clock.h"

namespace CLI {
class App;
}

namespace newswatch::ctl {

/// For people, in the two largest units: `45 s`, `12 min`, `3 h 5 min`, `2 d 4 h`.
[[nodiscard]] std::string show_duration(std::chrono::seconds duration);

/// Adds `--last 7d` to a verb: how far back it looks, in seconds; 0 where it was not given: everything.
void add_last(CLI::App& verb, std::uint64_t& seconds);

/// `in 4 min`, `3 h 5 min ago`, `now`: where `time` lies, seen from `now`.
[[nodiscard]] std::string relative(Time time, Time now);

}  // namespace newswatch::ctl
