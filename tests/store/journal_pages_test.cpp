#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "base/hash.h"
#include "samples.h"
#include "store/archive_reader.h"

namespace newswatch::store {
namespace {

using namespace std::chrono_literals;

PageWish wish_for(const HarvestedArticle& of) {
    return {.feed = kGazette.id, .keys = of.keys, .article = of.article};
}

/// The harvest of a page that was read.
Harvest page_of(const PageWish& wish, const std::string& text,
                const std::vector<std::string>& watchlists = {}) {
    Harvest made;
    made.feed = kGazette;
    PageResult& page = made.page.emplace();
    page.wish = wish;
    page.article = wish.article;
    page.article->content = text;
    HarvestedArticle whole;
    whole.keys = wish.keys;
    whole.article = *page.article;
    for (const std::string& watchlist : watchlists)
        page.alerts.push_back(alert(watchlist, whole));
    return made;
}

class JournalPages : public testing::Test {
  protected:
    JournalPages() : folder_{std::filesystem::path{testing::TempDir()} / ("pages-" + random_hex(12))} {
        std::filesystem::create_directories(folder_);
        open();
    }
    ~JournalPages() override {
        journal_.reset();
        std::filesystem::remove_all(folder_);
    }

    void open() {
        journal_.reset();
        auto opened = open_journal(folder_, clock_);
        ASSERT_TRUE(opened) << opened.error().line();
        journal_ = *std::move(opened);
    }

    /// Journals one article whose page is wished for.
    PageWish wish(const HarvestedArticle& of) {
        Harvest made = harvest(kGazette, {of});
        made.pages.push_back(wish_for(of));
        commit_one(std::move(made));
        return wish_for(of);
    }

    Committed commit_one(Harvest made) {
        const std::vector<Harvest> harvests{std::move(made)};
        const auto committed = journal_->commit(harvests);
        EXPECT_TRUE(committed);
        return committed ? *committed : Committed{};
    }

    std::size_t waiting() { return journal_->page_wishes().value().size(); }

    Article archived() {
        Article newest;
        EXPECT_TRUE(ArchiveReader::open(folder_).value()->newest([&](const ArchivedArticle& found) {
            newest = found.article;
            return false;
        }));
        return newest;
    }

    ManualClock clock_{kNoon};
    std::filesystem::path folder_;
    std::unique_ptr<Journal> journal_;
};

TEST_F(JournalPages, a_wish_outlives_a_restart) {
    const PageWish made = wish(article(kGazette, "1", "Talks in Sirte"));
    open();
    const auto wishes = journal_->page_wishes().value();
    ASSERT_EQ(wishes.size(), 1U);
    EXPECT_EQ(wishes[0].feed, kGazette.id);
    EXPECT_EQ(wishes[0].keys.id, made.keys.id);
    EXPECT_EQ(wishes[0].keys.revision, made.keys.revision);
    EXPECT_EQ(wishes[0].article.url, made.article.url);
}

TEST_F(JournalPages, a_wish_for_an_article_that_is_known_is_not_kept) {
    const HarvestedArticle known = article(kGazette, "1", "Talks in Sirte");
    commit_one(harvest(kGazette, {known}));
    wish(known);
    EXPECT_EQ(waiting(), 0U);
}

TEST_F(JournalPages, a_page_that_was_read_is_archived) {
    commit_one(page_of(wish(article(kGazette, "1", "Talks in Sirte")), "The envoys of Syria and Libya met."));
    EXPECT_EQ(archived().content, "The envoys of Syria and Libya met.");
    EXPECT_EQ(archived().title, "Talks in Sirte");
}

TEST_F(JournalPages, a_page_that_was_read_is_settled) {
    commit_one(page_of(wish(article(kGazette, "1", "Talks in Sirte")), "Text."));
    EXPECT_EQ(waiting(), 0U);
}

TEST_F(JournalPages, a_page_that_asks_not_to_be_kept_is_not_archived) {
    Harvest page = page_of(wish(article(kGazette, "1", "Talks in Sirte")), "Text.", {"levant"});
    page.page->archive = false;
    EXPECT_EQ(commit_one(std::move(page)).alerts, 1U);
    EXPECT_EQ(archived().content, "");
}

TEST_F(JournalPages, its_alerts_are_journalled) {
    const auto committed =
        commit_one(page_of(wish(article(kGazette, "1", "Talks")), "Text.", {"levant", "sirte"}));
    EXPECT_EQ(committed.alerts, 2U);
    EXPECT_EQ(committed.head, 2U);
}

TEST_F(JournalPages, a_watchlist_that_alerted_on_the_headline_does_not_alert_again) {
    const PageWish made = wish(with_alert(article(kGazette, "1", "Talks"), "levant"));
    EXPECT_EQ(commit_one(page_of(made, "Text.", {"levant", "sirte"})).alerts, 1U);
}

TEST_F(JournalPages, nor_where_it_alerted_on_a_revision_before_the_page_came) {
    const PageWish made = wish(article(kGazette, "1", "Talks"));
    HarvestedArticle revised = article(kGazette, "1", "Talks in Sirte");
    revised.novelty = Novelty::revised;
    revised.alerts.push_back(alert("levant", revised, "1"));
    revised.alerts.back().kind = AlertKind::updated;
    EXPECT_EQ(commit_one(harvest(kGazette, {revised})).alerts, 1U);
    EXPECT_EQ(commit_one(page_of(made, "Text.", {"levant"})).alerts, 0U);
}

TEST_F(JournalPages, nor_where_it_asks_for_updates) {
    const PageWish made = wish(with_alert(article(kGazette, "1", "Talks"), "levant"));
    Harvest page = page_of(made, "Text.", {"levant"});
    page.page->alerts[0].wants_updates = true;
    EXPECT_EQ(commit_one(std::move(page)).alerts, 0U);
}

TEST_F(JournalPages, a_page_that_comes_twice_counts_once) {
    const PageWish made = wish(article(kGazette, "1", "Talks"));
    commit_one(page_of(made, "First."));
    EXPECT_EQ(commit_one(page_of(made, "Second.", {"levant"})).alerts, 0U);
    EXPECT_EQ(archived().content, "First.");
}

TEST_F(JournalPages, a_page_that_is_given_up_is_settled) {
    Harvest page = page_of(wish(article(kGazette, "1", "Talks")), "");
    page.page->article.reset();
    commit_one(std::move(page));
    EXPECT_EQ(waiting(), 0U);
}

TEST_F(JournalPages, a_page_to_be_tried_again_waits_for_its_time_also_after_a_restart) {
    Harvest page = page_of(wish(article(kGazette, "1", "Talks")), "");
    page.page->article.reset();
    page.page->again = true;
    page.page->wish.tries = 1;
    page.page->wish.not_before = kNoon + 10min;
    commit_one(std::move(page));
    open();
    const auto wishes = journal_->page_wishes().value();
    ASSERT_EQ(wishes.size(), 1U);
    EXPECT_EQ(wishes[0].tries, 1U);
    EXPECT_EQ(wishes[0].not_before, kNoon + 10min);
}

TEST_F(JournalPages, the_state_of_its_feed_stays_as_the_last_poll_left_it) {
    Harvest poll = harvest(kGazette, {article(kGazette, "1", "Talks")});
    poll.state.etag = "\"v1\"";
    poll.pages.push_back(wish_for(poll.articles[0]));
    const PageWish made = poll.pages[0];
    commit_one(std::move(poll));
    commit_one(page_of(made, "Text."));
    EXPECT_EQ(journal_->feed_states().value().at(0).etag, "\"v1\"");
}

}  // namespace
}  // namespace newswatch::store
