#include "schedule/poll_policy.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace newswatch::schedule {

namespace {

using Seconds = std::chrono::duration<double>;

constexpr Seconds kDay{std::chrono::hours{24}};
constexpr Seconds kLongestGap{kDay * 30};
/// POLLING.md §1: a publisher's cache lifetime binds us, but not for longer than this.
constexpr Seconds kLongestMaxAge{std::chrono::minutes{60}};
/// POLLING.md §2: ttl and sy:updatePeriod are advice; publishers set them once and forget them.
constexpr double kWeightOfTtl = 0.25;
constexpr Seconds kShortestEvery{std::chrono::minutes{1}};
/// POLLING.md §1: times are spread by ±5 %.
constexpr double kSpread = 0.05;

bool is_good(PollEnd end) {
    return end == PollEnd::fetched || end == PollEnd::not_modified;
}

/// The time between new articles, after `fresh` of them came in `elapsed`.
///
/// The rate is an exponentially decaying average. Its memory is about eight articles, so that a busy feed
/// is re-learned within hours and a weekly one is not forgotten over a quiet day.
Seconds smoothed_gap(Seconds gap, Seconds elapsed, unsigned fresh) {
    const Seconds memory = std::clamp(gap * 8, kDay / 4, kDay * 10);
    const double kept = std::exp(-elapsed / memory);
    const double rate = kept / gap.count() + (1.0 - kept) * fresh / elapsed.count();
    return std::clamp(Seconds{1.0 / std::max(rate, 1.0 / kLongestGap.count())}, Seconds{1}, kLongestGap);
}

/// What this good answer teaches about the rhythm. `state` is the one from before the poll.
std::optional<double> learned_gap(const FeedState& state, const PollOutcome& outcome,
                                  const PollBounds& bounds) {
    if (state.last_success == Time{}) {
        // The first document shows the feed's past: its articles and the age of the oldest.
        if (!outcome.span || outcome.articles == 0 || *outcome.span <= std::chrono::seconds::zero())
            return state.gap_seconds;
        const Seconds gap = Seconds{*outcome.span} / outcome.articles;
        return std::clamp(gap, Seconds{1}, kLongestGap).count();
    }
    const Seconds elapsed = outcome.at - state.last_success;
    if (elapsed < Seconds{1}) return state.gap_seconds;  // the wall clock was set back: nothing to learn
    // Before anything is known a feed is asked at `usual`; the gap that leads there is the first guess.
    const Seconds gap{state.gap_seconds.value_or(Seconds{bounds.usual}.count() * 2)};
    return smoothed_gap(std::clamp(gap, Seconds{1}, kLongestGap), elapsed, outcome.new_articles).count();
}

/// The interval by rhythm, operator and ttl, before failures and the publisher's binding wishes.
Seconds interval(const FeedState& state, const PublisherWishes& wishes, const PollBounds& bounds,
                 std::optional<std::chrono::seconds> every) {
    Seconds shortest{bounds.shortest};
    Seconds longest{bounds.longest};
    if (every) {
        const Seconds wanted = std::max(Seconds{*every}, kShortestEvery);
        shortest = std::min(shortest, wanted);
        longest = std::min(longest, wanted);
    }
    if (wishes.ttl)
        shortest = std::max(shortest, std::min(Seconds{*wishes.ttl} * kWeightOfTtl, Seconds{bounds.longest}));
    longest = std::max(longest, shortest);
    const Seconds own = state.gap_seconds ? Seconds{*state.gap_seconds / 2} : Seconds{bounds.usual};
    return std::clamp(own, shortest, longest);
}

/// The wait that failures make of `usual_wait`: doubled for each, up to `patience`.
Seconds backed_off(Seconds usual_wait, const FeedState& state, const PollOutcome& outcome,
                   const PollBounds& bounds) {
    const Seconds patience{bounds.patience};
    // The publisher does not say before a day has passed that a 410 was meant; asking earlier teaches
    // nothing.
    if (outcome.end == PollEnd::gone) return std::max(patience, kDay);
    // The first refusal with a time named is no fault of the feed: that time is enough.
    const bool excused = outcome.end == PollEnd::refused && outcome.wishes.retry_after.has_value();
    const unsigned doublings = state.failures_in_a_row - (excused && state.failures_in_a_row > 0 ? 1 : 0);
    return std::min(std::ldexp(usual_wait.count(), static_cast<int>(std::min(doublings, 40U))) * Seconds{1},
                    std::max(patience, usual_wait));
}

/// How long the publisher binds us from now on; RFC 9110 §10.2.3 and RFC 9111 §5.2.2.1.
Seconds binding(const PublisherWishes& wishes, const PollBounds& bounds) {
    Seconds wait{0};
    if (wishes.retry_after) wait = std::min(Seconds{*wishes.retry_after}, Seconds{bounds.patience});
    if (wishes.max_age) wait = std::max(wait, std::min(Seconds{*wishes.max_age}, kLongestMaxAge));
    return wait;
}

std::chrono::microseconds whole(Seconds time) {
    return std::chrono::ceil<std::chrono::microseconds>(time);
}

}  // namespace

FeedState after_poll(FeedState state, const PollOutcome& outcome, const PollBounds& bounds,
                     std::optional<std::chrono::seconds> every, double dice) noexcept {
    if (is_good(outcome.end)) {
        state.gap_seconds = learned_gap(state, outcome, bounds);
        state.last_success = outcome.at;
        state.failures_in_a_row = 0;
        state.last_error.clear();
        state.retired = false;  // an operator asked, and it is there again
        state.gone_since = Time{};
        const unsigned room = std::numeric_limits<unsigned>::max() - state.articles_seen;
        state.articles_seen += std::min(outcome.new_articles, room);
    } else {
        if (state.failures_in_a_row < std::numeric_limits<unsigned>::max()) ++state.failures_in_a_row;
        state.last_error = outcome.error;
    }
    if (outcome.end == PollEnd::gone) {
        if (state.gone_since == Time{}) state.gone_since = outcome.at;
        state.retired = state.retired || outcome.at - state.gone_since >= std::chrono::hours{24};
    }
    state.last_poll = outcome.at;

    const Seconds usual_wait = interval(state, outcome.wishes, bounds, every);
    const Seconds wait = is_good(outcome.end) ? usual_wait : backed_off(usual_wait, state, outcome, bounds);
    const Seconds bound = binding(outcome.wishes, bounds);
    // A 410 is asked again after a whole day, never a little earlier: only then may it retire the feed.
    const double shift = outcome.end == PollEnd::gone ? kSpread * dice : kSpread * (2 * dice - 1);
    // Where the publisher named a time, the spread goes beyond it: a herd at that second would be no thanks.
    const Seconds spread = std::max(wait * (1 + shift), bound * (1 + kSpread * dice));
    state.not_before = bound > Seconds{0} ? outcome.at + whole(bound) : Time{};
    state.next_poll = outcome.at + whole(spread);
    return state;
}

std::chrono::seconds site_hold(long status, const PublisherWishes& wishes,
                               const PollBounds& bounds) noexcept {
    if (status != 429) return std::chrono::seconds{0};
    return std::min(wishes.retry_after.value_or(std::chrono::minutes{1}), bounds.patience);
}

}  // namespace newswatch::schedule
