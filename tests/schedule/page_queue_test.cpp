#include "schedule/page_queue.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace newswatch::schedule {
namespace {

using namespace std::chrono_literals;

PageWish page_at(const std::string& url) {
    PageWish wish;
    wish.feed = feed_id("http://feeds.example/rss");
    wish.article.url = url;
    return wish;
}

class PageQueueTest : public testing::Test {
  protected:
    /// The address of the next page; its transfer goes on until `release`.
    std::string take() {
        auto due = pages.take_due(feeds);
        if (!due) return "";
        rooms.push_back(due->room);
        return due->wish.article.url;
    }
    void release() {
        feeds.release_site(rooms.front());
        rooms.erase(rooms.begin());
    }

    ManualClock clock{Time{std::chrono::hours{500'000}}};
    PollQueue feeds{QueueLimits{}, PollBounds{}, clock};
    PageQueue pages{PageLimits{.budget_per_second = 1000, .most = 3}, clock};
    std::vector<PollQueue::SiteRoom> rooms;
};

TEST_F(PageQueueTest, an_empty_queue_waits_for_nothing) {
    EXPECT_EQ(take(), "");
    EXPECT_FALSE(pages.next_due());
}

TEST_F(PageQueueTest, a_page_is_due_at_once) {
    pages.add(page_at("http://a.example/1"));
    EXPECT_EQ(take(), "http://a.example/1");
    EXPECT_EQ(pages.size(), 0U);
}

TEST_F(PageQueueTest, pages_of_two_sites_come_together) {
    pages.add(page_at("http://a.example/1"));
    pages.add(page_at("http://b.example/1"));
    EXPECT_NE(take(), "");
    EXPECT_NE(take(), "");
}

TEST_F(PageQueueTest, pages_of_one_site_follow_each_other_by_a_second) {
    pages.add(page_at("http://a.example/1"));
    pages.add(page_at("http://www.a.example/2"));
    EXPECT_EQ(take(), "http://a.example/1");
    release();
    EXPECT_EQ(take(), "");
    ASSERT_TRUE(pages.next_due());
    EXPECT_EQ(*pages.next_due(), clock.steady_now() + 1s);
    clock.advance(1s);
    EXPECT_EQ(take(), "http://www.a.example/2");
}

TEST_F(PageQueueTest, one_at_a_time_comes_from_a_site) {
    pages.add(page_at("http://a.example/1"));
    pages.add(page_at("http://a.example/2"));
    EXPECT_EQ(take(), "http://a.example/1");
    clock.advance(10s);
    EXPECT_EQ(take(), "");
    release();
    clock.advance(1s);
    EXPECT_EQ(take(), "http://a.example/2");
}

TEST_F(PageQueueTest, a_page_waits_for_the_feed_of_its_site) {
    Feed feed;
    feed.url = "http://a.example/rss";
    feed.id = feed_id(feed.url);
    feeds.set_feeds({feed}, {});
    ASSERT_TRUE(feeds.take_due());
    pages.add(page_at("http://a.example/1"));
    EXPECT_EQ(take(), "");
    feeds.release_site(feed.id);
    clock.advance(1s);
    EXPECT_EQ(take(), "http://a.example/1");
}

TEST_F(PageQueueTest, a_feed_waits_for_the_page_of_its_site) {
    Feed feed;
    feed.url = "http://a.example/rss";
    feed.id = feed_id(feed.url);
    pages.add(page_at("http://a.example/1"));
    ASSERT_EQ(take(), "http://a.example/1");
    feeds.set_feeds({feed}, {});
    EXPECT_FALSE(feeds.take_due());
    clock.advance(1s);
    EXPECT_FALSE(feeds.take_due());
    release();
    EXPECT_TRUE(feeds.take_due());
}

TEST_F(PageQueueTest, a_site_that_asks_for_quiet_is_left_alone) {
    pages.add(page_at("http://a.example/1"));
    pages.add(page_at("http://a.example/2"));
    ASSERT_EQ(take(), "http://a.example/1");
    feeds.hold_site(rooms.front(), 60s);
    release();
    clock.advance(59s);
    EXPECT_EQ(take(), "");
    clock.advance(1s);
    EXPECT_EQ(take(), "http://a.example/2");
}

TEST_F(PageQueueTest, another_try_waits_for_its_time) {
    PageWish wish = page_at("http://a.example/1");
    wish.not_before = clock.now() + 10min;
    pages.add(std::move(wish));
    EXPECT_EQ(take(), "");
    EXPECT_EQ(*pages.next_due(), clock.steady_now() + 10min);
    clock.advance(10min);
    EXPECT_EQ(take(), "http://a.example/1");
}

TEST_F(PageQueueTest, the_budget_bounds_all_sites_together) {
    PageQueue slow{PageLimits{.budget_per_second = 1}, clock};
    slow.add(page_at("http://a.example/1"));
    slow.add(page_at("http://b.example/1"));
    EXPECT_TRUE(slow.take_due(feeds));
    EXPECT_FALSE(slow.take_due(feeds));
    EXPECT_EQ(*slow.next_due(), clock.steady_now() + 1s);
}

TEST_F(PageQueueTest, no_more_wishes_are_taken_than_it_holds) {
    EXPECT_TRUE(pages.add(page_at("http://a.example/1")));
    EXPECT_TRUE(pages.add(page_at("http://a.example/2")));
    EXPECT_TRUE(pages.add(page_at("http://a.example/3")));
    EXPECT_FALSE(pages.add(page_at("http://a.example/4")));
}

}  // namespace
}  // namespace newswatch::schedule
