#include <gmock/gmock.h>

#include <fstream>

#include "samples.h"
#include "store/archive_reader.h"
#include "store/article_index.h"
#include "temporary_folder.h"

namespace newswatch::store {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class ArchiveTest : public testing::Test {
  protected:
    TemporaryFolder folder_;
    ManualClock clock_{kNoon};
    std::unique_ptr<Journal> journal_ = open_journal(folder_.path(), clock_).value();
    std::unique_ptr<ArchiveReader> archive_ = ArchiveReader::open(folder_.path()).value();
    std::unique_ptr<ArticleIndex> index_ = open_index("1");

    std::unique_ptr<ArticleIndex> open_index(const std::string& version) {
        return ArticleIndex::open(folder_.path(), version, [](const Article& of) { return of.title; })
            .value();
    }
    std::vector<ArchivedArticle> newest() {
        std::vector<ArchivedArticle> articles;
        EXPECT_TRUE(archive_->newest([&](ArchivedArticle one) {
            articles.push_back(std::move(one));
            return true;
        }));
        return articles;
    }
    void archive(const std::string& own_id, const std::string& title, const Feed& feed = kGazette) {
        const std::vector<Harvest> harvests{harvest(feed, {article(feed, own_id, title)})};
        ASSERT_TRUE(journal_->commit(harvests));
    }
    void index_all() {
        while (index_->index_some(2).value() > 0) {
        }
    }
    static ArchiveQuery words(std::vector<std::string> words) {
        ArchiveQuery query;
        for (std::string& word : words)
            query.all_of.push_back({.words = {std::move(word)}});
        return query;
    }
    std::vector<std::string> titles(const ArchiveQuery& query) {
        std::vector<std::string> titles;
        const ArchiveAnswer answer = archive_->search(query).value();
        for (const ArchivedArticle& one : answer.articles)
            titles.push_back(one.article.title);
        return titles;
    }
};

TEST_F(ArchiveTest, an_archived_article_comes_back_whole) {
    HarvestedArticle harvested = article(kGazette, "a", "one");
    Article& sent = harvested.article;
    sent.summary = "summary with \"quotes\" and الحروف";
    sent.content = std::string{"NUL \0 inside", 12};
    sent.authors = {{.name = "Ada", .email = "ada@example.org", .uri = "https://ada.example"}};
    sent.published = kNoon;
    sent.published_raw = "hier \xFF";  // as the publisher wrote it, not UTF-8
    sent.language = "ar";
    sent.categories = {"world", "الشرق الأوسط"};
    sent.enclosures = {{.url = "https://x.example/a.mp3", .type = "audio/mpeg", .length = 12},
                       {.url = "https://x.example/b", .type = "", .length = {}}};
    sent.image = "https://x.example/i.jpg";
    ASSERT_TRUE(commit(*journal_, {harvested}));
    const auto articles = newest();
    ASSERT_EQ(articles.size(), 1U);
    EXPECT_EQ(articles.front().id, harvested.keys.id);
    EXPECT_EQ(articles.front().feed, kGazette.id);
    EXPECT_EQ(articles.front().archived, kNoon);
    const Article& got = articles.front().article;
    EXPECT_EQ(got.own_id, "a");
    EXPECT_EQ(got.url, sent.url);
    EXPECT_EQ(got.title, "one");
    EXPECT_EQ(got.summary, sent.summary);
    EXPECT_EQ(got.content, sent.content);
    ASSERT_EQ(got.authors.size(), 1U);
    EXPECT_EQ(got.authors[0].email, "ada@example.org");
    EXPECT_EQ(got.published, sent.published);
    EXPECT_EQ(got.updated, std::nullopt);
    EXPECT_EQ(got.published_raw, "hier \xEF\xBF\xBD");
    EXPECT_EQ(got.language, "ar");
    EXPECT_EQ(got.categories, sent.categories);
    ASSERT_EQ(got.enclosures.size(), 2U);
    EXPECT_EQ(got.enclosures[0].length, 12U);
    EXPECT_EQ(got.enclosures[1].length, std::nullopt);
    EXPECT_EQ(got.image, sent.image);
}

TEST_F(ArchiveTest, the_newest_articles_come_first_each_as_it_reads_now) {
    ASSERT_TRUE(commit(*journal_, {article(kGazette, "a", "one"), article(kGazette, "b", "two")}));
    ASSERT_TRUE(commit(*journal_, {article(kGazette, "a", "one, corrected")}));
    const auto articles = newest();
    ASSERT_EQ(articles.size(), 2U);
    EXPECT_EQ(articles[0].article.title, "one, corrected");
    EXPECT_EQ(articles[1].article.title, "two");
}

TEST_F(ArchiveTest, a_search_finds_articles_that_have_every_word_the_newest_first) {
    archive("a", "syria and libya");
    archive("b", "libya alone");
    archive("c", "libya then syria");
    index_all();
    EXPECT_THAT(titles(words({"syria", "libya"})), ElementsAre("libya then syria", "syria and libya"));
}

TEST_F(ArchiveTest, words_in_every_script_are_found_as_they_were_cut) {
    archive("a", "سوريا وليبيا");
    archive("b", "東 京 都");
    archive("c", "u.s. 1,500");
    index_all();
    EXPECT_THAT(titles(words({"وليبيا"})), ElementsAre("سوريا وليبيا"));
    ArchiveQuery run;
    run.all_of.push_back({.words = {"京", "都"}});
    EXPECT_THAT(titles(run), ElementsAre("東 京 都"));
    EXPECT_THAT(titles(words({"u.s.", "1,500"})), ElementsAre("u.s. 1,500"));
}

TEST_F(ArchiveTest, a_phrase_a_beginning_and_an_exclusion_are_what_they_say) {
    archive("a", "peace talks in geneva");
    archive("b", "talks about peace");
    archive("c", "peace talks collapse");
    index_all();
    ArchiveQuery phrase;
    phrase.all_of.push_back({.words = {"peace", "talks"}});
    EXPECT_THAT(titles(phrase), ElementsAre("peace talks collapse", "peace talks in geneva"));
    phrase.none_of.push_back({.words = {"coll"}, .beginning = true});
    EXPECT_THAT(titles(phrase), ElementsAre("peace talks in geneva"));
}

TEST_F(ArchiveTest, words_of_the_query_language_are_only_words) {
    archive("a", "and or not near");
    index_all();
    EXPECT_THAT(titles(words({"AND", "NOT\""})), ElementsAre("and or not near"));
    EXPECT_THAT(titles(words({"words:x", "^a", "(", "*"})), IsEmpty());
}

TEST_F(ArchiveTest, a_search_is_limited_by_time_feed_and_number_and_goes_on) {
    const Feed post = feed_at("https://post.example/feed");
    archive("a", "libya one");
    clock_.advance(std::chrono::hours{48});
    archive("b", "libya two", post);
    archive("c", "libya three");
    index_all();
    ArchiveQuery query = words({"libya"});
    query.since = clock_.now() - std::chrono::hours{24};
    EXPECT_THAT(titles(query), ElementsAre("libya three", "libya two"));
    query.feed = "POST.example";
    EXPECT_THAT(titles(query), ElementsAre("libya two"));
    query = words({"libya"});
    query.limit = 2;
    const ArchiveAnswer first = archive_->search(query).value();
    EXPECT_TRUE(first.more);
    query.before_row = first.articles.back().row;
    EXPECT_THAT(titles(query), ElementsAre("libya one"));
}

TEST_F(ArchiveTest, a_search_says_how_many_articles_it_does_not_know_yet) {
    archive("a", "libya one");
    archive("b", "libya two");
    archive("c", "libya three");
    EXPECT_EQ(archive_->search(words({"libya"}))->not_indexed, 3U);
    ASSERT_EQ(index_->index_some(2).value(), 2U);
    EXPECT_EQ(archive_->search(words({"libya"}))->not_indexed, 1U);
    index_all();
    EXPECT_EQ(archive_->search(words({"libya"}))->not_indexed, 0U);
}

TEST_F(ArchiveTest, what_was_retired_is_found_no_more) {
    archive("a", "libya one");
    index_all();
    clock_.advance(std::chrono::hours{48});
    archive("b", "libya two");
    retire_all(*journal_, std::chrono::hours{24});
    index_all();
    EXPECT_THAT(titles(words({"libya"})), ElementsAre("libya two"));
}

TEST_F(ArchiveTest, an_index_of_another_journal_or_another_cut_is_filled_anew) {
    ASSERT_TRUE(commit(*journal_, {with_alert(article(kGazette, "a", "libya one"), "levant")}));
    index_all();
    index_ = open_index("2");
    EXPECT_EQ(index_->index_some(10).value(), 1U);
    std::filesystem::remove(folder_.path() / "head.hwm");
    journal_.reset();
    journal_ = open_journal(folder_.path(), clock_).value();
    EXPECT_THAT(titles(words({"libya"})), IsEmpty()) << "the stream is another one";
    EXPECT_EQ(index_->index_some(10).value(), 1U);
    EXPECT_THAT(titles(words({"libya"})), ElementsAre("libya one"));
}

TEST_F(ArchiveTest, a_damaged_index_is_made_anew_and_costs_no_start) {
    archive("a", "libya one");
    index_all();
    index_.reset();
    std::ofstream{index_file(folder_.path()), std::ios::trunc} << "this is no database at all";
    index_ = open_index("1");
    index_all();
    EXPECT_THAT(titles(words({"libya"})), ElementsAre("libya one"));
}

TEST_F(ArchiveTest, an_article_is_found_by_the_first_characters_of_its_id) {
    archive("a", "libya one");
    const std::string id = newest().front().id.text();
    EXPECT_EQ(archive_->by_id(id.substr(0, 8))->article.title, "libya one");
    EXPECT_THAT(archive_->by_id("aaaaaaaa").error().line(), HasSubstr("no archived article"));
    EXPECT_THAT(archive_->by_id(id.substr(0, 3)).error().line(), HasSubstr("search WORDS"));
}

}  // namespace
}  // namespace newswatch::store
