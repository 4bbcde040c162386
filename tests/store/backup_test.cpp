#include "store/backup.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <fstream>

#include "samples.h"
#include "store/database.h"
#include "temporary_folder.h"

namespace newswatch::store {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class BackupTest : public testing::Test {
  protected:
    TemporaryFolder folder_;
    TemporaryFolder restored_;
    ManualClock clock_{kNoon};
    std::unique_ptr<Journal> journal_ = open_journal(folder_.path(), clock_).value();

    void alert_on(const std::string& own_id) {
        ASSERT_TRUE(commit(*journal_, {with_alert(article(kGazette, own_id, "text " + own_id), "levant")}));
    }
    static std::string bytes_of(const Descriptor& file) {
        struct stat about {};
        EXPECT_EQ(::fstat(file.get(), &about), 0);
        std::string bytes(static_cast<std::size_t>(about.st_size), '\0');
        EXPECT_EQ(::pread(file.get(), bytes.data(), bytes.size(), 0), static_cast<ssize_t>(bytes.size()));
        return bytes;
    }
    void put_back(const Descriptor& file, const fs::path& folder) {
        std::ofstream{folder / "newswatch.db", std::ios::binary | std::ios::trunc} << bytes_of(file);
    }
    Result<Descriptor> copy(const std::function<bool()>& go_on = [] { return true; }) const {
        return copy_journal(folder_.path(), go_on);
    }
    static std::vector<std::string> names_in(const fs::path& folder) {
        std::vector<std::string> names;
        for (const auto& entry : fs::directory_iterator{folder})
            names.push_back(entry.path().filename());
        return names;
    }
};

TEST_F(BackupTest, a_copy_holds_every_commit_also_those_in_the_WAL) {
    for (int i = 0; i < 20; ++i)
        alert_on(std::to_string(i));
    put_back(copy().value(), restored_.path());
    Database raw{restored_.path() / "newswatch.db", Access::read_only};
    EXPECT_EQ(raw.text("PRAGMA integrity_check"), "ok");
    EXPECT_EQ(raw.number("SELECT count(*) FROM alert"), 20);
    EXPECT_EQ(raw.number("SELECT count(*) FROM article"), 20);
}

TEST_F(BackupTest, what_is_committed_meanwhile_goes_on_and_is_not_in_the_copy) {
    HarvestedArticle large = article(kGazette, "large", "large");
    large.article.content.assign(std::size_t{12} << 20, 'x');  // several steps
    ASSERT_TRUE(commit(*journal_, {large}));
    int steps = 0;
    const auto file = copy([&] {
                          alert_on("meanwhile " + std::to_string(++steps));
                          return true;
                      }).value();
    EXPECT_GT(steps, 1);
    EXPECT_EQ(journal_->head().head, static_cast<std::uint64_t>(steps));
    put_back(file, restored_.path());
    Database raw{restored_.path() / "newswatch.db", Access::read_only};
    EXPECT_EQ(raw.text("PRAGMA integrity_check"), "ok");
    EXPECT_EQ(raw.number("SELECT count(*) FROM alert"), 0) << "one snapshot";
}

TEST_F(BackupTest, a_copy_leaves_no_file_in_the_folder) {
    alert_on("a");
    const auto before = names_in(folder_.path());
    const auto file = copy();
    ASSERT_TRUE(file);
    EXPECT_THAT(names_in(folder_.path()), testing::UnorderedElementsAreArray(before));
}

TEST_F(BackupTest, what_a_killed_daemon_left_does_not_stand_in_the_way) {
    std::ofstream{folder_.path() / "backup.tmp"} << "half a copy";
    alert_on("a");
    EXPECT_TRUE(copy());
}

TEST_F(BackupTest, a_copy_is_for_its_owner_only) {
    const auto file = copy().value();
    struct stat about {};
    ASSERT_EQ(::fstat(file.get(), &about), 0);
    EXPECT_EQ(about.st_mode & 0777U, 0600U);
}

TEST_F(BackupTest, a_copy_that_was_put_back_goes_on_under_a_new_stream) {
    alert_on("a");
    const auto file = copy().value();
    alert_on("b");
    const std::string stream = journal_->head().stream;
    journal_.reset();
    put_back(file, folder_.path());
    journal_ = open_journal(folder_.path(), clock_).value();
    EXPECT_NE(journal_->head().stream, stream) << "head.hwm knows of a second alert";
    EXPECT_EQ(journal_->head().head, 1U);
}

TEST_F(BackupTest, a_copy_that_misses_nothing_keeps_the_stream) {
    alert_on("a");
    const auto file = copy().value();
    const std::string stream = journal_->head().stream;
    journal_.reset();
    put_back(file, folder_.path());
    EXPECT_EQ(open_journal(folder_.path(), clock_).value()->head().stream, stream);
}

TEST_F(BackupTest, a_copy_that_is_given_up_leaves_nothing) {
    alert_on("a");
    const auto before = names_in(folder_.path());
    const auto file = copy([] { return false; });
    ASSERT_FALSE(file);
    EXPECT_THAT(file.error().line(), HasSubstr("given up"));
    EXPECT_THAT(names_in(folder_.path()), testing::UnorderedElementsAreArray(before));
}

TEST_F(BackupTest, a_folder_without_a_journal_is_named) {
    const auto file = copy_journal(restored_.path(), [] { return true; });
    ASSERT_FALSE(file);
    EXPECT_THAT(file.error().line(), HasSubstr((restored_.path() / "newswatch.db").string()));
    EXPECT_THAT(names_in(restored_.path()), testing::IsEmpty());
}

}  // namespace
}  // namespace newswatch::store
