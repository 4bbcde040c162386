#include "parse/feed_links.h"

#include <gmock/gmock.h>

#include "parse/start_tags.h"

namespace newswatch::parse {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

std::vector<std::string> urls_of(std::string_view page,
                                 std::string_view url = "https://press.example/news/") {
    std::vector<std::string> urls;
    for (const FeedLink& link : feed_links(page, url))
        urls.push_back(link.url);
    return urls;
}

struct Announced {
    const char* what;
    const char* link;
};

class AnnouncedFeed : public testing::TestWithParam<Announced> {};

TEST_P(AnnouncedFeed, is_found) {
    const auto links = feed_links(GetParam().link, "https://press.example/news/");
    ASSERT_THAT(links, SizeIs(1)) << GetParam().link;
    EXPECT_EQ(links[0].url, "https://press.example/f?a=1&b=2");
    EXPECT_TRUE(links[0].announced);
}

INSTANTIATE_TEST_SUITE_P(
    As, AnnouncedFeed,
    testing::Values(
        Announced{"rss", R"(<link rel="alternate" type="application/rss+xml" href="/f?a=1&amp;b=2">)"},
        Announced{"atom", R"(<link href='/f?a=1&b=2' type='application/atom+xml' rel='alternate'/>)"},
        Announced{"json_feed", R"(<link rel=alternate type=application/feed+json href=/f?a=1&amp;b=2>)"},
        Announced{"plain_json", R"(<link rel=alternate type=application/json href=/f?a=1&amp;b=2>)"},
        Announced{"rdf", R"(<link rel=alternate type="application/rdf+xml" href="/f?a=1&amp;b=2">)"},
        Announced{"text_xml", R"(<link rel=alternate type="text/xml" href="/f?a=1&amp;b=2">)"},
        Announced{"odd_type", R"(<link rel=alternate type="application/x.rss" href="/f?a=1&amp;b=2">)"},
        Announced{"type_with_charset",
                  R"(<link rel=alternate type="application/rss+xml; charset=utf-8" href="/f?a=1&amp;b=2">)"},
        Announced{"upper_case", R"(<LINK REL="ALTERNATE" TYPE="APPLICATION/RSS+XML" HREF="/f?a=1&amp;b=2">)"},
        Announced{"several_rels", R"(<link rel="home alternate" type="text/rss" href="/f?a=1&amp;b=2">)"},
        Announced{"rel_feed", R"(<link rel="feed" href="/f?a=1&amp;b=2">)"},
        Announced{"anchor",
                  R"(<a rel="alternate" type="application/rss+xml" href="/f?a=1&amp;b=2">News</a>)"},
        Announced{"feed_scheme", R"(<a href="feed:https://press.example/f?a=1&amp;b=2">News</a>)"},
        Announced{
            "line_ends",
            "<link\n  rel=\"alternate\"\r\n\ttype = \"application/rss+xml\"\n href=\"/f?a=1&amp;b=2\"\n>"},
        Announced{"greater_inside",
                  R"(<link title="a > b" rel=alternate type=text/rss href="/f?a=1&amp;b=2">)"},
        Announced{"slash_between", R"(<link rel="alternate"/type="text/rss"/href="/f?a=1&amp;b=2"/>)"},
        Announced{"no_end", R"(<link rel="alternate" type="text/rss" href="/f?a=1&amp;b=2")"}),
    [](const auto& one) { return one.param.what; });

class NoFeedLink : public testing::TestWithParam<Announced> {};

TEST_P(NoFeedLink, is_left_out) {
    EXPECT_THAT(urls_of(GetParam().link), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(
    As, NoFeedLink,
    testing::Values(
        Announced{"stylesheet", R"(<link rel="alternate stylesheet" type="text/css" href="/rss.css">)"},
        Announced{"oembed", R"(<link rel=alternate type="application/json+oembed" href="/oembed?url=feed">)"},
        Announced{"xml_oembed", R"(<link rel=alternate type="text/xml+oembed" href="/oembed">)"},
        Announced{"another_language", R"(<link rel=alternate hreflang=fr href="https://press.example/fr/">)"},
        Announced{"amp", R"(<link rel=alternate type="text/html" href="/amp/feed">)"},
        Announced{"icon", R"(<link rel=icon href="/rss">)"},
        Announced{"comment", R"(<!-- <link rel=alternate type="text/rss" href="/rss"> -->)"},
        Announced{"script", R"(<script>"<link rel=alternate type='text/rss' href='/rss'>"</script>)"},
        Announced{"textarea", R"(<textarea><link rel=alternate type="text/rss" href="/rss"></textarea>)"},
        Announced{"no_address", R"(<link rel=alternate type="text/rss">)"},
        Announced{"mail", R"(<a href="mailto:rss@press.example">RSS</a>)"},
        Announced{"script_address", R"(<a href="javascript:feed">RSS</a>)"},
        Announced{"fragment", R"(<a href="#rss">RSS</a>)"},
        Announced{"other_page", R"(<a href="/about">About</a>)"},
        Announced{"feeding", R"(<a href="/feeding-babies">Feeding</a>)"}),
    [](const auto& one) { return one.param.what; });

TEST(FeedLinks, links_that_look_like_feeds_come_after_those_that_are_announced) {
    const auto links = feed_links(
        "<a href='/world/rss.xml'>World</a><link rel=alternate title='All &amp; more' type=text/rss "
        "href=/all>",
        "https://press.example/");
    ASSERT_THAT(links, SizeIs(2));
    EXPECT_EQ(links[0].url, "https://press.example/all");
    EXPECT_EQ(links[0].title, "All & more");
    EXPECT_EQ(links[1].url, "https://press.example/world/rss.xml");
    EXPECT_EQ(links[1].title, "World");
    EXPECT_FALSE(links[1].announced);
}

TEST(FeedLinks, the_usual_addresses_of_feeds_are_known) {
    for (const char* href :
         {"/feed", "/feed/", "/blog/feed/atom/", "/index.rdf", "/rss/world", "/rss.php", "/?feed=rss2",
          "/news.atom", "/export.xml", "/feed.json", "https://feeds.press.example/world",
          "/index.php?format=feed&amp;type=rss", "/feeds/posts/default?alt=rss"}) {
        EXPECT_THAT(urls_of(std::string{"<a href=\""} + href + "\">x</a>"), SizeIs(1)) << href;
    }
    EXPECT_THAT(urls_of("<a href='/syn/1'><img src=x></a><a href='/syn/2'>RSS</a>"),
                ElementsAre("https://press.example/syn/2"));
}

TEST(FeedLinks, relative_addresses_count_from_the_first_base) {
    EXPECT_THAT(urls_of("<base href='/a/'><base href='/b/'><link rel=feed href='x'>"),
                ElementsAre("https://press.example/a/x"));
    EXPECT_THAT(urls_of("<link rel=feed href='x'>"), ElementsAre("https://press.example/news/x"));
    EXPECT_THAT(urls_of("<link rel=feed href='//other.example/x'>"), ElementsAre("https://other.example/x"));
}

TEST(FeedLinks, an_address_is_named_once) {
    EXPECT_THAT(urls_of("<link rel=feed href=/f><a href='/f'>RSS</a><link rel=feed href='/f#top'>"),
                ElementsAre("https://press.example/f"));
}

TEST(FeedLinks, a_page_full_of_links_gives_a_bounded_number) {
    std::string page;
    for (int i = 0; i < 100'000; ++i)
        page += "<a href='/" + std::to_string(i) + "/feed'>x</a>";
    EXPECT_THAT(feed_links(page, "https://press.example/"), SizeIs(kMostFeedLinks));
}

TEST(FeedLinks, announced_feeds_have_room_behind_thousands_of_links) {
    std::string page;
    for (int i = 0; i < 1'000; ++i)
        page += "<a href='/" + std::to_string(i) + "/feed'>x</a>";
    page += "<link rel=feed href='/all'>";
    EXPECT_EQ(feed_links(page, "https://press.example/").front().url, "https://press.example/all");
}

TEST(FeedLinks, hostile_pages_end) {
    for (const std::string& page :
         {std::string(200'000, '<'), "<a " + std::string(200'000, 'x'),
          "<a href='" + std::string(200'000, 'x'), "<!--" + std::string(200'000, '-'),
          "<script>" + std::string(200'000, '<'), std::string("<a href=\0>", 10), std::string{"<a "},
          std::string{"<"}, std::string{"<a ="}, std::string{"<a href="}}) {
        EXPECT_THAT(feed_links(page, "https://press.example/"), IsEmpty());
    }
}

TEST(FeedLinks, a_page_in_another_encoding_is_read) {
    Document document;
    document.url = "https://press.example/";
    document.content_type = "text/html; charset=windows-1251";
    document.bytes = "<html><link rel=feed title='\xcd\xee\xe2\xee\xf1\xf2\xe8' href=/f></html>";
    const auto links = feed_links(document);
    ASSERT_THAT(links, SizeIs(1));
    EXPECT_EQ(links[0].title, "Новости");
}

TEST(FeedScheme, podcast_and_feed_addresses_become_web_addresses) {
    EXPECT_EQ(without_feed_scheme("feed://press.example/rss"), "http://press.example/rss");
    EXPECT_EQ(without_feed_scheme("feed:https://press.example/rss"), "https://press.example/rss");
    EXPECT_EQ(without_feed_scheme("itpc://press.example/rss"), "http://press.example/rss");
    EXPECT_EQ(without_feed_scheme("https://press.example/rss"), "https://press.example/rss");
}

}  // namespace
}  // namespace newswatch::parse
