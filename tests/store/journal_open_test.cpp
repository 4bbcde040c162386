#include <gmock/gmock.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>

#include "samples.h"
#include "store/database.h"
#include "store/journal.h"
#include "temporary_folder.h"

namespace newswatch::store {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class JournalOpenTest : public testing::Test {
  protected:
    TemporaryFolder folder_;
    ManualClock clock_{kNoon};

    [[nodiscard]] std::unique_ptr<Journal> open() { return open_journal(folder_.path(), clock_).value(); }
    [[nodiscard]] fs::path database() const { return folder_.path() / "newswatch.db"; }

    /// `count` commits of one article with one alert each.
    static void fill(Journal& journal, int from, int count) {
        for (int i = from; i < from + count; ++i) {
            const std::string own = std::to_string(i);
            ASSERT_TRUE(commit(journal, {with_alert(article(kGazette, own, "text " + own), "levant")}));
        }
    }
    /// What the disk would hold had the power gone now.
    static void copy_as_after_a_crash(const fs::path& from, const fs::path& to) {
        for (const char* name : {"newswatch.db", "newswatch.db-wal", "head.hwm"}) {
            if (fs::exists(from / name))
                fs::copy_file(from / name, to / name, fs::copy_options::overwrite_existing);
        }
    }
    /// Numbers from `first` to the head, each with the previous one, and unbroken pages.
    static void expect_invariants(const fs::path& folder) {
        const auto reader = JournalReader::open(folder).value();
        const StreamHead head = reader->head().value();
        const auto alerts = reader->alerts_after(0, 1'000'000).value();
        ASSERT_EQ(alerts.size(), head.head + 1 - head.first);
        for (std::size_t i = 0; i < alerts.size(); ++i) {
            ASSERT_EQ(alerts[i].number, head.first + i);
            ASSERT_EQ(alerts[i].previous, alerts[i].number - 1);
        }
        Database raw{folder / "newswatch.db", Access::read_only};
        EXPECT_EQ(raw.text("PRAGMA integrity_check"), "ok");
    }
};

TEST_F(JournalOpenTest, the_folder_is_made_where_it_is_missing) {
    EXPECT_TRUE(open_journal(folder_.path() / "a" / "b", clock_));
}

TEST_F(JournalOpenTest, a_restart_keeps_the_stream) {
    auto journal = open();
    fill(*journal, 0, 3);
    const std::string stream = journal->head().stream;
    journal.reset();
    EXPECT_EQ(open()->head().stream, stream);
}

TEST_F(JournalOpenTest, a_crash_keeps_the_stream_and_every_commit) {
    TemporaryFolder crashed;
    auto journal = open();
    fill(*journal, 0, 5);
    copy_as_after_a_crash(folder_.path(), crashed.path());
    const auto again = open_journal(crashed.path(), clock_).value();
    EXPECT_EQ(again->head().stream, journal->head().stream);
    EXPECT_EQ(again->head().head, 5U);
}

TEST_F(JournalOpenTest, a_second_daemon_is_told_who_holds_the_journal) {
    const auto journal = open();
    const auto second = open_journal(folder_.path(), clock_);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().kind, ErrorKind::storage);
    EXPECT_THAT(second.error().line(), HasSubstr("locked by process " + std::to_string(::getpid())));
    EXPECT_THAT(second.error().line(), HasSubstr("newswatch.lock"));
}

TEST_F(JournalOpenTest, the_lock_ends_with_the_journal) {
    open().reset();
    EXPECT_TRUE(open_journal(folder_.path(), clock_));
}

TEST_F(JournalOpenTest, a_newer_schema_is_refused_and_left_alone) {
    open().reset();
    Database{database(), Access::read_write}.run("PRAGMA user_version = 77");
    const auto journal = open_journal(folder_.path(), clock_);
    ASSERT_FALSE(journal);
    EXPECT_THAT(journal.error().line(), HasSubstr("newer newswatch"));
    EXPECT_EQ(Database(database(), Access::read_only).number("PRAGMA user_version"), 77);
}

TEST_F(JournalOpenTest, a_folder_that_cannot_be_made_is_named) {
    std::ofstream{folder_.path() / "file"} << "not a folder";
    const auto journal = open_journal(folder_.path() / "file" / "inside", clock_);
    ASSERT_FALSE(journal);
    EXPECT_EQ(journal.error().kind, ErrorKind::storage);
    EXPECT_THAT(journal.error().line(), HasSubstr((folder_.path() / "file" / "inside").string()));
    EXPECT_THAT(journal.error().line(), HasSubstr("newswatch.yaml"));
}

TEST_F(JournalOpenTest, an_unwritable_folder_is_named_with_user_and_mode) {
    const bool is_root = ::geteuid() == 0;  // root may write everywhere, so the test becomes nobody
    constexpr uid_t kNobody = 65534;
    fs::permissions(folder_.path(), fs::perms::owner_read | fs::perms::owner_exec);
    if (is_root &&
        (::chown(folder_.path().c_str(), kNobody, static_cast<gid_t>(-1)) != 0 || ::seteuid(kNobody) != 0))
        GTEST_SKIP() << "this root may not become another user";
    const auto journal = open_journal(folder_.path(), clock_);
    const std::string user = std::to_string(::geteuid());
    ASSERT_EQ(is_root ? ::seteuid(0) : 0, 0);
    fs::permissions(folder_.path(), fs::perms::owner_all);
    ASSERT_FALSE(journal);
    EXPECT_THAT(journal.error().line(), HasSubstr(folder_.path().string()));
    EXPECT_THAT(journal.error().line(), HasSubstr("mode 0500"));
    EXPECT_THAT(journal.error().line(), HasSubstr("user " + user));
}

