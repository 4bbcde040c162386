#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "reading.h"
#include "text/date.h"

namespace newswatch::parse {

namespace {

using testing::ElementsAre;

std::string feed_of(std::string_view items) {
    return R"({"version":"https://jsonfeed.org/version/1.1","title":"F","items":[)" + std::string{items} +
           "]}";
}

Article item(std::string_view members) {
    ParsedDocument parsed = must_read(feed_of("{" + std::string{members} + "}"));
    return parsed.articles.size() == 1 ? std::move(parsed.articles[0]) : Article{};
}

TEST(JsonFeed, versions_are_told_apart) {
    EXPECT_EQ(must_read(R"({"version":"https://jsonfeed.org/version/1","items":[]})").format,
              "json-feed-1.0");
    EXPECT_EQ(must_read(R"({"version":"https://jsonfeed.org/version/1.1","items":[]})").format,
              "json-feed-1.1");
    EXPECT_EQ(must_read(R"({"items":[],"version":"https:\/\/jsonfeed.org\/version\/1.1"})").format,
              "json-feed-1.1");
}

TEST(JsonFeed, every_field_of_the_specification_is_read) {
    const Article article = item(
        R"("id":"1","url":"https://a.b/1","title":"T","content_html":"<p>H &amp; h</p>","summary":"S",)"
        R"("image":"/i.png","date_published":"2026-01-27T09:00:00+01:00","date_modified":"2026-01-28T09:00:00Z",)"
        R"("authors":[{"name":"Ada","url":"https://ada.example/"}],"tags":["x","y"],"language":"fr",)"
        R"("attachments":[{"url":"a.mp3","mime_type":"audio/mpeg","size_in_bytes":12}])");
    EXPECT_EQ(article.own_id, "1");
    EXPECT_EQ(article.url, "https://a.b/1");
    EXPECT_EQ(article.title, "T");
    EXPECT_EQ(article.content, "H & h");
    EXPECT_EQ(article.summary, "S");
    EXPECT_EQ(article.image, "https://news.example/i.png");
    EXPECT_EQ(text::rfc3339(article.published.value()), "2026-01-27T08:00:00Z");
    EXPECT_EQ(text::rfc3339(article.updated.value()), "2026-01-28T09:00:00Z");
    EXPECT_EQ(article.authors.at(0).uri, "https://ada.example/");
    EXPECT_THAT(article.categories, ElementsAre("x", "y"));
    EXPECT_EQ(article.language, "fr");
    EXPECT_EQ(article.enclosures.at(0).url, "https://news.example/a.mp3");
    EXPECT_EQ(article.enclosures.at(0).length, 12U);
}

TEST(JsonFeed, facts_of_the_feed_are_read) {
    const auto parsed = must_read(
        R"({"version":"https://jsonfeed.org/version/1.1","title":"F","home_page_url":"https://a.b/",)"
        R"("description":"D","language":"de","expired":true,"items":[{"id":"1"}]})");
    EXPECT_EQ(parsed.feed.title, "F");
    EXPECT_EQ(parsed.feed.link, "https://a.b/");
    EXPECT_EQ(parsed.feed.description, "D");
    EXPECT_EQ(parsed.articles.at(0).language, "de");
    EXPECT_THAT(parsed.problems, ElementsAre("the publisher says that this feed has ended"));
}

TEST(JsonFeed, titles_and_text_are_plain) {
    const Article article = item(R"("title":"<b> & &amp;","content_text":"1 < 2 &lt;")");
    EXPECT_EQ(article.title, "<b> & &amp;");
    EXPECT_EQ(article.content, "1 < 2 &lt;");
}

TEST(JsonFeed, html_goes_before_text_in_whatever_order) {
    EXPECT_EQ(item(R"("content_text":"plain","content_html":"<p>rich</p>")").content, "rich");
    EXPECT_EQ(item(R"("content_html":"","content_text":"plain")").content, "plain");
}

TEST(JsonFeed, an_id_of_any_type_becomes_text) {
    EXPECT_EQ(item(R"("id":17)").own_id, "17");
    EXPECT_EQ(item(R"("id":null,"title":"T")").own_id, "");
    EXPECT_EQ(item(R"("id":{"a":1},"title":"T")").title, "T");
}

TEST(JsonFeed, the_page_goes_before_what_it_speaks_of) {
    EXPECT_EQ(item(R"("external_url":"https://x.y/","url":"https://a.b/")").url, "https://a.b/");
    EXPECT_EQ(item(R"("external_url":"https://x.y/")").url, "https://x.y/");
}

TEST(JsonFeed, authors_come_in_every_shape) {
    EXPECT_EQ(item(R"("author":{"name":"Ada"})").authors.at(0).name, "Ada");
    EXPECT_EQ(item(R"("authors":[{"name":"Ada"},{"name":"Bob"}])").authors.size(), 2U);
    EXPECT_EQ(item(R"x("authors":["Ada","bob@a.b (Bob)"])x").authors.at(1).email, "bob@a.b");
    EXPECT_EQ(item(R"("author":"Ada")").authors.at(0).name, "Ada");
}

TEST(JsonFeed, the_feeds_authors_are_inherited_although_they_follow_the_items) {
    const auto parsed =
        must_read(R"({"items":[{"id":"1"},{"id":"2","author":{"name":"Bob"}}],"author":{"name":"Ada"},)"
                  R"("version":"https://jsonfeed.org/version/1"})");
    EXPECT_EQ(parsed.articles.at(0).authors.at(0).name, "Ada");
    EXPECT_EQ(parsed.articles.at(1).authors.at(0).name, "Bob");
}

TEST(JsonFeed, escapes_are_decoded) {
    const Article article = item("\"title\":\"\\u00e9\\ud83d\\ude00\\t\\\"\\/\\\\\"");
    EXPECT_EQ(article.title, "é😀 \"/\\");
    const std::string half = feed_of("{\"title\":\"a\\ud83dz\"}");
    EXPECT_EQ(titles(half), "!a\uFFFDz|");
}

struct Slip {
    const char* name;
    const char* document;
    const char* titles;
};
void PrintTo(const Slip& slip, std::ostream* out) {
    *out << slip.document;
}

class JsonDamage : public testing::TestWithParam<Slip> {};

TEST_P(JsonDamage, costs_nothing_else) {
    EXPECT_EQ(titles(GetParam().document), GetParam().titles);
}

#define HEAD R"({"version":"https://jsonfeed.org/version/1","items":[)"
INSTANTIATE_TEST_SUITE_P(
    JsonFeed, JsonDamage,
    testing::Values(
        Slip{"sound", HEAD R"({"title":"a"},{"title":"b"}]})", "a|b|"},
        Slip{"space_around", " \r\n" HEAD R"({"title":"a"}]} )", "a|"},
        Slip{"extra_comma", HEAD R"({"title":"a",},{"title":"b"},],})", "!a|b|"},
        Slip{"missing_comma", HEAD R"({"title":"a" "id":"1"}{"title":"b"}]})", "!a|b|"},
        Slip{"raw_line_end", HEAD "{\"title\":\"a\nb\"},{\"title\":\"c\"}]}", "!a b|c|"},
        Slip{"raw_control", HEAD "{\"title\":\"a\x01z\"},{\"title\":\"c\"}]}", "!az|c|"},
        Slip{"bare_quotes", HEAD R"({"title":"say "yes", now","id":"1"},{"title":"c"}]})",
             "!say \"yes\", now|c|"},
        Slip{"unclosed_string", HEAD "{\"title\":\"a,\n \"id\":\"1\"},{\"title\":\"c\"}]}", "!a|c|"},
        Slip{"single_quotes", HEAD "{'title':'it's a'},{'title':'c'}]}", "!it's a|c|"},
        Slip{"bare_names", HEAD "{title:\"a\"},{title:\"c\"}]}", "!a|c|"},
        Slip{"comments", HEAD "/* x */{\"title\":\"a\"}, // y\n{\"title\":\"c\"}]}", "!a|c|"},
        Slip{"unknown_escape", HEAD R"({"title":"it\'s"},{"title":"c"}]})", "!it's|c|"},
        Slip{"wrong_bracket", HEAD R"({"title":"a"],{"title":"c"}]})", "!a|c|"},
        Slip{"missing_brackets", HEAD R"({"title":"a"},{"title":"c"})", "!a|c|"},
        Slip{"junk_after", HEAD R"({"title":"a"}]}<script>1</script>)", "!a|"},
        Slip{"warning_before", "<br />\n<b>Warning</b>: x in y\n" HEAD R"({"title":"a"}]})", "!a|"},
        Slip{"wrong_types", HEAD R"({"title":{"x":[1]},"tags":7},5,"x",null,{"title":"c"}]})", "|c|"},
        Slip{"missing_value", HEAD R"({"title":,"id":"1"},{"title":"c"}]})", "!|c|"}),
    [](const testing::TestParamInfo<Slip>& slip) { return std::string{slip.param.name}; });
#undef HEAD

TEST(JsonFeed, a_feed_that_forgot_its_version_is_known_by_its_fields) {
    EXPECT_EQ(titles(R"({"title":"F","items":[{"title":"a","content_text":"x"}]})"), "a|");
    EXPECT_EQ(titles(R"([{"title":"a","content_html":"x"}])"), "a|");
}

TEST(JsonFeed, other_json_is_refused_with_what_was_expected) {
    const auto parsed = read(R"({"items":[{"name":"x"}]})");
    ASSERT_FALSE(parsed);
    EXPECT_NE(parsed.error().what.find("not a JSON Feed"), std::string::npos);
}

TEST(JsonFeed, wherever_a_document_is_cut_every_complete_article_survives) {
    std::string whole = R"({"version":"https://jsonfeed.org/version/1","title":"F","items":[)";
    std::vector<std::size_t> ends;
    for (int i = 0; i < 3; ++i) {
        whole += (i > 0 ? "," : "") + std::string{R"({"id":")"} + std::to_string(i) +
                 R"(","title":"T\"","content_html":"<p>x, y</p>","tags":["a","b"]})";
        ends.push_back(whole.size());
    }
    whole += "]}";
    for (std::size_t cut = ends[0]; cut < whole.size(); ++cut) {
        std::size_t complete = 0;
        while (complete < ends.size() && ends[complete] <= cut)
            ++complete;
        const auto parsed = must_read(whole.substr(0, cut));
        ASSERT_TRUE(parsed.recovered) << cut;
        ASSERT_GE(parsed.articles.size(), complete) << cut;
        for (std::size_t i = 0; i < parsed.articles.size(); ++i) {
            ASSERT_EQ(parsed.articles[i].own_id, std::to_string(i)) << cut;
            ASSERT_EQ(parsed.articles[i].title, "T\"") << cut;
            ASSERT_TRUE(i >= complete || parsed.articles[i].content == "x, y") << cut;
        }
    }
}

TEST(JsonFeed, depth_and_numbers_of_brackets_do_not_matter) {
    const auto many = [](std::string_view piece, std::size_t times) {
        std::string text;
        for (std::size_t i = 0; i < times; ++i)
            text.append(piece);
        return text;
    };
    EXPECT_EQ(titles(feed_of(R"({"x":)" + many("[", 200'000) + many("]", 200'000) + R"(,"title":"a"})")),
              "a|");
    EXPECT_EQ(titles(feed_of(R"({"x":)" + many("{\"a\":", 200'000) + "1" + many("}", 200'000) +
                             R"(,"title":"a"})")),
              "a|");
    for (const std::string_view piece : {"[", "{", "\"", "\\", "\"a\":", "{\"items\":[", "'", ",", "\"a\" ",
                                         "/*", "//", "]", "}", "\"\n\"", "\n", "\\u"}) {
        SCOPED_TRACE(piece);
        static_cast<void>(
            read(R"({"version":"https://jsonfeed.org/version/1","items":[)" + many(piece, 200'000)));
    }
}

}  // namespace

}  // namespace newswatch::parse
