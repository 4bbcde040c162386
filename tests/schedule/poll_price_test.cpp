#include "schedule/poll_price.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace newswatch::schedule {
namespace {

using namespace std::chrono_literals;

constexpr Time kNow{std::chrono::hours{500'000}};

FeedState feed_of(double rate) {
    FeedState state;
    state.rhythm.minutes = 14'400;
    state.rhythm.articles = static_cast<float>(rate * (14'400 + 720) - 0.5);
    return state;
}

/// Feeds whose rates are spread as those of real ones are: most are quiet, few are very busy.
std::vector<FeedState> many_feeds(std::size_t count) {
    std::mt19937_64 random{1};
    std::lognormal_distribution<double> a_day{1.8, 1.3};
    std::vector<FeedState> feeds;
    for (std::size_t i = 0; i < count; ++i)
        feeds.push_back(feed_of(a_day(random) / 1440));
    return feeds;
}

/// Requests a minute that the feeds ask for at `tariff`, by an even day.
double requests_a_minute(const std::vector<FeedState>& feeds, const Tariff& tariff) {
    double sum = 0;
    for (const FeedState& feed : feeds)
        sum += 1 / time_to_ask(rate(feed.rhythm), flat_profile(), kNow, tariff.price, 5, 240);
    return sum;
}

PollPrice price_of(const std::vector<FeedState>& feeds, PollPrice::Limits limits = {}) {
    PollPrice price{limits, kNow};
    for (const FeedState& feed : feeds)
        price.add(feed);
    return price;
}

TEST(PollPrice, all_feeds_together_spend_one_request_each_in_the_usual_time) {
    const auto feeds = many_feeds(2000);
    EXPECT_NEAR(requests_a_minute(feeds, price_of(feeds).tariff(kNow)), 2000.0 / 15, 2000.0 / 15 * 0.03);
}

TEST(PollPrice, they_never_spend_more_than_the_budget) {
    const auto feeds = many_feeds(2000);
    EXPECT_NEAR(requests_a_minute(feeds, price_of(feeds, {.budget_per_minute = 20}).tariff(kNow)), 20, 1);
}

TEST(PollPrice, without_a_feed_there_is_no_price) {
    PollPrice price{{}, kNow};
    EXPECT_EQ(price.tariff(kNow).price, 0);
}

TEST(PollPrice, a_feed_that_changes_is_counted_as_it_is_now) {
    const auto busy = many_feeds(500);
    PollPrice price = price_of(busy);
    std::vector<FeedState> quiet(500, feed_of(1.0 / 14'400));
    for (std::size_t i = 0; i < busy.size(); ++i) {
        price.remove(busy[i]);
        price.add(quiet[i]);
    }
    EXPECT_DOUBLE_EQ(price.tariff(kNow).price, price_of(quiet).tariff(kNow).price);
}

TEST(PollPrice, feeds_that_have_retired_or_are_ill_get_nothing_of_the_budget) {
    auto feeds = many_feeds(500);
    const double before = price_of(feeds).tariff(kNow).price;
    for (std::size_t i = 0; i < 500; ++i) {
        FeedState ill = feeds[i];
        ill.retired = i % 2 == 0;
        ill.failures_in_a_row = i % 2 == 0 ? 0 : 3;
        feeds.push_back(ill);
    }
    EXPECT_DOUBLE_EQ(price_of(feeds).tariff(kNow).price, before);
}

TEST(PollPrice, it_rises_where_more_was_sent_than_planned_and_falls_where_less) {
    const auto feeds = many_feeds(1000);
    const double planned = 1000.0 / 15 * 60;
    const auto after_an_hour = [&](double sent) {
        PollPrice price = price_of(feeds);
        price.sent(sent);
        return price.tariff(kNow + 1h).price;
    };
    EXPECT_GT(after_an_hour(planned * 2), after_an_hour(planned));
    EXPECT_LT(after_an_hour(planned / 2), after_an_hour(planned));
}

TEST(PollPrice, a_stop_of_hours_corrects_nothing) {
    const auto feeds = many_feeds(1000);
    PollPrice price = price_of(feeds);
    price.sent(1);
    EXPECT_DOUBLE_EQ(price.tariff(kNow + 12h).price, price_of(feeds).tariff(kNow).price);
}

TEST(PollPrice, the_hours_are_the_mean_of_all_feeds) {
    std::vector<FeedState> feeds;
    for (int i = 0; i < 100; ++i) {
        FeedState feed = feed_of(0.01);
        feed.rhythm.hours[i % 2 == 0 ? 9 : 15] = 320;
        feeds.push_back(feed);
    }
    const Tariff tariff = price_of(feeds).tariff(kNow);
    EXPECT_NEAR(tariff.hours[9], 12, 0.2);
    EXPECT_NEAR(tariff.hours[15], 12, 0.2);
    EXPECT_NEAR(tariff.hours[3], 0, 0.02);
}

TEST(PollPrice, the_usual_share_is_that_of_all_articles) {
    std::vector<FeedState> feeds(10, feed_of(0.01));
    for (FeedState& feed : feeds) {
        feed.rhythm.judged_articles = 1000;
        feed.rhythm.matches = 2;
    }
    EXPECT_NEAR(price_of(feeds).tariff(kNow).usual_share, 0.002, 0.0002);
}

}  // namespace
}  // namespace newswatch::schedule
