#include <gtest/gtest.h>

#include "faulty_disk.h"
#include "samples.h"
#include "store/database.h"
#include "store/journal.h"
#include "temporary_folder.h"

/// The log of what was seen is pruned by how long an entry has been away from its feed (FAULTS.md 29).
namespace newswatch::store {
namespace {

using std::chrono::hours;
constexpr hours kDay{24};

class JournalForget : public testing::Test {
  protected:
    TemporaryFolder folder_;
    ManualClock clock_{kNoon};
    std::unique_ptr<Journal> journal_ = open_journal(folder_.path(), clock_).value();

    void poll(const std::vector<HarvestedArticle>& document) {
        Harvest made = harvest(kGazette, {});
        for (const HarvestedArticle& entry : document) {
            made.still_there.push_back(entry.keys);
            if (journal_->novelty(entry.keys) != Novelty::known) made.articles.push_back(entry);
        }
        ASSERT_TRUE(journal_->commit(std::vector{made}));
    }
    void days_pass(int days) { clock_.advance(days * kDay); }
    void forget() {
        for (bool done = false; !done;) {
            const auto step = journal_->forget_some();
            ASSERT_TRUE(step) << step.error().line();
            done = *step;
        }
    }
    void reopen() {
        journal_.reset();
        journal_ = open_journal(folder_.path(), clock_).value();
    }
    [[nodiscard]] std::int64_t rows() const {
        return Database{folder_.path() / "newswatch.db", Access::read_only}.number(
            "SELECT count(*) FROM seen");
    }
};

TEST_F(JournalForget, an_entry_that_left_long_ago_is_forgotten_with_all_its_names) {
    const HarvestedArticle gone = article(kGazette, "gone", "one");
    const HarvestedArticle there = article(kGazette, "there", "two");
    poll({gone, there});
    poll({there});
    days_pass(121);
    forget();
    for (const bool restarted : {false, true}) {
        if (restarted) reopen();
        EXPECT_EQ(journal_->novelty(gone.keys), Novelty::fresh);
        EXPECT_EQ(journal_->novelty(there.keys), Novelty::known);
    }
    EXPECT_EQ(rows(), 1);
}

TEST_F(JournalForget, an_entry_is_never_forgotten_while_it_is_in_its_feed) {
    const HarvestedArticle there = article(kGazette, "there", "one");
    poll({there});
    for (int month = 0; month < 24; ++month) {
        days_pass(31);
        forget();
        ASSERT_EQ(journal_->novelty(there.keys), Novelty::known) << month;
    }
    reopen();
    EXPECT_EQ(journal_->novelty(there.keys), Novelty::known);
}

TEST_F(JournalForget, ninety_days_count_from_when_it_was_last_there) {
    const HarvestedArticle entry = article(kGazette, "a", "one");
    const HarvestedArticle other = article(kGazette, "b", "two");
    poll({entry});
    for (int month = 0; month < 6; ++month) {
        days_pass(31);
        forget();
    }
    poll({other});  // it leaves half a year after it came
    days_pass(85);
    forget();
    EXPECT_EQ(journal_->novelty(entry.keys), Novelty::known);
    days_pass(40);
    forget();
    EXPECT_EQ(journal_->novelty(entry.keys), Novelty::fresh);
}

TEST_F(JournalForget, the_present_text_of_a_revised_entry_is_kept_and_older_texts_go) {
    const HarvestedArticle first = article(kGazette, "a", "one");
    const HarvestedArticle second = article(kGazette, "a", "two");
    const HarvestedArticle third = article(kGazette, "a", "three");
    poll({first});
    poll({second});
    poll({third});
    days_pass(121);
    forget();
    EXPECT_EQ(journal_->novelty(third.keys), Novelty::known);
    EXPECT_EQ(journal_->novelty(second.keys), Novelty::revised);
}

TEST_F(JournalForget, the_new_names_of_known_articles_are_pruned_alike) {
    const Feed herald = feed_at("https://herald.example/feed");
    poll({article(kGazette, "a", "one")});
    Harvest other = harvest(herald, {});
    const HarvestedArticle shadow = article(herald, "x", "one");
    other.still_there.push_back(shadow.keys);
    ASSERT_TRUE(journal_->commit(std::vector{other}));
    EXPECT_EQ(rows(), 2);
    days_pass(121);
    forget();
    EXPECT_EQ(rows(), 2) << "both feeds still carry it";
    poll({article(kGazette, "b", "two")});
    days_pass(121);
    forget();
    EXPECT_EQ(journal_->novelty(article(herald, "x", "one, edited").keys), Novelty::known)
        << "a name in a feed that still carries it";
}

TEST_F(JournalForget, a_long_log_is_compacted_in_steps_that_a_commit_need_not_wait_for) {
    std::vector<HarvestedArticle> many;
    for (int i = 0; i < 2'500; ++i)
        many.push_back(article(kGazette, std::to_string(i), "text " + std::to_string(i)));
    poll(many);
    poll({many.back()});
    days_pass(121);
    int steps = 1;
    while (!journal_->forget_some().value())
        ++steps;
    EXPECT_GT(steps, 1);
    EXPECT_EQ(rows(), 1);
    EXPECT_EQ(journal_->novelty(many.front().keys), Novelty::fresh);
    EXPECT_EQ(journal_->novelty(many.back().keys), Novelty::known);
}

TEST_F(JournalForget, it_rests_for_a_week_once_it_is_done) {
    const HarvestedArticle entry = article(kGazette, "a", "one");
    poll({entry});
    poll({article(kGazette, "b", "two")});
    days_pass(119);
    forget();
    days_pass(2);
    forget();
    EXPECT_EQ(journal_->novelty(entry.keys), Novelty::known);
    days_pass(6);
    forget();
    EXPECT_EQ(journal_->novelty(entry.keys), Novelty::fresh);
}

TEST_F(JournalForget, a_clock_at_1970_forgets_nothing) {
    const HarvestedArticle entry = article(kGazette, "a", "one");
    poll({entry});
    poll({article(kGazette, "b", "two")});
    clock_.advance(-kNoon.time_since_epoch());
    forget();
    EXPECT_EQ(journal_->novelty(entry.keys), Novelty::known);
}

TEST(JournalForgetFault, a_step_that_the_disk_refuses_forgets_nothing) {
    const FaultyDisk disk;
    const TemporaryFolder folder;
    ManualClock clock{kNoon};
    auto journal = open_journal(folder.path(), clock).value();
    const HarvestedArticle entry = article(kGazette, "a", "one");
    Harvest made = harvest(kGazette, {entry});
    made.still_there.push_back(article(kGazette, "b", "two").keys);
    ASSERT_TRUE(journal->commit(std::vector{made}));
    clock.advance(121 * kDay);
    FaultyDisk::fail_writes(13);  // SQLITE_FULL
    EXPECT_FALSE(journal->forget_some());
    EXPECT_EQ(journal->novelty(entry.keys), Novelty::known);
    FaultyDisk::heal();
    EXPECT_TRUE(journal->forget_some().value());
    EXPECT_EQ(journal->novelty(entry.keys), Novelty::fresh);
}

}  // namespace
}  // namespace newswatch::store
