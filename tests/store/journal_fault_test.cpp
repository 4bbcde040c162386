#include <gmock/gmock.h>
#include <sqlite3.h>

#include "faulty_disk.h"
#include "samples.h"
#include "temporary_folder.h"

namespace newswatch::store {
namespace {

using testing::HasSubstr;

class JournalFaultTest : public testing::Test {
  protected:
    FaultyDisk disk_;
    TemporaryFolder folder_;
    ManualClock clock_{kNoon};
    std::unique_ptr<Journal> journal_ = open_journal(folder_.path(), clock_).value();

    const HarvestedArticle first_ = with_alert(article(kGazette, "a", "one"), "levant");
    const HarvestedArticle second_ = with_alert(article(kGazette, "b", "two"), "levant");

    void SetUp() override { ASSERT_TRUE(commit(*journal_, {first_})); }
    void reopen() {
        journal_.reset();
        journal_ = open_journal(folder_.path(), clock_).value();
    }
};

TEST_F(JournalFaultTest, a_full_disk_acknowledges_nothing_and_remembers_nothing) {
    FaultyDisk::fail_writes(SQLITE_FULL);
    const auto refused = commit(*journal_, {second_});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::storage);
    EXPECT_THAT(refused.error().line(), HasSubstr("newswatch.db"));
    EXPECT_THAT(refused.error().line(), HasSubstr("free space"));
    EXPECT_EQ(journal_->head().head, 1U);
    EXPECT_EQ(journal_->novelty(second_.keys), Novelty::fresh);
}

TEST_F(JournalFaultTest, once_there_is_room_the_same_harvest_is_committed) {
    FaultyDisk::fail_writes(SQLITE_FULL);
    ASSERT_FALSE(commit(*journal_, {second_}));
    EXPECT_TRUE(journal_->writable());
    FaultyDisk::heal();
    const auto committed = commit(*journal_, {second_});
    ASSERT_TRUE(committed) << committed.error().line();
    EXPECT_EQ(committed->head, 2U);
}

TEST_F(JournalFaultTest, a_disk_that_fills_up_at_any_write_leaves_all_or_nothing) {
    for (int good = 0; good < 6; ++good) {
        const std::string own = "at write " + std::to_string(good);
        const std::uint64_t before = journal_->head().head;
        FaultyDisk::fail_writes(SQLITE_FULL, good);
        const auto outcome = commit(*journal_, {with_alert(article(kGazette, own, own), "levant")});
        FaultyDisk::heal();
        reopen();
        EXPECT_EQ(journal_->head().head, before + (outcome ? 1 : 0)) << own;
    }
}

TEST_F(JournalFaultTest, readers_go_on_while_the_disk_is_full) {
    FaultyDisk::fail_writes(SQLITE_FULL);
    ASSERT_FALSE(commit(*journal_, {second_}));
    const auto reader = JournalReader::open(folder_.path()).value();
    EXPECT_EQ(reader->alerts_after(0, 10)->size(), 1U);
}

TEST_F(JournalFaultTest, a_failed_flush_ends_all_writing) {
    FaultyDisk::fail_syncs(SQLITE_IOERR_FSYNC);
    ASSERT_FALSE(commit(*journal_, {second_}));
    EXPECT_FALSE(journal_->writable());
    FaultyDisk::heal();
    const auto retried = commit(*journal_, {second_});
    ASSERT_FALSE(retried) << "a second flush would be told that all is well";
    EXPECT_THAT(retried.error().line(), HasSubstr("restart newswatchd"));
    EXPECT_EQ(journal_->head().head, 1U);
    EXPECT_EQ(journal_->novelty(second_.keys), Novelty::fresh);
}

TEST_F(JournalFaultTest, after_a_failed_write_a_restart_loses_and_doubles_nothing) {
    FaultyDisk::fail_writes(SQLITE_IOERR_WRITE);
    ASSERT_FALSE(commit(*journal_, {second_}));
    FaultyDisk::heal();
    reopen();
    EXPECT_EQ(journal_->novelty(first_.keys), Novelty::known);
    ASSERT_TRUE(commit(*journal_, {second_}));  // as the next poll would: adds nothing where it is known
    EXPECT_EQ(JournalReader::open(folder_.path()).value()->alerts_after(0, 10)->size(), 2U);
}

TEST_F(JournalFaultTest, retiring_on_a_full_disk_moves_nothing) {
    clock_.advance(std::chrono::hours{48});
    FaultyDisk::fail_writes(SQLITE_FULL);
    ASSERT_FALSE(journal_->retire(std::chrono::hours{24}, std::chrono::hours{24}));
    EXPECT_EQ(journal_->head().first, 1U);
}

TEST_F(JournalFaultTest, shrinking_on_a_full_disk_moves_nothing) {
    clock_.advance(std::chrono::hours{48});
    FaultyDisk::fail_writes(SQLITE_FULL);
    ASSERT_FALSE(journal_->shrink(1));
    FaultyDisk::heal();
    EXPECT_EQ(journal_->head().first, 1U);
    EXPECT_TRUE(journal_->writable());
    EXPECT_GT(journal_->shrink(1).value().articles, 0U);
}

}  // namespace
}  // namespace newswatch::store
