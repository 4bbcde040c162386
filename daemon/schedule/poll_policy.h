#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "base/clock.h"
#include "model/feed.h"
#include "model/poll_outcome.h"
#include "schedule/poll_price.h"

/// When a feed is asked again.
///
/// Pure arithmetic: no clock is read, nothing is remembered, nothing can fail.
/// The scheduler brings the facts and keeps the answer, so a test can walk
/// through a year of polling without waiting a second.
namespace newswatch::schedule {

/// The operator's limits, `polling:` in newswatch.yaml.
/// Holds once Settings is read: 0 s < shortest <= usual <= longest <= patience.
struct PollBounds {
    std::chrono::seconds shortest{std::chrono::minutes{5}};
    std::chrono::seconds usual{std::chrono::minutes{15}};  ///< on average over all feeds
    std::chrono::seconds longest{std::chrono::hours{4}};
    std::chrono::seconds patience{std::chrono::hours{24}};  ///< the most a publisher may make us wait
};

/// The state of the feed after a poll: counters, rhythm, health and `next_poll`.
///
/// The moment when what is expected has waited for `tariff.price` (rhythm.h), within [shortest, longest];
/// never sooner than max-age (at most 60 min) and a quarter of ttl. Doubled for each failure in a row up to
/// `patience`; a feed that has failed for weeks is asked once a week. Retry-After goes before all of these,
/// up to `patience`. `every` is an upper bound that the operator sets. The answer is spread by ±5 %: `dice`
/// is uniform in [0, 1).
[[nodiscard]] FeedState after_poll(FeedState state, const PollOutcome& outcome, const PollBounds& bounds,
                                   const Tariff& tariff, std::optional<std::chrono::seconds> every,
                                   double dice) noexcept;

/// Whether the poll at `now` should leave the validators out: the feed has answered 304 for ten times the
/// time between its articles, and for a day at least, so its server may have got stuck (POLLING.md §1).
[[nodiscard]] bool doubts_304(const FeedState& state, Time now) noexcept;

/// How long an answer holds the feed's whole site (PollQueue::hold_site). A 429 counts for the host (RFC 6585
/// §4): Retry-After up to `patience`, a minute where no time is named. Zero for any other answer: a 503
/// speaks for its feed alone.
[[nodiscard]] std::chrono::seconds site_hold(long status, const PublisherWishes& wishes,
                                             const PollBounds& bounds) noexcept;

}  // namespace newswatch::schedule
