#pragma once

#include <chrono>
#include <cstddef>

namespace newswatch::schedule {

/// So many requests a second, in all. Holds one second's worth (at least one), full at first.
class TokenBucket {
  public:
    using TimePoint = std::chrono::steady_clock::time_point;

    /// `per_second` must be more than 0; less than one a day counts as one a day.
    TokenBucket(double per_second, TimePoint now);

    [[nodiscard]] bool has_one(TimePoint now) const { return next_token() <= now; }
    /// Only after `has_one`.
    void take(TimePoint now);
    /// When there is a token; may be past.
    [[nodiscard]] TimePoint next_token() const;
    /// How long `count` tokens take to come.
    [[nodiscard]] std::chrono::nanoseconds time_for(std::size_t count) const;

  private:
    // Kept as the time at which the bucket was, or would have been, empty: no rounding adds up.
    std::chrono::nanoseconds each_;
    std::chrono::nanoseconds most_;
    TimePoint empty_at_;
};

}  // namespace newswatch::schedule
