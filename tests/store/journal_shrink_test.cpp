#include <gmock/gmock.h>

#include "samples.h"
#include "store/database.h"
#include "temporary_folder.h"

namespace newswatch::store {
namespace {

using std::chrono::hours;

constexpr std::uint64_t kWhole = std::uint64_t{1} << 40;

/// A journal of some megabytes, article by article, an hour apart.
class JournalShrinkTest : public testing::Test {
  protected:
    TemporaryFolder folder_;
    ManualClock clock_{kNoon};
    std::unique_ptr<Journal> journal_ = open_journal(folder_.path(), clock_).value();

    void fill(int articles, std::size_t bytes) {
        for (int i = 0; i < articles; ++i) {
            HarvestedArticle one =
                with_alert(article(kGazette, std::to_string(i), std::to_string(i)), "levant");
            one.article.content.assign(bytes, 'x');
            ASSERT_TRUE(commit(*journal_, {one}));
            clock_.advance(hours{1});
        }
    }
    std::uint64_t bytes() { return journal_->shrink(kWhole).value().bytes; }
    Journal::Shrunk shrink_all(std::uint64_t most) {
        Journal::Shrunk all;
        for (all.done = false; !all.done;) {
            const Journal::Shrunk step = journal_->shrink(most).value();
            all = {.articles = all.articles + step.articles,
                   .alerts = all.alerts + step.alerts,
                   .bytes = step.bytes,
                   .done = step.done};
        }
        return all;
    }
    std::string oldest_title() const {
        Database raw{folder_.path() / "newswatch.db", Access::read_only};
        return raw.text("SELECT title FROM article ORDER BY row LIMIT 1");
    }
};

TEST_F(JournalShrinkTest, what_is_small_enough_keeps_everything) {
    fill(5, 1000);
    const Journal::Shrunk shrunk = shrink_all(kWhole);
    EXPECT_EQ(shrunk.articles + shrunk.alerts, 0U);
    EXPECT_TRUE(shrunk.done);
}

TEST_F(JournalShrinkTest, the_oldest_articles_go_and_no_more_than_it_takes) {
    fill(40, 100'000);
    const std::uint64_t most = bytes() - 1'000'000;
    const Journal::Shrunk shrunk = shrink_all(most);
    EXPECT_LE(shrunk.bytes, most);
    EXPECT_GE(shrunk.articles, 9U);
    EXPECT_LE(shrunk.articles, 12U);
    EXPECT_EQ(oldest_title(), std::to_string(shrunk.articles));
    EXPECT_EQ(shrunk.alerts, 0U) << "alerts stay as long as articles can go";
    EXPECT_EQ(journal_->head().first, 1U);
    EXPECT_EQ(journal_->counts().articles, 40 - shrunk.articles);
}

TEST_F(JournalShrinkTest, alerts_go_after_the_last_article_and_first_goes_with_them) {
    fill(30, 100);
    const Journal::Shrunk shrunk = shrink_all(1);
    EXPECT_EQ(shrunk.articles, 29U);
    EXPECT_EQ(shrunk.alerts, 29U);
    const auto reader = JournalReader::open(folder_.path()).value();
    EXPECT_EQ(reader->head().value().first, 30U) << "who asks for number 1 is told that it is gone";
    EXPECT_EQ(journal_->head().first, 30U);
    EXPECT_EQ(journal_->head().head, 30U);
    EXPECT_EQ(reader->alerts_after(0, 100).value().size(), 1U);
}

TEST_F(JournalShrinkTest, the_last_hour_stays_whatever_its_size) {
    fill(1, 100'000);
    clock_.advance(-hours{1});
    const Journal::Shrunk shrunk = shrink_all(1);
    EXPECT_EQ(shrunk.articles + shrunk.alerts, 0U);
    EXPECT_GT(shrunk.bytes, 1U) << "so that it can be reported";
}

TEST_F(JournalShrinkTest, what_went_is_still_known) {
    const HarvestedArticle old = article(kGazette, "a", "one");
    ASSERT_TRUE(commit(*journal_, {old}));
    clock_.advance(hours{48});
    ASSERT_EQ(shrink_all(1).articles, 1U);
    EXPECT_EQ(journal_->novelty(old.keys), Novelty::known);
}

TEST_F(JournalShrinkTest, room_that_was_freed_is_used_again) {
    fill(40, 100'000);
    const std::uint64_t most = bytes();
    const auto file = folder_.path() / "newswatch.db";
    for (int round = 0; round < 3; ++round) {
        for (int i = 0; i < 20; ++i) {
            const std::string number = std::to_string(100 * (round + 1) + i);
            HarvestedArticle one = article(kGazette, number, "more " + number);
            one.article.content.assign(100'000, 'y');
            ASSERT_TRUE(commit(*journal_, {one}));
            clock_.advance(hours{1});
            static_cast<void>(shrink_all(most));
        }
    }
    journal_.reset();  // the WAL goes into the file
    EXPECT_LE(std::filesystem::file_size(file), most + 500'000);
}

}  // namespace
}  // namespace newswatch::store
