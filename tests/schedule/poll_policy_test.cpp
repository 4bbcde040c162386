#include "schedule/poll_policy.h"

#include <gtest/gtest.h>

namespace newswatch::schedule {
namespace {

using namespace std::chrono_literals;

constexpr Time kNow{std::chrono::hours{500'000}};
constexpr double kMiddle = 0.5;  // no spread
const PollBounds kBounds{};
/// Ten minutes for a feed that brings an article in twenty.
const Tariff kTariff{.price = 2.5};

PollOutcome outcome(PollEnd end, Time at = kNow) {
    return {.end = end,
            .error = end == PollEnd::fetched || end == PollEnd::not_modified ? "" : "trouble",
            .at = at};
}

/// A feed of which an article comes every `gap`, last asked successfully `ago`.
FeedState feed_with(std::chrono::seconds gap, std::chrono::seconds ago = 15min) {
    const auto minutes = static_cast<float>(gap.count()) / 60;
    FeedState state;
    state.last_poll = kNow - ago;
    state.last_success = kNow - ago;
    state.last_document = kNow - ago;
    state.rhythm.minutes = 14'400;
    state.rhythm.articles = (14'400 + 720) / minutes - 0.5F;
    state.rhythm.gap = minutes;
    return state;
}

std::chrono::seconds wait_of(const FeedState& state) {
    return std::chrono::round<std::chrono::seconds>(state.next_poll - state.last_poll);
}

TEST(PollPolicy, the_first_document_shows_the_rhythm_of_the_feed) {
    PollOutcome first = outcome(PollEnd::fetched);
    first.articles = 241;
    first.span = 240h;
    const FeedState state = after_poll({}, first, kBounds, kTariff, {}, kMiddle);
    EXPECT_NEAR(rate(state.rhythm) * 60, 1, 0.05);
}

TEST(PollPolicy, a_first_document_without_dates_teaches_nothing_of_the_rhythm) {
    PollOutcome first = outcome(PollEnd::fetched);
    first.articles = 10;
    EXPECT_EQ(rate(after_poll({}, first, kBounds, kTariff, {}, kMiddle).rhythm), rate(Rhythm{}));
}

TEST(PollPolicy, new_articles_bring_the_next_poll_nearer_and_silence_moves_it_away) {
    const FeedState before = feed_with(2h, 1h);
    PollOutcome busy = outcome(PollEnd::fetched);
    busy.new_articles = 6;
    const FeedState as_expected = after_poll(before, outcome(PollEnd::failed), kBounds, kTariff, {}, kMiddle);
    const auto usual = wait_of(as_expected) / 2;  // a failure teaches nothing, and doubles the wait
    EXPECT_LT(wait_of(after_poll(before, busy, kBounds, kTariff, {}, kMiddle)), usual);
    EXPECT_GT(wait_of(after_poll(before, outcome(PollEnd::not_modified), kBounds, kTariff, {}, kMiddle)),
              usual);
}

TEST(PollPolicy, a_feed_that_publishes_four_times_as_much_is_asked_twice_as_often) {
    const auto wait = [](std::chrono::seconds gap) {
        return wait_of(
            after_poll(feed_with(gap), outcome(PollEnd::failed), kBounds, {.price = 50}, {}, kMiddle));
    };
    EXPECT_NEAR(static_cast<double>(wait(80min).count()), static_cast<double>(2 * wait(20min).count()), 5);
}

TEST(PollPolicy, a_feed_whose_articles_matched_is_asked_more_often) {
    FeedState matched = feed_with(2h, 1h);
    matched.rhythm.matches = 10;
    matched.rhythm.judged_articles = 20;
    EXPECT_LT(
        wait_of(after_poll(matched, outcome(PollEnd::failed), kBounds, kTariff, {}, kMiddle)),
        wait_of(after_poll(feed_with(2h, 1h), outcome(PollEnd::failed), kBounds, kTariff, {}, kMiddle)));
}

TEST(PollPolicy, a_feed_with_large_answers_is_asked_less_often) {
    FeedState large = feed_with(2h, 1h);
    large.rhythm.cost = 8;
    EXPECT_GT(
        wait_of(after_poll(large, outcome(PollEnd::failed), kBounds, kTariff, {}, kMiddle)),
        wait_of(after_poll(feed_with(2h, 1h), outcome(PollEnd::failed), kBounds, kTariff, {}, kMiddle)));
}

TEST(PollPolicy, the_rhythm_stays_within_shortest_and_longest) {
    EXPECT_EQ(wait_of(after_poll(feed_with(1s), outcome(PollEnd::fetched), kBounds, kTariff, {}, kMiddle)),
              5min);
    EXPECT_EQ(wait_of(after_poll(feed_with(240h), outcome(PollEnd::fetched), kBounds, {.price = 1000}, {},
                                 kMiddle)),
              4h);
}

TEST(PollPolicy, every_is_an_upper_bound_also_below_shortest) {
    EXPECT_EQ(
        wait_of(after_poll(feed_with(48h), outcome(PollEnd::fetched), kBounds, kTariff, 10min, kMiddle)),
        10min);
    EXPECT_EQ(wait_of(after_poll(feed_with(48h), outcome(PollEnd::fetched), kBounds, kTariff, 2min, kMiddle)),
              2min);
}

TEST(PollPolicy, every_is_never_less_than_a_minute) {
    EXPECT_EQ(wait_of(after_poll(feed_with(48h), outcome(PollEnd::fetched), kBounds, kTariff, 1s, kMiddle)),
              1min);
}

TEST(PollPolicy, a_304_is_a_good_answer) {
    FeedState state = feed_with(30min);
    state.failures_in_a_row = 3;
    state.last_error = "HTTP 500";
    state = after_poll(state, outcome(PollEnd::not_modified), kBounds, kTariff, {}, kMiddle);
    EXPECT_EQ(state.failures_in_a_row, 0U);
    EXPECT_EQ(state.last_error, "");
    EXPECT_EQ(state.last_success, kNow);
}

TEST(PollPolicy, an_unreadable_document_is_a_failure) {
    const FeedState state =
        after_poll(feed_with(30min), outcome(PollEnd::unreadable), kBounds, kTariff, {}, kMiddle);
    EXPECT_EQ(state.failures_in_a_row, 1U);
    EXPECT_EQ(state.last_error, "trouble");
    EXPECT_EQ(state.last_poll, kNow);
    EXPECT_NE(state.last_success, kNow);
}

TEST(PollPolicy, each_failure_in_a_row_doubles_the_wait_up_to_patience) {
    FeedState state = feed_with(20min);
    std::chrono::seconds before = 10min;
    for (int i = 0; i < 7; ++i) {
        state = after_poll(state, outcome(PollEnd::failed), kBounds, kTariff, {}, kMiddle);
        EXPECT_EQ(wait_of(state), before * 2);
        before *= 2;
    }
    for (int i = 0; i < 10; ++i)
        state = after_poll(state, outcome(PollEnd::failed), kBounds, kTariff, {}, kMiddle);
    EXPECT_EQ(wait_of(state), kBounds.patience);
}

TEST(PollPolicy, a_feed_that_has_failed_for_weeks_is_asked_once_a_week_and_never_dropped) {
    FeedState state = feed_with(20min);
    for (int i = 0; i < 100; ++i)
        state = after_poll(state, outcome(PollEnd::failed), kBounds, kTariff, {}, kMiddle);
    EXPECT_EQ(wait_of(state), 24h * 7);
}

TEST(PollPolicy, after_a_failure_the_rhythm_is_as_before) {
    const FeedState before = feed_with(20min);
    FeedState state = after_poll(before, outcome(PollEnd::failed), kBounds, kTariff, {}, kMiddle);
    EXPECT_EQ(state.rhythm, before.rhythm);
}

TEST(PollPolicy, no_request_goes_out_before_retry_after) {
    PollOutcome refused = outcome(PollEnd::refused);
    refused.wishes.retry_after = 6h;
    for (const double dice : {0.0, 0.5, 0.999}) {
        const FeedState state = after_poll(feed_with(20min), refused, kBounds, kTariff, {}, dice);
        EXPECT_GE(state.next_poll, kNow + 6h);
        EXPECT_LE(state.next_poll, kNow + 6h * 1.06);
        EXPECT_EQ(state.not_before, kNow + 6h);
    }
}

TEST(PollPolicy, retry_after_binds_whatever_the_status) {
    PollOutcome fetched = outcome(PollEnd::fetched);
    fetched.wishes.retry_after = 2h;
    EXPECT_EQ(after_poll(feed_with(20min), fetched, kBounds, kTariff, {}, 0.0).next_poll, kNow + 2h);
}

TEST(PollPolicy, retry_after_binds_up_to_patience) {
    PollOutcome refused = outcome(PollEnd::refused);
    refused.wishes.retry_after = 24h * 3650;
    EXPECT_EQ(after_poll(feed_with(20min), refused, kBounds, kTariff, {}, 0.0).next_poll,
              kNow + kBounds.patience);
}

TEST(PollPolicy, a_first_refusal_with_a_time_named_costs_no_more_than_that_time) {
    PollOutcome refused = outcome(PollEnd::refused);
    refused.wishes.retry_after = 60s;
    const FeedState once = after_poll(feed_with(20min), refused, kBounds, kTariff, {}, kMiddle);
    EXPECT_EQ(wait_of(once), 10min);
    EXPECT_EQ(wait_of(after_poll(once, refused, kBounds, kTariff, {}, kMiddle)), 20min);
}

TEST(PollPolicy, max_age_binds_up_to_an_hour) {
    PollOutcome fresh = outcome(PollEnd::not_modified);
    fresh.wishes.max_age = 40min;
    EXPECT_EQ(after_poll(feed_with(20min), fresh, kBounds, kTariff, {}, 0.0).next_poll, kNow + 40min);
    fresh.wishes.max_age = 24h * 3650;
    EXPECT_EQ(after_poll(feed_with(20min), fresh, kBounds, kTariff, {}, 0.0).next_poll, kNow + 60min);
}

TEST(PollPolicy, a_wish_of_the_last_answer_is_forgotten_with_the_next) {
    FeedState state = feed_with(20min);
    state.not_before = kNow + 1h;
    EXPECT_EQ(after_poll(state, outcome(PollEnd::not_modified), kBounds, kTariff, {}, kMiddle).not_before,
              Time{});
}

TEST(PollPolicy, a_quarter_of_ttl_is_the_least_wait_up_to_longest) {
    PollOutcome fetched = outcome(PollEnd::fetched);
    fetched.wishes.ttl = 120min;
    EXPECT_EQ(wait_of(after_poll(feed_with(20min), fetched, kBounds, kTariff, {}, kMiddle)), 30min);
    fetched.wishes.ttl = std::chrono::hours{24 * 3650};
    EXPECT_EQ(wait_of(after_poll(feed_with(20min), fetched, kBounds, kTariff, {}, kMiddle)), 4h);
}

TEST(PollPolicy, polls_are_spread_by_five_per_cent) {
    const auto at = [](double dice) {
        return wait_of(
                   after_poll(feed_with(200min), outcome(PollEnd::not_modified), kBounds, kTariff, {}, dice))
            .count();
    };
    EXPECT_NEAR(static_cast<double>(at(0.0)) / static_cast<double>(at(0.5)), 0.95, 0.001);
    EXPECT_NEAR(static_cast<double>(at(1.0)) / static_cast<double>(at(0.5)), 1.05, 0.001);
}

TEST(PollPolicy, one_410_is_asked_again_after_a_whole_day) {
    for (const double dice : {0.0, 0.999}) {
        const FeedState state =
            after_poll(feed_with(20min), outcome(PollEnd::gone), kBounds, kTariff, {}, dice);
        EXPECT_FALSE(state.retired);
        EXPECT_GE(state.next_poll, kNow + 24h);
    }
}

TEST(PollPolicy, a_second_410_a_day_later_retires_the_feed) {
    FeedState state = after_poll(feed_with(20min), outcome(PollEnd::gone), kBounds, kTariff, {}, kMiddle);
    state = after_poll(state, outcome(PollEnd::gone, kNow + 24h), kBounds, kTariff, {}, kMiddle);
    EXPECT_TRUE(state.retired);
}

TEST(PollPolicy, a_second_410_within_the_day_does_not_retire_the_feed) {
    FeedState state = after_poll(feed_with(20min), outcome(PollEnd::gone), kBounds, kTariff, {}, kMiddle);
    state = after_poll(state, outcome(PollEnd::gone, kNow + 23h), kBounds, kTariff, {}, kMiddle);
    EXPECT_FALSE(state.retired);
}

TEST(PollPolicy, a_good_answer_between_two_410s_counts_anew) {
    FeedState state = after_poll(feed_with(20min), outcome(PollEnd::gone), kBounds, kTariff, {}, kMiddle);
    state = after_poll(state, outcome(PollEnd::fetched, kNow + 1h), kBounds, kTariff, {}, kMiddle);
    state = after_poll(state, outcome(PollEnd::gone, kNow + 48h), kBounds, kTariff, {}, kMiddle);
    EXPECT_FALSE(state.retired);
}

TEST(PollPolicy, a_wall_clock_that_was_set_back_teaches_nothing) {
    const FeedState before = feed_with(1h, -2h);
    const Rhythm after = after_poll(before, outcome(PollEnd::fetched), kBounds, kTariff, {}, kMiddle).rhythm;
    EXPECT_EQ(rate(after), rate(before.rhythm));
}

TEST(Doubt, a_feed_that_answers_304_for_ten_times_its_gap_is_asked_without_validators) {
    FeedState state = feed_with(6h);
    state.last_document = kNow - 61h;
    EXPECT_TRUE(doubts_304(state, kNow));
    state.last_document = kNow - 59h;
    EXPECT_FALSE(doubts_304(state, kNow));
}

TEST(Doubt, it_is_voiced_once_a_day_at_most) {
    FeedState state = feed_with(1min);
    state.last_document = kNow - 23h;
    EXPECT_FALSE(doubts_304(state, kNow));
}

TEST(Doubt, an_unchanged_document_settles_it_and_a_304_does_not) {
    FeedState state = feed_with(6h);
    state.last_document = kNow - 100h;
    PollOutcome answer = outcome(PollEnd::not_modified);
    answer.status = 304;
    EXPECT_TRUE(doubts_304(after_poll(state, answer, kBounds, kTariff, {}, kMiddle), kNow));
    answer.status = 200;
    EXPECT_FALSE(doubts_304(after_poll(state, answer, kBounds, kTariff, {}, kMiddle), kNow));
}

/// A feed that has said `times` in a row, six hours apart, that it moved to `url`.
FeedState moving(std::string url, int times) {
    FeedState state = feed_with(6h);
    for (int i = 0; i < times; ++i) {
        PollOutcome answer = outcome(PollEnd::fetched, kNow + i * 12h);
        answer.moved_to = url;
        state = after_poll(state, answer, kBounds, kTariff, {}, kMiddle);
    }
    return state;
}

TEST(Move, three_permanent_answers_over_a_day_are_believed) {
    EXPECT_EQ(moving("http://new.example/", 3).moved_to(), "http://new.example/");
}

TEST(Move, two_are_not) {
    EXPECT_EQ(moving("http://new.example/", 2).moved_to(), "");
}

TEST(Move, three_within_a_day_are_not) {
    FeedState state = feed_with(6h);
    PollOutcome answer = outcome(PollEnd::fetched);
    answer.moved_to = "http://new.example/";
    for (int i = 0; i < 3; ++i)
        state = after_poll(state, answer, kBounds, kTariff, {}, kMiddle);
    EXPECT_EQ(state.moved_to(), "");
}

TEST(Move, another_address_counts_anew) {
    FeedState state = moving("http://new.example/", 2);
    PollOutcome other = outcome(PollEnd::fetched, kNow + 48h);
    other.moved_to = "http://other.example/";
    EXPECT_EQ(after_poll(state, other, kBounds, kTariff, {}, kMiddle).moved_to(), "");
}

TEST(Move, an_answer_without_a_redirect_between_counts_anew) {
    FeedState state = moving("http://new.example/", 2);
    state = after_poll(state, outcome(PollEnd::fetched, kNow + 24h), kBounds, kTariff, {}, kMiddle);
    PollOutcome answer = outcome(PollEnd::fetched, kNow + 48h);
    answer.moved_to = "http://new.example/";
    EXPECT_EQ(after_poll(state, answer, kBounds, kTariff, {}, kMiddle).moved_to(), "");
}

TEST(Move, a_document_that_cannot_be_read_is_no_reason_to_move) {
    FeedState state = moving("http://new.example/", 2);
    PollOutcome answer = outcome(PollEnd::unreadable, kNow + 48h);
    answer.moved_to = "http://new.example/";
    EXPECT_EQ(after_poll(state, answer, kBounds, kTariff, {}, kMiddle).moved_to(), "");
}

TEST(Move, the_new_address_stays_while_it_answers) {
    FeedState state = moving("http://new.example/", 3);
    state = after_poll(state, outcome(PollEnd::not_modified, kNow + 48h), kBounds, kTariff, {}, kMiddle);
    EXPECT_EQ(state.moved_to(), "http://new.example/");
}

TEST(Move, after_five_failures_the_configured_address_is_asked_again) {
    FeedState state = moving("http://new.example/", 3);
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(state.moved_to(), "http://new.example/");
        state = after_poll(state, outcome(PollEnd::failed), kBounds, kTariff, {}, kMiddle);
    }
    EXPECT_EQ(state.moved_to(), "");
}

TEST(SiteHold, a_429_holds_the_whole_site_for_retry_after_up_to_patience) {
    EXPECT_EQ(site_hold(429, {.retry_after = 2h}, kBounds), 2h);
    EXPECT_EQ(site_hold(429, {.retry_after = 24h * 3650}, kBounds), kBounds.patience);
}

TEST(SiteHold, a_429_without_a_time_holds_the_site_for_a_minute) {
    EXPECT_EQ(site_hold(429, {}, kBounds), 1min);
}

TEST(SiteHold, a_503_speaks_for_its_feed_alone) {
    EXPECT_EQ(site_hold(503, {.retry_after = 2h}, kBounds), 0s);
}

TEST(PollPolicy, counters_do_not_wrap) {
    FeedState state = feed_with(1h);
    state.articles_seen = ~0U - 1;
    state.failures_in_a_row = ~0U;
    PollOutcome fetched = outcome(PollEnd::fetched);
    fetched.new_articles = 5;
    EXPECT_EQ(after_poll(state, fetched, kBounds, kTariff, {}, kMiddle).articles_seen, ~0U);
    EXPECT_EQ(after_poll(state, outcome(PollEnd::failed), kBounds, kTariff, {}, kMiddle).failures_in_a_row,
              ~0U);
}

}  // namespace
}  // namespace newswatch::schedule
