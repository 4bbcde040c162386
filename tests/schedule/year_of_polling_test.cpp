#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <unordered_map>

#include "schedule/poll_policy.h"
#include "schedule/poll_queue.h"

namespace newswatch::schedule {
namespace {

using namespace std::chrono_literals;
using SteadyTime = std::chrono::steady_clock::time_point;

/// Publishers of which each has a rhythm of its own; one in ten is down at times.
class World {
  public:
    explicit World(std::size_t feeds, QueueLimits limits) : queue_{limits, PollBounds{}, clock_} {
        std::vector<Feed> list;
        for (std::size_t i = 0; i < feeds; ++i) {
            Feed feed;
            // Four feeds a site.
            feed.url = "http://site" + std::to_string(i / 4) + ".example/" + std::to_string(i);
            feed.id = feed_id(feed.url);
            gaps_[feed.id] = std::chrono::minutes{10 << (i % 8)};
            list.push_back(std::move(feed));
        }
        queue_.set_feeds(std::move(list), {});
    }

    void run(std::chrono::hours time) {
        const SteadyTime end = clock_.steady_now() + time;
        while (clock_.steady_now() < end) {
            while (auto request = queue_.take_due())
                poll(*request);
            const auto next = queue_.next_due();
            ASSERT_TRUE(next);
            ASSERT_GT(*next, clock_.steady_now()) << "the loop would be busy";
            clock_.advance(std::chrono::ceil<std::chrono::microseconds>(*next - clock_.steady_now()));
            ++wakes_;
        }
    }

    std::size_t polls() const { return polls_; }
    std::size_t wakes() const { return wakes_; }
    std::size_t least_polls_of_a_feed() const {
        return std::min_element(polls_by_feed_.begin(), polls_by_feed_.end(),
                                [](const auto& a, const auto& b) { return a.second < b.second; })
            ->second;
    }
    std::size_t feeds_asked() const { return polls_by_feed_.size(); }
    std::chrono::microseconds least_gap_on_a_site() const { return least_gap_; }

  private:
    void poll(const PollRequest& request) {
        ++polls_;
        ++polls_by_feed_[request.feed.id];
        const SteadyTime now = clock_.steady_now();
        const auto [last, first_time] = last_on_site_.try_emplace(site_of(request.url), now);
        if (!first_time) {
            least_gap_ =
                std::min(least_gap_, std::chrono::floor<std::chrono::microseconds>(now - last->second));
            last->second = now;
        }
        const FeedState& state = *queue_.state(request.feed.id);
        PollOutcome outcome{.feed = request.feed.id, .end = PollEnd::fetched, .at = clock_.now()};
        if (random_() % 100 == 0) {
            outcome.end = PollEnd::failed;
        } else if (state.last_success == Time{}) {
            outcome.articles = 10;
            outcome.span = gaps_[request.feed.id] * 10;
        } else {
            outcome.new_articles =
                static_cast<unsigned>((clock_.now() - state.last_success) / gaps_[request.feed.id]);
        }
        const double dice = std::uniform_real_distribution<double>{}(random_);
        queue_.release_site(request.feed.id);
        queue_.finish(after_poll(state, outcome, PollBounds{}, queue_.tariff(), {}, dice));
    }

    ManualClock clock_{Time{std::chrono::hours{500'000}}};
    PollQueue queue_;
    std::mt19937_64 random_{1};
    std::unordered_map<FeedId, std::chrono::seconds> gaps_;
    std::unordered_map<FeedId, std::size_t> polls_by_feed_;
    std::map<std::string, SteadyTime> last_on_site_;
    std::chrono::microseconds least_gap_{std::chrono::microseconds::max()};
    std::size_t polls_{0};
    std::size_t wakes_{0};
};

TEST(YearOfPolling, every_feed_is_asked_all_year_and_no_site_too_often) {
    World world{12, QueueLimits{}};
    world.run(24h * 365);
    EXPECT_EQ(world.feeds_asked(), 12U);
    EXPECT_GE(world.least_gap_on_a_site(), 1s);
    // The slowest feeds are asked at `longest`, four hours, save for failures.
    EXPECT_GT(world.least_polls_of_a_feed(), 365U * 5);
    EXPECT_LE(world.wakes(), world.polls() * 2 + 10) << "a wake that finds nothing is waste";
}

TEST(YearOfPolling, a_budget_that_is_too_small_starves_nobody) {
    // 400 feeds that want about one request in 40 s each, and a tenth of that to give.
    World world{400, {.per_site = 1, .between = 1s, .budget_per_second = 0.05}};
    world.run(24h * 7);
    EXPECT_EQ(world.feeds_asked(), 400U);
    EXPECT_GE(world.least_polls_of_a_feed(), 20U);
}

}  // namespace
}  // namespace newswatch::schedule
