#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <unordered_map>

#include "schedule/poll_policy.h"
#include "schedule/poll_queue.h"

namespace newswatch::schedule {
namespace {

using namespace std::chrono_literals;

/// Publishers who ask us to wait in every way there is, and note each request that comes too early. An
/// impatient operator has every feed polled once an hour.
class StrictWorld {
  public:
    StrictWorld() : queue_{QueueLimits{}, PollBounds{}, clock_} {
        std::vector<Feed> list;
        for (int i = 0; i < 60; ++i) {
            Feed feed;
            // Three feeds a site.
            feed.url = "http://site" + std::to_string(i / 3) + ".example/" + std::to_string(i);
            feed.id = feed_id(feed.url);
            list.push_back(std::move(feed));
        }
        queue_.set_feeds(std::move(list), {});
    }

    void run(std::chrono::hours time) {
        const Time end = clock_.now() + time;
        Time next_whim = clock_.now() + 1h;
        while (clock_.now() < end) {
            while (auto request = queue_.take_due())
                poll(*request);
            if (clock_.now() >= next_whim) {
                queue_.poll_now({});
                next_whim = clock_.now() + 1h;
                continue;
            }
            Time wake = next_whim;
            if (const auto next = queue_.next_due()) {
                const auto wait = std::chrono::ceil<std::chrono::microseconds>(*next - clock_.steady_now());
                wake = std::min(wake, clock_.now() + wait);
            }
            ASSERT_GT(wake, clock_.now()) << "the loop would be busy";
            clock_.advance(wake - clock_.now());
        }
    }
    /// The machine sleeps: nothing happens meanwhile, and both clocks have gone on.
    void sleep(std::chrono::hours time) { clock_.advance(time); }
    void set_names_known(bool known) { names_known_ = known; }

    std::size_t polls() const { return polls_; }
    std::size_t feeds_asked() const { return by_feed_.size(); }
    std::size_t feeds_ill() const {
        const auto feeds = queue_.snapshot();
        return static_cast<std::size_t>(std::count_if(
            feeds.begin(), feeds.end(), [](const auto& feed) { return feed.second.failures_in_a_row > 0; }));
    }
    Time now() const { return clock_.now(); }
    std::size_t feeds_well_since(Time time) const {
        const auto feeds = queue_.snapshot();
        return static_cast<std::size_t>(std::count_if(
            feeds.begin(), feeds.end(), [&](const auto& feed) { return feed.second.last_success > time; }));
    }
    const std::set<std::string>& offences() const { return offences_; }

  private:
    /// What a publisher remembers of us.
    struct Visits {
        Time feed_closed_until{};
        std::string etag{};
        std::size_t version{0};
    };

    void poll(const PollRequest& request) {
        ++polls_;
        Visits& visits = by_feed_[request.feed.id];
        const std::string site = site_of(request.url);
        const Time now = clock_.now();
        if (const auto last = last_on_site_.find(site);
            last != last_on_site_.end() && now - last->second < 1s)
            offences_.insert("a site is asked twice within a second");
        last_on_site_[site] = now;
        if (now < site_closed_until_[site]) offences_.insert("a site is asked before its Retry-After");
        if (now < visits.feed_closed_until) offences_.insert("a feed is asked before its time");
        const FeedState& known = *queue_.state(request.feed.id);
        if (request.etag != visits.etag && !(request.etag.empty() && doubts_304(known, now)))
            offences_.insert("a validator came back as \"" + request.etag + "\"");

        FeedState before = known;
        const PollOutcome outcome = names_known_ ? answer(request, visits, before) : unresolved(request);
        queue_.release_site(request.feed.id);
        if (const auto hold = site_hold(outcome.status, outcome.wishes, PollBounds{}); hold > 0s)
            queue_.hold_site(request.feed.id, hold);
        queue_.finish(after_poll(before, outcome, PollBounds{}, queue_.tariff(), {},
                                 std::uniform_real_distribution<double>{}(random_)));
    }

    PollOutcome unresolved(const PollRequest& request) const {
        return {.feed = request.feed.id, .error = "the name is not known", .at = clock_.now()};
    }

    PollOutcome answer(const PollRequest& request, Visits& visits, FeedState& state) {
        PollOutcome outcome{.feed = request.feed.id, .at = clock_.now()};
        const std::chrono::seconds wish{random_() % 7'200};
        visits.feed_closed_until = Time{};
        switch (random_() % 8) {
            case 0:  // the whole host asks to wait
                outcome.end = PollEnd::refused;
                outcome.status = 429;
                outcome.error = "HTTP 429";
                outcome.wishes.retry_after = wish;
                site_closed_until_[site_of(request.url)] = clock_.now() + wish;
                break;
            case 1:
                outcome.end = PollEnd::refused;
                outcome.status = 503;
                outcome.error = "HTTP 503";
                outcome.wishes.retry_after = wish;
                visits.feed_closed_until = clock_.now() + wish;
                break;
            case 2:
            case 3:
                outcome.end = PollEnd::fetched;
                outcome.status = 200;
                outcome.articles = 10;
                outcome.new_articles = 1;
                visits.etag = "W/\"a b%22;" + std::to_string(++visits.version) + "\"";
                state.etag = visits.etag;
                break;
            default:
                outcome.end = state.etag.empty() ? PollEnd::fetched : PollEnd::not_modified;
                outcome.status = state.etag.empty() ? 200 : 304;
                outcome.wishes.max_age = wish;
                visits.feed_closed_until = clock_.now() + std::min<std::chrono::seconds>(wish, 60min);
                break;
        }
        return outcome;
    }

    ManualClock clock_{Time{std::chrono::hours{500'000}}};
    PollQueue queue_;
    std::mt19937_64 random_{7};
    std::unordered_map<FeedId, Visits> by_feed_;
    std::map<std::string, Time> last_on_site_;
    std::map<std::string, Time> site_closed_until_;
    std::set<std::string> offences_;
    bool names_known_{true};
    std::size_t polls_{0};
};

std::string listed(const std::set<std::string>& offences) {
    std::string text;
    for (const std::string& offence : offences)
        text += offence + "\n";
    return text;
}

TEST(MonthOfConduct, no_publisher_is_asked_before_its_time_whatever_the_operator_does) {
    StrictWorld world;
    world.run(24h * 30);
    EXPECT_EQ(listed(world.offences()), "");
    EXPECT_EQ(world.feeds_asked(), 60U);
    EXPECT_GT(world.polls(), 60U * 30 * 6) << "every feed is asked at least each four hours";
}

TEST(MonthOfConduct, an_hour_without_names_is_over_for_every_feed_a_day_later) {
    StrictWorld world;
    world.run(24h);
    world.set_names_known(false);
    world.run(1h);
    EXPECT_GT(world.feeds_ill(), 0U);
    world.set_names_known(true);
    const Time back = world.now();
    world.run(24h);
    EXPECT_EQ(world.feeds_well_since(back), 60U);
    EXPECT_EQ(listed(world.offences()), "");
}

TEST(MonthOfConduct, a_machine_that_slept_comes_back_without_a_herd) {
    StrictWorld world;
    world.run(24h);
    for (int night = 0; night < 7; ++night) {
        world.sleep(8h);
        world.run(16h);
    }
    EXPECT_EQ(listed(world.offences()), "");
    EXPECT_EQ(world.feeds_asked(), 60U);
}

}  // namespace
}  // namespace newswatch::schedule
