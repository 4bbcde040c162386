#include <gtest/gtest.h>

#include "parse/parser.h"

namespace newswatch::parse {

namespace {

const FeedId kFeed = feed_id("https://news.example/feed.xml");
const FeedId kOtherFeed = feed_id("https://news.example/other.xml");

Article story() {
    return {.own_id = "1", .url = "https://news.example/a", .title = "Talks", .content = "They met."};
}

TEST(ArticleKeys, the_publishers_id_is_the_identity) {
    Article moved = story();
    moved.url = "https://news.example/b";
    moved.title = "Edited";
    EXPECT_EQ(article_keys(kFeed, story()).id, article_keys(kFeed, moved).id);
}

TEST(ArticleKeys, one_url_with_two_ids_is_two_articles) {
    Article other = story();
    other.own_id = "2";
    EXPECT_NE(article_keys(kFeed, story()).id, article_keys(kFeed, other).id);
}

TEST(ArticleKeys, without_an_id_the_canonical_url_is_the_identity) {
    Article first = story();
    first.own_id.clear();
    Article second = first;
    second.url = "http://www.news.example/a/?utm_source=rss";
    second.title = "Edited";
    EXPECT_EQ(article_keys(kFeed, first).id, article_keys(kFeed, second).id);
}

TEST(ArticleKeys, without_id_and_url_the_text_is_the_identity) {
    const Article first{.title = "Talks"};
    const Article second{.title = "Talks", .content = "They met."};
    EXPECT_EQ(article_keys(kFeed, first).id, article_keys(kFeed, first).id);
    EXPECT_NE(article_keys(kFeed, first).id, article_keys(kFeed, second).id);
}

TEST(ArticleKeys, another_feed_is_another_article) {
    EXPECT_NE(article_keys(kFeed, story()).id, article_keys(kOtherFeed, story()).id);
    EXPECT_EQ(article_keys(kFeed, story()).across_feeds, article_keys(kOtherFeed, story()).across_feeds);
}

TEST(ArticleKeys, a_new_id_over_old_content_has_the_old_fingerprint) {
    Article renamed = story();
    renamed.own_id = "rewritten";
    renamed.url += "?utm_campaign=x";
    EXPECT_EQ(article_keys(kFeed, story()).fingerprint, article_keys(kFeed, renamed).fingerprint);
}

TEST(ArticleKeys, a_changed_text_is_another_revision) {
    Article edited = story();
    edited.content = "They met again.";
    EXPECT_NE(article_keys(kFeed, story()).revision, article_keys(kFeed, edited).revision);
    Article redated = story();
    redated.published = Time{};
    EXPECT_EQ(article_keys(kFeed, story()).revision, article_keys(kFeed, redated).revision);
}

TEST(ArticleKeys, http_and_https_are_one_address) {
    Article moved = story();
    moved.url = "http://news.example/a";
    EXPECT_EQ(article_keys(kFeed, story()).fingerprint, article_keys(kFeed, moved).fingerprint);
    EXPECT_EQ(article_keys(kFeed, story()).across_feeds, article_keys(kFeed, moved).across_feeds);
}

TEST(DocumentKeys, of_entries_that_are_told_apart_are_the_keys_of_each) {
    Article other = story();
    other.own_id = "2";
    const std::vector<Article> document{story(), other};
    const auto keys = document_keys(kFeed, document);
    ASSERT_EQ(keys.size(), 2U);
    EXPECT_EQ(keys[0].id, article_keys(kFeed, document[0]).id);
    EXPECT_EQ(keys[1].id, article_keys(kFeed, document[1]).id);
}

TEST(DocumentKeys, one_id_on_entries_of_different_addresses_tells_nothing) {
    Article other = story();
    other.url = "https://news.example/b";
    other.title = "Rain";
    const auto keys = document_keys(kFeed, std::vector{story(), other});
    EXPECT_NE(keys[0].id, keys[1].id);
}

TEST(DocumentKeys, versions_of_one_entry_share_id_and_address_and_are_one_article) {
    Article version = story();
    version.title = "Talks, second version";
    version.url += "?utm_source=rss";
    const auto keys = document_keys(kFeed, std::vector{story(), version});
    EXPECT_EQ(keys[0].id, keys[1].id);
}

TEST(DocumentKeys, without_ids_entries_that_all_point_to_one_page_are_told_apart_by_their_text) {
    const std::vector<Article> document{{.url = "https://status.example/", .title = "Mail is down"},
                                        {.url = "https://status.example/", .title = "Mail is up again"}};
    const auto keys = document_keys(kFeed, document);
    EXPECT_NE(keys[0].id, keys[1].id);
    EXPECT_EQ(document_keys(kFeed, document)[1].id, keys[1].id);
}

TEST(DocumentKeys, order_changes_nothing) {
    Article other = story();
    other.own_id = "2";
    const auto keys = document_keys(kFeed, std::vector{story(), other});
    const auto turned = document_keys(kFeed, std::vector{other, story()});
    EXPECT_EQ(keys[0].id, turned[1].id);
    EXPECT_EQ(keys[1].id, turned[0].id);
}

TEST(ArticleKeys, an_article_without_a_url_is_not_looked_for_in_other_feeds) {
    Article bare = story();
    bare.url.clear();
    EXPECT_TRUE(article_keys(kFeed, bare).across_feeds.empty());
}

}  // namespace

}  // namespace newswatch::parse
