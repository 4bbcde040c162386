#include "pipeline/writer.h"

#include <gtest/gtest.h>

#include <limits>

namespace newswatch {
namespace {

using namespace std::chrono_literals;

/// Counts what it is asked to commit, and refuses on request.
class CountingJournal final : public store::Journal {
  public:
    Result<store::Committed> commit(std::span<const Harvest> harvests) override {
        ++tries;
        if (broken_) return fail(ErrorKind::storage, "disk I/O error", "newswatch.db");
        if (full_) return fail(ErrorKind::storage, "database or disk is full", "newswatch.db");
        commits.push_back(harvests.size());
        return store::Committed{.head = 7, .alerts = 1, .articles = 1};
    }
    Novelty novelty(const ArticleKeys&) const override { return Novelty::fresh; }
    StreamHead head() const override { return {}; }
    Result<std::vector<FeedState>> feed_states() override { return std::vector<FeedState>{}; }
    Result<std::vector<PageWish>> page_wishes() override { return std::vector<PageWish>{}; }
    Counts counts() const override { return {}; }
    Result<bool> forget_some() override {
        ++forgets;
        return true;
    }
    Result<Retired> retire(std::chrono::hours, std::chrono::hours) override {
        ++retired;
        return Retired{.rows = 1, .done = retired >= steps_to_retire};
    }
    Result<Shrunk> shrink(std::uint64_t) override {
        ++shrinks;
        return Shrunk{.articles = 1, .done = shrinks >= steps_to_shrink};
    }
    bool writable() const override { return !broken_; }
    void break_disk() { broken_ = true; }
    void fill_disk() { full_ = true; }

    std::vector<std::size_t> commits;
    int retired{0};
    int tries{0};
    int forgets{0};
    int shrinks{0};
    int steps_to_shrink{1};
    int steps_to_retire{1};

  private:
    bool broken_{false};
    bool full_{false};
};

class Writing : public testing::Test {
  protected:
    void write_until_closed() {
        Writer writer{
            journal_,
            clock_,
            polls_,
            {.keep_articles = 1h, .keep_alerts = 1h},
            [this](std::vector<Judgement> polls, const store::Committed&) { stored_ += polls.size(); },
            [this](const Error& error) { failure_ = error.what; },
            pulse_};
        writer.start();
        writer.join();
    }

    ManualClock clock_{Time{1h}};
    CountingJournal journal_;
    BoundedQueue<Judgement> polls_{std::numeric_limits<std::size_t>::max(),
                                   [](const Judgement&) { return std::size_t{1}; }};
    std::size_t stored_{0};
    std::string failure_;
    service::Pulse pulse_{"writer", 30s, clock_};
};

TEST_F(Writing, what_waits_joins_one_commit) {
    for (int i = 0; i < 5; ++i)
        ASSERT_TRUE(polls_.push({}));
    polls_.close();
    write_until_closed();
    EXPECT_EQ(journal_.commits, std::vector<std::size_t>{5});
    EXPECT_EQ(stored_, 5U);
}

TEST_F(Writing, a_commit_takes_no_poll_more_once_it_holds_two_hundred_articles) {
    for (int i = 0; i < 2; ++i) {
        Judgement poll;
        poll.harvest.articles.resize(200);
        ASSERT_TRUE(polls_.push(std::move(poll)));
    }
    polls_.close();
    write_until_closed();
    EXPECT_EQ(journal_.commits, (std::vector<std::size_t>{1, 1}));
}

TEST_F(Writing, nothing_is_acknowledged_when_the_disk_fails) {
    journal_.break_disk();
    ASSERT_TRUE(polls_.push({}));
    polls_.close();
    write_until_closed();
    EXPECT_EQ(stored_, 0U);
    EXPECT_EQ(failure_, "disk I/O error");
}

TEST_F(Writing, a_full_disk_is_tried_again_before_the_end) {
    journal_.fill_disk();
    ASSERT_TRUE(polls_.push({}));
    polls_.close();
    write_until_closed();
    EXPECT_EQ(journal_.tries, 2);
    EXPECT_EQ(stored_, 0U);
}

TEST_F(Writing, after_each_commit_a_little_of_what_left_its_feeds_is_forgotten) {
    ASSERT_TRUE(polls_.push({}));
    polls_.close();
    write_until_closed();
    EXPECT_EQ(journal_.forgets, 1);
}

TEST_F(Writing, old_articles_are_retired_at_the_start) {
    polls_.close();
    write_until_closed();
    EXPECT_EQ(journal_.retired, 1);
}

TEST_F(Writing, polls_that_wait_go_before_old_articles) {
    journal_.steps_to_retire = 1000;
    ASSERT_TRUE(polls_.push({}));
    polls_.close();
    write_until_closed();
    EXPECT_EQ(stored_, 1U);
    EXPECT_EQ(journal_.retired, 1000) << "one step before the commit, the others behind it";
}

TEST_F(Writing, a_journal_that_is_too_large_is_made_smaller_in_as_many_steps_as_it_takes) {
    journal_.steps_to_shrink = 5;
    polls_.close();
    write_until_closed();
    EXPECT_EQ(journal_.shrinks, 5);
}

TEST_F(Writing, polls_that_wait_go_before_a_smaller_journal) {
    journal_.steps_to_shrink = 1000;
    ASSERT_TRUE(polls_.push({}));
    polls_.close();
    write_until_closed();
    EXPECT_EQ(stored_, 1U);
    EXPECT_EQ(journal_.shrinks, 1000) << "one step before the commit, the others behind it";
}

TEST_F(Writing, the_size_of_the_journal_is_looked_at_once_a_minute) {
    for (int i = 0; i < 3; ++i) {
        Judgement poll;
        poll.harvest.articles.resize(200);
        ASSERT_TRUE(polls_.push(std::move(poll)));
    }
    polls_.close();
    write_until_closed();
    EXPECT_EQ(journal_.shrinks, 1) << "the clock stands still";
}

}  // namespace
}  // namespace newswatch
