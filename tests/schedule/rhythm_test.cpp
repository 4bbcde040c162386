#include "schedule/rhythm.h"

#include <gtest/gtest.h>

#include <numeric>

namespace newswatch::schedule {
namespace {

using namespace std::chrono_literals;

constexpr Time kMidnight{std::chrono::days{20'000}};
constexpr Minutes kForever = 1e9;

/// A feed that brings `fresh` articles every `every`, asked as often, for `days`.
Rhythm steady_feed(std::chrono::minutes every, unsigned fresh, int days) {
    Rhythm rhythm;
    const Time end = kMidnight + std::chrono::days{days};
    for (Time at = kMidnight; at < end; at += every)
        rhythm = learned(rhythm, at, at + every, fresh);
    return rhythm;
}

/// A feed that publishes `fresh` an hour from 8 to 12 o'clock only.
Rhythm morning_feed(int days) {
    Rhythm rhythm;
    for (int hour = 0; hour < days * 24; ++hour) {
        const Time at = kMidnight + std::chrono::hours{hour};
        rhythm = learned(rhythm, at, at + 1h, hour % 24 >= 8 && hour % 24 < 12 ? 3 : 0);
    }
    return rhythm;
}

TEST(Rate, a_feed_of_which_nothing_is_known_brings_one_article_a_day) {
    EXPECT_NEAR(rate(Rhythm{}) * 24 * 60, 1, 1e-6);
}

TEST(Rate, a_steady_feed_shows_its_rate) {
    EXPECT_NEAR(rate(steady_feed(30min, 1, 40)) * 30, 1, 0.05);
}

TEST(Rate, a_first_document_gives_a_first_guess) {
    EXPECT_NEAR(rate(first_rhythm({}, 101, 100 * 60)) * 60, 1, 0.15);
}

TEST(Rate, of_a_first_document_only_the_last_thirty_days_count) {
    const Rhythm rhythm = first_rhythm({}, 401, 400 * 24 * 60);
    EXPECT_NEAR(rhythm.minutes, 30 * 24 * 60, 1);
    EXPECT_NEAR(rhythm.articles, 30, 0.01);
}

TEST(Rate, a_burst_shows_at_once_and_is_forgotten_within_hours) {
    const Rhythm calm = steady_feed(60min, 1, 20);
    const Time now = kMidnight + std::chrono::days{20};
    Rhythm rhythm = learned(calm, now, now + 30min, 20);
    EXPECT_GT(rate(rhythm), 4 * rate(calm));
    for (int i = 0; i < 24; ++i)
        rhythm = learned(rhythm, now + 30min + i * 1h, now + 90min + i * 1h, 1);
    EXPECT_LT(rate(rhythm), 1.3 * rate(calm));
}

TEST(Rate, a_clock_that_was_set_back_teaches_nothing) {
    const Rhythm before = steady_feed(30min, 1, 3);
    EXPECT_EQ(learned(before, kMidnight, kMidnight - 1h, 5), before);
}

TEST(Weight, is_one_for_a_feed_that_was_never_judged) {
    EXPECT_DOUBLE_EQ(weight(Rhythm{}, 0.05), 1);
}

TEST(Weight, is_never_less_than_a_quarter) {
    EXPECT_DOUBLE_EQ(weight(valued({}, 0, 0, 10'000), 0.05), 0.25);
}

TEST(Weight, grows_with_the_articles_that_matched) {
    EXPECT_NEAR(weight(valued({}, 0, 40, 400), 0.05), 2, 0.1);
}

TEST(Weight, little_is_concluded_where_matches_are_rare_anyway) {
    EXPECT_GT(weight(valued({}, 0, 0, 1000), 0.0001), 0.9);
}

TEST(Weight, matches_fade) {
    const Rhythm now = valued({}, 0, 10, 20);
    EXPECT_LT(weight(valued(now, 90 * 24 * 60, 0, 0), 0.05), weight(now, 0.05));
}

TEST(Cost, a_304_costs_one_and_large_answers_in_proportion) {
    Rhythm small;
    Rhythm large;
    for (int i = 0; i < 100; ++i) {
        small = paid(small, 0);
        large = paid(large, 250'000);
    }
    EXPECT_NEAR(small.cost, 1, 1e-3);
    EXPECT_NEAR(large.cost, 5, 1e-2);
}

TEST(Hours, those_of_an_unknown_feed_are_everybodys) {
    HourProfile everybody = flat_profile();
    everybody.fill(0.5F);
    for (std::size_t hour = 6; hour < 18; ++hour)
        everybody[hour] = 1.5F;
    const HourProfile profile = hour_profile(Rhythm{}, everybody);
    EXPECT_NEAR(profile[12], 1.5, 1e-6);
    EXPECT_NEAR(profile[0], 0.5, 1e-6);
    EXPECT_NEAR(profile[6], 1.25, 1e-6) << "the edge is smoothed";
}

TEST(Hours, a_feed_shows_when_it_publishes) {
    const HourProfile profile = hour_profile(morning_feed(60), flat_profile());
    EXPECT_GT(profile[10], 3);
    EXPECT_LT(profile[20], 0.5);
}

TEST(Hours, no_hour_is_ruled_out) {
    const HourProfile profile = hour_profile(morning_feed(400), flat_profile());
    for (const float hour : profile)
        EXPECT_GE(hour, 0.15F);
}

TEST(Hours, they_are_about_one_on_average) {
    const HourProfile profile = hour_profile(morning_feed(60), flat_profile());
    EXPECT_NEAR(std::accumulate(profile.begin(), profile.end(), 0.0F) / 24, 1, 0.1);
}

TEST(Hours, own_shares_add_up_to_one) {
    const HourProfile shares = own_hours(morning_feed(10));
    EXPECT_NEAR(std::accumulate(shares.begin(), shares.end(), 0.0F), 1, 1e-5);
}

TEST(Hours, they_never_overflow) {
    Rhythm rhythm;
    for (int hour = 0; hour < 24 * 30; ++hour) {
        const Time at = kMidnight + std::chrono::hours{hour};
        rhythm = learned(rhythm, at, at + 1h, hour % 24 < 12 ? 4'000'000'000U : 1'000'000U);
    }
    const HourProfile shares = own_hours(rhythm);
    for (const float share : shares)
        EXPECT_NEAR(share, 1.0 / 24, 0.02);
}

TEST(TimeToAsk, grows_with_the_square_root_of_the_gap) {
    const auto ask = [](double gap) {
        return time_to_ask(1 / gap, flat_profile(), kMidnight, 50, 0, kForever);
    };
    EXPECT_NEAR(ask(100), 100, 1e-6);
    EXPECT_NEAR(ask(400), 200, 1e-6);
}

TEST(TimeToAsk, keeps_to_its_limits) {
    EXPECT_EQ(time_to_ask(100, flat_profile(), kMidnight, 1, 5, 240), 5);
    EXPECT_EQ(time_to_ask(1e-9, flat_profile(), kMidnight, 1, 5, 240), 240);
}

TEST(TimeToAsk, a_price_of_nothing_asks_as_soon_as_allowed) {
    EXPECT_EQ(time_to_ask(1e-3, flat_profile(), kMidnight + 17min, 0, 5, 240), 5);
}

TEST(TimeToAsk, waits_out_the_night) {
    HourProfile day = flat_profile();
    day.fill(0.15F);
    for (std::size_t hour = 8; hour < 20; ++hour)
        day[hour] = 1.85F;
    const double rate = 1.0 / 60;
    const Minutes noon = time_to_ask(rate, day, kMidnight + 12h, 20, 0, kForever);
    const Minutes night = time_to_ask(rate, day, kMidnight + 1h, 20, 0, kForever);
    EXPECT_GT(night, 2 * noon);
}

/// What has waited until the answer equals the price, whatever the hours are.
TEST(TimeToAsk, agrees_with_the_integral_summed_minute_by_minute) {
    const HourProfile day = hour_profile(morning_feed(60), flat_profile());
    for (const double price : {1.0, 10.0, 100.0, 1000.0}) {
        for (const auto start : {0min, 437min, 610min, 1439min}) {
            const double rate = 0.02;
            const Minutes asked = time_to_ask(rate, day, kMidnight + start, price, 0, kForever);
            double waited = 0;
            constexpr double kStep = 0.01;
            for (double u = kStep / 2; u < asked; u += kStep) {
                const auto minute = static_cast<std::size_t>(static_cast<double>(start.count()) + u) % 1440;
                waited += rate * static_cast<double>(day[minute / 60]) * (asked - u) * kStep;
            }
            EXPECT_NEAR(waited, price, price * 0.01) << price << " from minute " << start.count();
        }
    }
}

}  // namespace
}  // namespace newswatch::schedule
