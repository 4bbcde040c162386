#pragma once

#include <cstddef>
#include <deque>
#include <mutex>
#include <utility>
#include <vector>

#include "pipeline/judge.h"

namespace newswatch {

/// The near matches of the last polls, newest first, kept to be shown. Any thread may call.
class RecentAlmost {
  public:
    void add(std::vector<AlmostAlert> almost) {
        const std::lock_guard lock{mutex_};
        for (AlmostAlert& near : almost)
            kept_.push_front(std::move(near));
        if (kept_.size() > kKept) kept_.resize(kKept);
    }
    [[nodiscard]] std::vector<AlmostAlert> list() const {
        const std::lock_guard lock{mutex_};
        return {kept_.begin(), kept_.end()};
    }

  private:
    static constexpr std::size_t kKept = 100;
    mutable std::mutex mutex_;
    std::deque<AlmostAlert> kept_;  // guarded by mutex_
};

}  // namespace newswatch
