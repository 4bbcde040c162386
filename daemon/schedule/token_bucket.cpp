#include "schedule/token_bucket.h"

#include <algorithm>

namespace newswatch::schedule {

namespace {
constexpr double kLeastPerSecond = 1.0 / 86'400;
constexpr double kMostPerSecond = 1e6;
}  // namespace

TokenBucket::TokenBucket(double per_second, TimePoint now)
    : each_{std::chrono::ceil<std::chrono::nanoseconds>(
          std::chrono::duration<double>{1.0 / std::clamp(per_second, kLeastPerSecond, kMostPerSecond)})},
      most_{std::max<std::chrono::nanoseconds>(each_, std::chrono::seconds{1})},
      empty_at_{now - most_} {}

void TokenBucket::take(TimePoint now) {
    empty_at_ = std::max(empty_at_, now - most_) + each_;
}

TokenBucket::TimePoint TokenBucket::next_token() const {
    return empty_at_ + each_;
}

std::chrono::nanoseconds TokenBucket::time_for(std::size_t count) const {
    return each_ * static_cast<std::chrono::nanoseconds::rep>(count);
}

}  // namespace newswatch::schedule
