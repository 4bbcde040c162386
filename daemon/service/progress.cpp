#include "service/progress.h"

#include <utility>

#include "base/format.h"

namespace newswatch::service {

std::optional<std::chrono::seconds> Pulse::stuck_for() const {
    const Ticks last = last_beat_;
    if (last == kAtRest) return std::nullopt;
    const std::chrono::steady_clock::time_point then{std::chrono::steady_clock::duration{last}};
    const auto still = std::chrono::duration_cast<std::chrono::seconds>(clock_.steady_now() - then);
    if (still <= patience_) return std::nullopt;
    return still;
}

Pulse& Progress::add(std::string name, std::chrono::seconds patience) {
    const std::lock_guard lock{mutex_};
    return *pulses_.emplace_back(std::make_unique<Pulse>(std::move(name), patience, clock_));
}

std::vector<std::string> Progress::stuck() const {
    const std::lock_guard lock{mutex_};
    std::vector<std::string> said;
    for (const std::unique_ptr<Pulse>& pulse : pulses_) {
        if (const auto still = pulse->stuck_for())
            said.push_back(format("the {} has not moved for {} s", pulse->name(), still->count()));
    }
    return said;
}

}  // namespace newswatch::service
