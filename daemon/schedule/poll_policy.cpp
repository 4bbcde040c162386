#include "schedule/poll_policy.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <utility>

namespace newswatch::schedule {

namespace {

using Seconds = std::chrono::duration<double>;

constexpr Seconds kDay{std::chrono::hours{24}};
constexpr Seconds kWeek{kDay * 7};
/// So many failures in a row are some three weeks of daily ones.
constexpr unsigned kParkedForWeeks = 28;
constexpr unsigned kMoveDoubted = 5;
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

Minutes minutes_between(Time from, Time until) {
    return std::chrono::duration<double, std::ratio<60>>{until - from}.count();
}

/// What this good answer teaches about the rhythm. `state` is the one from before the poll.
Rhythm learned_rhythm(const FeedState& state, const PollOutcome& outcome) {
    const Rhythm rhythm = paid(state.rhythm, outcome.end == PollEnd::fetched ? outcome.bytes : 0);
    if (state.last_success == Time{}) {
        // The first document shows the feed's past: its articles and the age of the oldest.
        if (!outcome.span) return rhythm;
        return first_rhythm(rhythm, outcome.articles,
                            minutes_between(outcome.at - *outcome.span, outcome.at));
    }
    return valued(learned(rhythm, state.last_success, outcome.at, outcome.new_articles),
                  minutes_between(state.last_success, outcome.at), outcome.matched_articles,
                  outcome.new_articles);
}

/// The interval by rhythm, operator and ttl, before failures and the publisher's binding wishes.
Seconds interval(const FeedState& state, const PollOutcome& outcome, const PollBounds& bounds,
                 const Tariff& tariff, std::optional<std::chrono::seconds> every) {
    const PublisherWishes& wishes = outcome.wishes;
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
    const Rhythm& rhythm = state.rhythm;
    const double own_rate = rate(rhythm) * weight(rhythm, tariff.usual_share);
    const double price = tariff.price * static_cast<double>(rhythm.cost);
    return Seconds{60 * time_to_ask(own_rate, hour_profile(rhythm, tariff.hours), outcome.at, price,
                                    shortest.count() / 60, longest.count() / 60)};
}

/// The wait that failures make of `usual_wait`: doubled for each, up to `patience`.
Seconds backed_off(Seconds usual_wait, const FeedState& state, const PollOutcome& outcome,
                   const PollBounds& bounds) {
    const Seconds patience{bounds.patience};
    // The publisher does not say before a day has passed that a 410 was meant; asking earlier teaches
    // nothing.
    if (outcome.end == PollEnd::gone) return std::max(patience, kDay);
    if (state.failures_in_a_row >= kParkedForWeeks) return std::max(patience, kWeek);
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

/// What is known of a move after a good answer: POLLING.md §1, three equal answers over a day or more.
std::shared_ptr<const FeedMove> moved(const FeedState& state, const PollOutcome& outcome) {
    constexpr unsigned kAnswers = 3;
    // An address that was adopted stays until another one is named; it says nothing of itself.
    const bool settled = state.move != nullptr && state.move->adopted;
    if (outcome.moved_to.empty()) return settled ? state.move : nullptr;
    FeedMove move{.url = outcome.moved_to, .answers = 1, .since = outcome.at};
    if (state.move != nullptr && !settled && state.move->url == move.url) {
        move.answers = state.move->answers + 1;
        move.since = state.move->since;
    }
    move.adopted = move.answers >= kAnswers && outcome.at - move.since >= std::chrono::hours{24};
    return std::make_shared<const FeedMove>(std::move(move));
}

std::chrono::microseconds whole(Seconds time) {
    return std::chrono::ceil<std::chrono::microseconds>(time);
}

}  // namespace

FeedState after_poll(FeedState state, const PollOutcome& outcome, const PollBounds& bounds,
                     const Tariff& tariff, std::optional<std::chrono::seconds> every, double dice) noexcept {
    if (is_good(outcome.end)) {
        state.rhythm = learned_rhythm(state, outcome);
        if (outcome.status != 304) state.last_document = outcome.at;
        state.last_success = outcome.at;
        state.failures_in_a_row = 0;
        state.last_error.clear();
        state.move = moved(state, outcome);
        state.retired = false;  // an operator asked, and it is there again
        state.gone_since = Time{};
        const unsigned room = std::numeric_limits<unsigned>::max() - state.articles_seen;
        state.articles_seen += std::min(outcome.new_articles, room);
    } else {
        if (state.failures_in_a_row < std::numeric_limits<unsigned>::max()) ++state.failures_in_a_row;
        state.last_error = outcome.error;
        // The new address may have been a mistake: the one that the operator wrote is asked again.
        if (state.failures_in_a_row >= kMoveDoubted) state.move = nullptr;
    }
    if (outcome.end == PollEnd::gone) {
        if (state.gone_since == Time{}) state.gone_since = outcome.at;
        state.retired = state.retired || outcome.at - state.gone_since >= std::chrono::hours{24};
    }
    state.last_poll = outcome.at;

    const Seconds usual_wait = interval(state, outcome, bounds, tariff, every);
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

bool doubts_304(const FeedState& state, Time now) noexcept {
    if (state.last_document == Time{} || state.failures_in_a_row > 0) return false;
    const Seconds silence{now - state.last_document};
    return silence > kDay && silence > Seconds{600 * static_cast<double>(state.rhythm.gap)};
}

std::chrono::seconds site_hold(long status, const PublisherWishes& wishes,
                               const PollBounds& bounds) noexcept {
    if (status != 429) return std::chrono::seconds{0};
    return std::min(wishes.retry_after.value_or(std::chrono::minutes{1}), bounds.patience);
}

}  // namespace newswatch::schedule
