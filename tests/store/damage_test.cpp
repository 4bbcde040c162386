#include "store/damage.h"
#include "store/archive_reader.h"

#include <gtest/gtest.h>

#include <fstream>

#include "samples.h"
#include "store/archive_reader.h"
#include "store/journal.h"
#include "temporary_folder.h"

namespace newswatch::store {
namespace {

namespace fs = std::filesystem;

class Damage : public testing::Test {
  protected:
    TemporaryFolder folder_;
    ManualClock clock_{kNoon};
    const std::string file_ = (folder_.path() / "newswatch.db").string();

    void SetUp() override {
        auto journal = open_journal(folder_.path(), clock_).value();
        for (int i = 0; i < 300; ++i) {
            const std::string own = std::to_string(i);
            ASSERT_TRUE(commit(
                *journal,
                {with_alert(article(kGazette, own, "text " + own + std::string(500, 'x')), "levant")}));
        }
    }
    /// One byte in the middle of a page that holds articles of the middle: what they say is cut short.
    void damage_one_page() {
        std::int64_t page = 0;
        {
            Database database{file_, Access::read_only};
            page = database.number("PRAGMA page_count") / 2;
        }
        std::fstream file{file_, std::ios::in | std::ios::out | std::ios::binary};
        file.seekp(page * 4096);
        for (int i = 0; i < 4096; ++i)
            file.put('\x5A');
    }
    [[nodiscard]] bool found(std::int64_t whole_up_to) const {
        try {
            Database database{file_, Access::read_write};
            return !damage_in(database, whole_up_to).empty();
        } catch (const StorageFault& fault) {
            return fault.damaged();
        }
    }
};

TEST_F(Damage, a_good_database_has_none) {
    EXPECT_FALSE(found(kCheckedWholeUpTo));
    EXPECT_FALSE(found(0));
}

TEST_F(Damage, a_small_database_is_checked_whole) {
    damage_one_page();
    EXPECT_TRUE(found(kCheckedWholeUpTo));
}

TEST_F(Damage, a_large_one_is_checked_whole_once_damage_was_met) {
    damage_one_page();
    mark_damage(file_, StorageFault{SQLITE_CORRUPT, Error{}});
    ASSERT_TRUE(fs::exists(damage_mark(file_)));
    EXPECT_TRUE(found(0));
}

TEST_F(Damage, the_ends_of_a_large_one_are_always_read) {
    std::int64_t page = 0;
    {
        Database database{file_, Access::read_only};
        page = database.number("SELECT rootpage FROM sqlite_schema WHERE name = 'alert'");
    }
    std::fstream file{file_, std::ios::in | std::ios::out | std::ios::binary};
    file.seekp((page - 1) * 4096);
    for (int i = 0; i < 4096; ++i)
        file.put('\x5A');
    file.close();
    EXPECT_TRUE(found(0));
}

TEST_F(Damage, a_mark_that_proves_wrong_is_taken_away) {
    mark_damage(file_, StorageFault{SQLITE_CORRUPT, Error{}});
    EXPECT_FALSE(found(0));
    EXPECT_FALSE(fs::exists(damage_mark(file_)));
}

TEST_F(Damage, other_faults_leave_no_mark) {
    mark_damage(file_, StorageFault{SQLITE_FULL, Error{}});
    EXPECT_FALSE(fs::exists(damage_mark(file_)));
}

TEST_F(Damage, a_reader_that_meets_it_leaves_the_mark_and_the_next_start_begins_anew) {
    const auto alerts = AlertReader::open(folder_.path()).value();
    const auto archive = ArchiveReader::open(folder_.path()).value();
    damage_one_page();
    const bool refused =
        !archive->newest([](const ArchivedArticle&) { return true; }) || !alerts->alerts_after(0, 1000);
    ASSERT_TRUE(refused);
    ASSERT_TRUE(fs::exists(damage_mark(file_)));
    const auto journal = open_journal(folder_.path(), clock_).value();
    EXPECT_EQ(journal->head().head, 0U);
    EXPECT_FALSE(fs::exists(damage_mark(file_)));
}

}  // namespace
}  // namespace newswatch::store
