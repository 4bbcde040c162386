#include "schedule/poll_queue.h"

#include <gtest/gtest.h>

#include <string>

namespace newswatch::schedule {
namespace {

using namespace std::chrono_literals;

Feed feed_at(const std::string& url) {
    Feed feed;
    feed.id = feed_id(url);
    feed.url = url;
    return feed;
}

FeedState due_at(const std::string& url, Time next_poll) {
    FeedState state;
    state.id = feed_id(url);
    state.next_poll = next_poll;
    return state;
}

class PollQueueTest : public testing::Test {
  protected:
    /// The URL of the next feed, or nothing.
    std::string take() {
        const auto request = queue.take_due();
        return request ? request->url : "";
    }
    void finish(const std::string& url, std::chrono::microseconds wait) {
        queue.finish(due_at(url, clock.now() + wait));
    }
    /// Moves the clock to when the queue wants to be asked again.
    void sleep() {
        const auto next = queue.next_due();
        ASSERT_TRUE(next);
        clock.advance(std::chrono::ceil<std::chrono::microseconds>(*next - clock.steady_now()));
    }

    ManualClock clock{Time{std::chrono::hours{500'000}}};
    PollQueue queue{QueueLimits{}, PollBounds{}, clock};
};

TEST_F(PollQueueTest, an_empty_queue_waits_for_nothing) {
    EXPECT_EQ(take(), "");
    EXPECT_FALSE(queue.next_due());
}

TEST_F(PollQueueTest, a_new_feed_is_due_now) {
    queue.set_feeds({feed_at("http://a.example/")}, {});
    EXPECT_EQ(take(), "http://a.example/");
    EXPECT_EQ(queue.under_way(), 1U);
}

TEST_F(PollQueueTest, a_remembered_feed_is_due_at_its_next_poll) {
    queue.set_feeds({feed_at("http://a.example/")}, {due_at("http://a.example/", clock.now() + 10min)});
    EXPECT_EQ(take(), "");
    EXPECT_EQ(queue.next_due(), clock.steady_now() + 10min);
    clock.advance(10min);
    EXPECT_EQ(take(), "http://a.example/");
}

TEST_F(PollQueueTest, the_request_carries_the_validators) {
    FeedState state = due_at("http://a.example/", Time{});
    state.etag = "W/\"1\"";
    state.last_modified = "yesterday";
    queue.set_feeds({feed_at("http://a.example/")}, {state});
    const auto request = queue.take_due();
    ASSERT_TRUE(request);
    EXPECT_EQ(request->etag, "W/\"1\"");
    EXPECT_EQ(request->last_modified, "yesterday");
}

TEST_F(PollQueueTest, a_feed_that_moved_for_good_is_asked_at_its_new_address) {
    FeedState state;
    state.id = feed_id("http://a.example/1");
    state.move = std::make_shared<const FeedMove>(FeedMove{.url = "http://new.example/1", .adopted = true});
    Feed feed;
    feed.url = "http://a.example/1";
    feed.id = state.id;
    queue.set_feeds({feed}, {state});
    const auto request = queue.take_due();
    ASSERT_TRUE(request);
    EXPECT_EQ(request->url, "http://new.example/1");
    EXPECT_EQ(request->feed.url, "http://a.example/1");
}

TEST_F(PollQueueTest, a_feed_under_way_is_not_handed_out_twice) {
    queue.set_feeds({feed_at("http://a.example/")}, {});
    take();
    clock.advance(24h);
    EXPECT_EQ(take(), "");
    EXPECT_FALSE(queue.next_due());
    finish("http://a.example/", 5min);
    EXPECT_EQ(queue.under_way(), 0U);
    clock.advance(5min);
    EXPECT_EQ(take(), "http://a.example/");
}

TEST_F(PollQueueTest, one_site_is_asked_one_feed_at_a_time) {
    queue.set_feeds({feed_at("http://x.press.example/1"), feed_at("http://y.press.example/2")}, {});
    clock.advance(1h);
    const std::string first = take();
    clock.advance(1h);
    EXPECT_EQ(take(), "");
    EXPECT_FALSE(queue.next_due()) << "only the end of the transfer can make room";
    queue.release_site(feed_id(first));
    EXPECT_LE(*queue.next_due(), clock.steady_now());
    EXPECT_NE(take(), "");
    EXPECT_EQ(queue.under_way(), 2U) << "a feed stays under way until its outcome is stored";
}

TEST_F(PollQueueTest, two_requests_to_a_site_are_a_second_apart) {
    queue.set_feeds({feed_at("http://press.example/1"), feed_at("http://press.example/2")}, {});
    clock.advance(200ms);
    const auto started = clock.steady_now();
    queue.release_site(feed_id(take()));
    EXPECT_EQ(take(), "");
    EXPECT_EQ(queue.next_due(), started + 1s);
    clock.advance(999ms);
    EXPECT_EQ(take(), "");
    clock.advance(1ms);
    EXPECT_NE(take(), "");
}

TEST_F(PollQueueTest, a_blocked_site_blocks_no_other) {
    queue.set_feeds({feed_at("http://press.example/1"), feed_at("http://press.example/2"),
                     feed_at("http://press.example/3"), feed_at("http://other.example/")},
                    {});
    clock.advance(500ms);
    EXPECT_EQ(take(), "http://press.example/1");
    EXPECT_EQ(take(), "http://other.example/");
}

TEST_F(PollQueueTest, as_many_transfers_run_on_a_site_as_the_operator_allows) {
    PollQueue wide{{.per_site = 2, .between = 0ms}, PollBounds{}, clock};
    wide.set_feeds({feed_at("http://press.example/1"), feed_at("http://press.example/2"),
                    feed_at("http://press.example/3")},
                   {});
    clock.advance(1s);
    EXPECT_TRUE(wide.take_due());
    EXPECT_TRUE(wide.take_due());
    EXPECT_FALSE(wide.take_due());
}

TEST_F(PollQueueTest, all_requests_keep_to_the_budget) {
    std::vector<Feed> feeds;
    for (int i = 0; i < 1000; ++i)
        feeds.push_back(
            feed_at("http://10.0." + std::to_string(i / 250) + "." + std::to_string(i % 250) + "/"));
    queue.set_feeds(feeds, {});
    clock.advance(1h);  // all are due at once
    int taken = 0;
    while (take() != "")
        ++taken;
    EXPECT_EQ(taken, 20);
    for (int i = 0; i < 100; ++i) {
        clock.advance(100ms);
        while (take() != "")
            ++taken;
    }
    EXPECT_EQ(taken, 20 + 200);
}

TEST_F(PollQueueTest, what_is_overdue_after_a_long_stop_is_spread_over_the_budget) {
    std::vector<Feed> feeds;
    std::vector<FeedState> states;
    for (int i = 0; i < 200; ++i) {
        feeds.push_back(feed_at("http://10.0.0." + std::to_string(i) + "/"));
        states.push_back(due_at(feeds.back().url, clock.now() - 1h - std::chrono::seconds{i}));
    }
    queue.set_feeds(feeds, states);
    EXPECT_EQ(take(), "http://10.0.0.199/") << "the longest overdue first";
    EXPECT_EQ(take(), "");
    EXPECT_EQ(queue.next_due(), clock.steady_now() + 50ms);
    int taken = 1;
    for (int i = 0; i < 100; ++i) {
        clock.advance(100ms);
        while (take() != "")
            ++taken;
        EXPECT_LE(taken, 1 + 2 * (i + 1));
    }
    EXPECT_EQ(taken, 200);
}

TEST_F(PollQueueTest, a_retired_feed_is_not_asked) {
    FeedState state = due_at("http://a.example/", Time{});
    state.retired = true;
    queue.set_feeds({feed_at("http://a.example/")}, {state});
    clock.advance(24h * 365);
    EXPECT_EQ(take(), "");
    EXPECT_FALSE(queue.next_due());
    EXPECT_EQ(queue.size(), 1U);
}

TEST_F(PollQueueTest, poll_now_overrides_the_rhythm) {
    queue.set_feeds(
        {feed_at("http://a.example/"), feed_at("http://b.example/")},
        {due_at("http://a.example/", clock.now() + 4h), due_at("http://b.example/", clock.now() + 4h)});
    EXPECT_EQ(queue.poll_now({"http://b.example/", "http://unknown.example/"}), 1U);
    EXPECT_EQ(take(), "http://b.example/");
    EXPECT_EQ(take(), "");
}

TEST_F(PollQueueTest, poll_now_with_an_empty_list_means_every_feed) {
    queue.set_feeds(
        {feed_at("http://a.example/"), feed_at("http://b.example/")},
        {due_at("http://a.example/", clock.now() + 4h), due_at("http://b.example/", clock.now() + 4h)});
    EXPECT_EQ(queue.poll_now({}), 2U);
    EXPECT_NE(take(), "");
    EXPECT_NE(take(), "");
}

TEST_F(PollQueueTest, poll_now_goes_never_before_what_the_publisher_asked) {
    queue.set_feeds({feed_at("http://a.example/")}, {});
    take();
    FeedState state = due_at("http://a.example/", clock.now() + 4h);
    state.not_before = clock.now() + 1h;
    queue.finish(state);
    EXPECT_EQ(queue.poll_now({"http://a.example/"}), 1U);
    EXPECT_EQ(take(), "");
    EXPECT_EQ(queue.next_due(), clock.steady_now() + 1h);
    clock.advance(1h);
    EXPECT_EQ(take(), "http://a.example/");
}

TEST_F(PollQueueTest, what_the_publisher_asked_holds_over_a_restart) {
    FeedState state = due_at("http://a.example/", Time{});
    state.not_before = clock.now() + 1h;
    queue.set_feeds({feed_at("http://a.example/")}, {state});
    queue.poll_now({});
    EXPECT_EQ(take(), "");
    EXPECT_EQ(queue.next_due(), clock.steady_now() + 1h);
}

TEST_F(PollQueueTest, poll_now_finds_a_feed_whose_address_was_changed) {
    Feed moved = feed_at("http://old.example/");
    moved.url = "http://new.example/";
    queue.set_feeds({moved}, {due_at("http://old.example/", clock.now() + 4h)});
    EXPECT_EQ(queue.poll_now({"http://new.example/"}), 1U);
    EXPECT_EQ(take(), "http://new.example/");
}

TEST_F(PollQueueTest, poll_now_asks_a_retired_feed_once_more) {
    FeedState state = due_at("http://a.example/", Time{});
    state.retired = true;
    queue.set_feeds({feed_at("http://a.example/")}, {state});
    EXPECT_EQ(queue.poll_now({"http://a.example/"}), 1U);
    EXPECT_EQ(take(), "http://a.example/");
}

TEST_F(PollQueueTest, a_site_that_asks_to_wait_is_left_alone_with_all_its_feeds) {
    queue.set_feeds({feed_at("http://press.example/1"), feed_at("http://press.example/2")}, {});
    clock.advance(1s);
    const std::string first = take();
    queue.hold_site(feed_id(first), 120s);
    queue.release_site(feed_id(first));
    queue.poll_now({});
    EXPECT_EQ(take(), "");
    EXPECT_EQ(queue.next_due(), clock.steady_now() + 120s);
    clock.advance(120s);
    EXPECT_NE(take(), "");
}

TEST_F(PollQueueTest, known_feeds_keep_their_place_when_the_list_is_read_again) {
    queue.set_feeds({feed_at("http://a.example/"), feed_at("http://b.example/")}, {});
    clock.advance(1s);
    take();
    take();
    finish("http://a.example/", 10min);
    finish("http://b.example/", 20min);
    Feed named = feed_at("http://a.example/");
    named.name = "A";
    queue.set_feeds({named, feed_at("http://c.example/")}, {due_at("http://a.example/", Time{})});
    EXPECT_EQ(queue.size(), 2U);
    EXPECT_EQ(queue.state(feed_id("http://b.example/")), nullptr);
    EXPECT_EQ(queue.feed(feed_id("http://a.example/"))->name, "A");
    EXPECT_EQ(take(), "http://c.example/");
    EXPECT_EQ(queue.next_due(), clock.steady_now() + 10min);
}

TEST_F(PollQueueTest, a_feed_taken_off_the_list_is_forgotten_once_its_poll_is_over) {
    queue.set_feeds({feed_at("http://a.example/")}, {});
    take();
    queue.set_feeds({}, {});
    EXPECT_EQ(queue.size(), 0U);
    EXPECT_EQ(queue.under_way(), 1U);
    EXPECT_NE(queue.state(feed_id("http://a.example/")), nullptr);
    finish("http://a.example/", 5min);
    EXPECT_EQ(queue.under_way(), 0U);
    EXPECT_EQ(queue.state(feed_id("http://a.example/")), nullptr);
    EXPECT_FALSE(queue.next_due());
}

TEST_F(PollQueueTest, a_feed_that_waits_for_its_site_survives_a_new_list) {
    queue.set_feeds({feed_at("http://press.example/1"), feed_at("http://press.example/2")}, {});
    clock.advance(1s);
    const std::string first = take();
    EXPECT_EQ(take(), "");
    queue.set_feeds({feed_at("http://press.example/1"), feed_at("http://press.example/2")}, {});
    queue.release_site(feed_id(first));
    clock.advance(1s);
    EXPECT_NE(take(), "");
}

TEST_F(PollQueueTest, a_feed_that_moves_to_another_site_gives_back_the_room_of_the_old_one) {
    queue.set_feeds({feed_at("http://press.example/1"), feed_at("http://press.example/2")}, {});
    const std::string first = take();
    Feed moved = feed_at(first);
    moved.url = "http://elsewhere.example/";
    const std::string second = first.ends_with('1') ? "http://press.example/2" : "http://press.example/1";
    queue.set_feeds({moved, feed_at(second)}, {});
    queue.release_site(moved.id);
    clock.advance(1s);
    EXPECT_EQ(take(), second);
}

TEST_F(PollQueueTest, a_feed_listed_twice_counts_once) {
    queue.set_feeds({feed_at("http://a.example/"), feed_at("http://a.example/")}, {});
    EXPECT_EQ(queue.size(), 1U);
    EXPECT_EQ(queue.snapshot().size(), 1U);
}

TEST_F(PollQueueTest, a_stored_time_from_a_clock_that_was_wrong_does_not_silence_a_feed) {
    queue.set_feeds({feed_at("http://a.example/")},
                    {due_at("http://a.example/", clock.now() + 24h * 365 * 70)});
    clock.advance(24h * 9);
    EXPECT_EQ(take(), "http://a.example/");
}

TEST_F(PollQueueTest, an_outcome_for_an_unknown_feed_changes_nothing) {
    queue.set_feeds({feed_at("http://a.example/")}, {});
    finish("http://b.example/", 1s);
    queue.release_site(feed_id("http://b.example/"));
    finish("http://a.example/", 1h);  // not under way
    EXPECT_EQ(take(), "http://a.example/");
}

/// A clock whose civil time can be set, as an administrator or NTP does.
class JumpingClock final : public Clock {
  public:
    [[nodiscard]] Time now() const override { return Time{std::chrono::hours{500'000}} + passed + jump; }
    [[nodiscard]] std::chrono::steady_clock::time_point steady_now() const override {
        return std::chrono::steady_clock::time_point{passed};
    }
    std::chrono::microseconds passed{0};
    std::chrono::microseconds jump{0};
};

TEST(PollQueue, a_jump_of_the_wall_clock_moves_no_poll) {
    for (const std::chrono::microseconds jump : {-1h, 1h}) {
        JumpingClock clock;
        PollQueue queue{QueueLimits{}, PollBounds{}, clock};
        queue.set_feeds({feed_at("http://a.example/")}, {due_at("http://a.example/", clock.now() + 10min)});
        clock.jump = jump;
        EXPECT_FALSE(queue.take_due());
        clock.passed += 10min;
        EXPECT_TRUE(queue.take_due());
    }
}

}  // namespace
}  // namespace newswatch::schedule
