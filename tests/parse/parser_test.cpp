#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "../plugins/reading.h"

namespace newswatch::parse {

namespace {

using testing::HasSubstr;

std::string refusal_of(std::string_view bytes, const std::string& url = "https://news.example/feed.xml") {
    const auto parsed = read(bytes, url);
    return parsed ? "read" : parsed.error().line();
}

TEST(Parser, a_web_page_is_named_as_one) {
    EXPECT_THAT(refusal_of("<!DOCTYPE html><html><head><title>News</title></head></html>"),
                HasSubstr("https://news.example/feed.xml: this is a web page, not a feed"));
}

TEST(Parser, the_feed_that_a_page_announces_is_named) {
    EXPECT_THAT(
        refusal_of("<html><head><link href=\"/rss?a=1&amp;b=2\" rel='alternate' type=\"application/rss+xml\">"
                   "</head></html>"),
        HasSubstr("https://news.example/rss?a=1&b=2"));
}

TEST(Parser, a_page_that_announces_several_feeds_names_them_and_the_command_that_tells_more) {
    const std::string refused = refusal_of(
        "<html><head><link rel=alternate type=application/rss+xml href=/one>"
        "<link rel=alternate type=application/atom+xml href=/two></head></html>");
    EXPECT_THAT(refused, HasSubstr("announces 2 feeds: https://news.example/one, https://news.example/two"));
    EXPECT_THAT(refused, HasSubstr("newswatchctl feeds check https://news.example/feed.xml"));
}

TEST(Parser, a_link_that_may_lead_to_a_feed_is_named_as_one_that_may) {
    EXPECT_THAT(refusal_of("<html><body><a href='/world/rss'>World</a></body></html>"),
                HasSubstr("announces no feed, but https://news.example/world/rss may be one"));
}

TEST(Parser, a_page_that_shows_a_feeds_source_is_still_a_page) {
    EXPECT_THAT(refusal_of("<html><body><textarea><rss version='2.0'></rss></textarea></body></html>"),
                HasSubstr("web page"));
}

TEST(Parser, other_documents_are_named_too) {
    EXPECT_THAT(refusal_of(""), HasSubstr("empty document"));
    EXPECT_THAT(refusal_of(" \n"), HasSubstr("empty document"));
    EXPECT_THAT(refusal_of("{\"version\":1}"), HasSubstr("JSON"));
    EXPECT_THAT(refusal_of("<?xml version='1.0'?><opml/>"), HasSubstr("<opml>"));
    EXPECT_THAT(refusal_of("Service temporarily unavailable"), HasSubstr("not XML: it begins \"Service"));
}

TEST(Parser, a_refusal_is_one_line) {
    EXPECT_EQ(refusal_of("first\nsecond\nthird").find('\n'), std::string::npos);
    EXPECT_EQ(refusal_of("<a\nb>").find('\n'), std::string::npos);
}

TEST(Parser, a_label_does_not_decide_what_a_document_is) {
    EXPECT_TRUE(read("<rss><channel/></rss>", "https://news.example/", "text/html; charset=utf-8"));
}

TEST(Parser, a_reader_that_is_not_there_is_an_error) {
    Document document;
    document.reader = "no_such_reader";
    document.bytes = "<rss><channel/></rss>";
    const auto parsed = parse(built_plugins(), document);
    ASSERT_FALSE(parsed);
    EXPECT_THAT(parsed.error().line(), HasSubstr("no_such_reader"));
}

TEST(Parser, without_plug_ins_the_error_says_where_they_belong) {
    const std::filesystem::path empty = std::filesystem::path{testing::TempDir()} / "newswatch_no_plug_ins";
    std::filesystem::create_directories(empty);
    Document document;
    document.bytes = "<rss><channel/></rss>";
    const auto parsed = parse(ParserRegistry::load(empty), document);
    ASSERT_FALSE(parsed);
    EXPECT_THAT(parsed.error().line(), HasSubstr("rss.so"));
}

TEST(Parser, a_document_without_an_address_takes_the_feeds_own) {
    const auto parsed =
        read("<rss><channel><link>http://a.b/</link><item><link>/x</link></item></channel></rss>", "");
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->articles.at(0).url, "http://a.b/x");
}

TEST(Parser, the_operators_language_stands_in_where_the_feed_is_silent) {
    Document document;
    document.language = "ar";
    document.bytes = "<rss><channel><item><title>T</title></item></channel></rss>";
    const auto parsed = parse(built_plugins(), document);
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->articles.at(0).language, "ar");
}

TEST(Parser, an_unread_date_is_nothing_and_its_string_is_kept) {
    const Article article = rss_item("<pubDate>soon</pubDate>");
    EXPECT_FALSE(article.published);
    EXPECT_EQ(article.published_raw, "soon");
}

TEST(Parser, what_is_not_known_is_null_or_empty_in_json) {
    const auto json =
        nlohmann::json::parse(to_json(must_read("<rss version='2.0'><channel><item/></channel></rss>")));
    EXPECT_EQ(json["format"], "rss-2.0");
    EXPECT_FALSE(json["recovered"].get<bool>());
    const auto& article = json["articles"][0];
    for (const char* const key : {"id", "url", "title", "summary", "content", "published", "updated",
                                  "language", "image", "published_raw", "updated_raw"}) {
        EXPECT_TRUE(article.contains(key) && article[key].is_null()) << key;
    }
    for (const char* const key : {"authors", "categories", "enclosures"}) {
        EXPECT_TRUE(article.contains(key) && article[key].is_array() && article[key].empty()) << key;
    }
    for (const char* const key : {"title", "link", "language", "updated", "ttl_minutes", "description"}) {
        EXPECT_TRUE(json["feed"].contains(key) && json["feed"][key].is_null()) << key;
    }
}

std::string link_of_item_found_at(const std::string& url, const std::string& content_location) {
    Document document;
    document.url = url;
    document.content_location = content_location;
    document.bytes = "<rss version='2.0'><channel><item><link>page</link></item></channel></rss>";
    const auto parsed = parse(built_plugins(), document);
    return parsed && parsed->articles.size() == 1 ? parsed->articles[0].url : "unread";
}

TEST(Parser, addresses_count_from_where_the_answer_says_that_it_lies) {
    const std::string asked = "https://news.example/feed";
    EXPECT_EQ(link_of_item_found_at(asked, ""), "https://news.example/page");
    EXPECT_EQ(link_of_item_found_at(asked, "/world/feed.xml"), "https://news.example/world/page");
    EXPECT_EQ(link_of_item_found_at(asked, "http://www.news.example/world/"),
              "http://www.news.example/world/page");
}

TEST(Parser, a_machine_behind_the_proxy_is_no_base) {
    EXPECT_EQ(link_of_item_found_at("https://news.example/feed", "http://10.0.0.7:8080/feed"),
              "https://news.example/page");
    EXPECT_EQ(link_of_item_found_at("https://news.example/feed", "javascript:x"),
              "https://news.example/page");
}

TEST(Parser, a_reader_that_is_not_there_is_answered_with_the_one_that_was_meant) {
    Document document;
    document.url = "https://news.example/feed";
    document.reader = "jsonfeed";
    const auto refused = parse(built_plugins(), document);
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().line(), HasSubstr("no parser plug-in is called \"jsonfeed\": did you mean "
                                                  "\"json_feed\"? ("));
    EXPECT_THAT(refused.error().line(), HasSubstr("atom, json_feed, rss, sitemap"));
}

}  // namespace

}  // namespace newswatch::parse