TEST_F(JournalOpenTest, an_old_backup_begins_a_new_stream_and_keeps_its_alerts) {
    auto journal = open();
    fill(*journal, 0, 3);
    const std::string before = journal->head().stream;
    journal.reset();
    fs::copy_file(database(), folder_.path() / "backup");
    journal = open();
    fill(*journal, 3, 4);
    journal.reset();
    fs::copy_file(folder_.path() / "backup", database(), fs::copy_options::overwrite_existing);

    journal = open();
    const std::string after = journal->head().stream;
    EXPECT_NE(after, before);
    EXPECT_EQ(journal->head().head, 3U);
    const auto reader = JournalReader::open(folder_.path()).value();
    const auto alerts = reader->alerts_after(0, 10).value();
    ASSERT_EQ(alerts.size(), 3U);
    EXPECT_THAT(alerts.front().payload, HasSubstr(after));  // replayed under the name that the frames carry
    journal.reset();
    EXPECT_EQ(open()->head().stream, after) << "the next start has nothing to complain about";
}

TEST_F(JournalOpenTest, a_lost_WAL_begins_a_new_stream) {
    TemporaryFolder crashed;
    auto journal = open();
    fill(*journal, 0, 1);
    journal.reset();  // the first commit is in the database file
    journal = open();
    fill(*journal, 1, 5);
    copy_as_after_a_crash(folder_.path(), crashed.path());
    ASSERT_TRUE(fs::remove(crashed.path() / "newswatch.db-wal"));
    const auto again = open_journal(crashed.path(), clock_).value();
    EXPECT_NE(again->head().stream, journal->head().stream);
    EXPECT_EQ(again->head().head, 1U);
    expect_invariants(crashed.path());
}

TEST_F(JournalOpenTest, a_database_copied_without_its_mark_begins_a_new_stream) {
    TemporaryFolder other_host;
    auto journal = open();
    fill(*journal, 0, 2);
    const std::string stream = journal->head().stream;
    journal.reset();
    fs::copy_file(database(), other_host.path() / "newswatch.db");
    EXPECT_NE(open_journal(other_host.path(), clock_).value()->head().stream, stream);
}

TEST_F(JournalOpenTest, a_mark_that_is_no_mark_counts_as_missing) {
    auto journal = open();
    fill(*journal, 0, 2);
    const std::string stream = journal->head().stream;
    journal.reset();
    std::ofstream{folder_.path() / "head.hwm"} << "garbage";
    EXPECT_NE(open()->head().stream, stream);
}

TEST_F(JournalOpenTest, a_torn_WAL_keeps_its_valid_beginning) {
    auto journal = open();
    fill(*journal, 0, 20);
    const auto whole = fs::file_size(folder_.path() / "newswatch.db-wal");
    for (const std::uintmax_t size : {whole - 1, whole - 4000, whole / 2, whole / 3, std::uintmax_t{40}}) {
        TemporaryFolder crashed;
        copy_as_after_a_crash(folder_.path(), crashed.path());
        fs::resize_file(crashed.path() / "newswatch.db-wal", size);
        const auto again = open_journal(crashed.path(), clock_);
        ASSERT_TRUE(again) << again.error().line();
        EXPECT_LT((*again)->head().head, 20U);
        EXPECT_NE((*again)->head().stream, journal->head().stream) << "acknowledged alerts are missing";
        fill(**again, 100, 3);
        expect_invariants(crashed.path());
    }
}

TEST_F(JournalOpenTest, a_damaged_database_is_moved_aside_and_a_new_stream_begins) {
    auto journal = open();
    fill(*journal, 0, 300);
    const std::string stream = journal->head().stream;
    journal.reset();
    {
        std::fstream file{database(), std::ios::in | std::ios::out | std::ios::binary};
        file.seekp(4096 * 3);
        for (int i = 0; i < 4096 * 4; ++i)
            file.put('\x5A');
    }
    journal = open();
    EXPECT_NE(journal->head().stream, stream);
    EXPECT_EQ(journal->head().head, 0U);
    EXPECT_TRUE(fs::exists(folder_.path() / "newswatch.db.damaged-20260314T120000Z"));
    fill(*journal, 0, 2);
    expect_invariants(folder_.path());
}

TEST_F(JournalOpenTest, a_file_that_is_no_database_is_moved_aside) {
    std::ofstream{database()} << std::string(8192, 'x');
    const auto journal = open_journal(folder_.path(), clock_);
    ASSERT_TRUE(journal) << journal.error().line();
    EXPECT_TRUE(fs::exists(folder_.path() / "newswatch.db.damaged-20260314T120000Z"));
}

}  // namespace
}  // namespace newswatch::store
