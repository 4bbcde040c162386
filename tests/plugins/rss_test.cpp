#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reading.h"
#include "text/date.h"

namespace newswatch::parse {

namespace {

using testing::ElementsAre;

TEST(Rss, versions_are_told_apart) {
    EXPECT_EQ(must_read("<rss version='2.0'><channel/></rss>").format, "rss-2.0");
    EXPECT_EQ(must_read("<rss version='0.91'><channel/></rss>").format, "rss-0.9x");
    EXPECT_EQ(must_read("<rss version='0.92'><channel/></rss>").format, "rss-0.9x");
    EXPECT_EQ(must_read("<rss><channel/></rss>").format, "rss-2.0");
    EXPECT_EQ(must_read("<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
                        "xmlns='http://purl.org/rss/1.0/'/>")
                  .format,
              "rss-1.0");
    EXPECT_EQ(must_read("<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
                        "xmlns='http://my.netscape.com/rdf/simple/0.9/'/>")
                  .format,
              "rss-0.9x");
}

TEST(Rss, a_namespace_counts_and_not_its_prefix) {
    const auto parsed = must_read(
        "<rss version='2.0' xmlns:zzz='http://purl.org/dc/elements/1.1/' xmlns:dc='urn:other'><channel><item>"
        "<title>T</title><zzz:creator>Ada</zzz:creator><dc:creator>Bob</dc:creator></item></channel></rss>");
    ASSERT_EQ(parsed.articles.size(), 1U);
    ASSERT_EQ(parsed.articles[0].authors.size(), 1U);
    EXPECT_EQ(parsed.articles[0].authors[0].name, "Ada");
}

TEST(Rss, an_undeclared_prefix_means_what_it_usually_means) {
    const auto parsed = must_read(
        "<rss "
        "version='2.0'><channel><item><title>T</title><dc:creator>Ada</dc:creator></item></channel></rss>");
    ASSERT_EQ(parsed.articles.size(), 1U);
    EXPECT_EQ(parsed.articles[0].authors.size(), 1U);
}

TEST(Rss, a_default_namespace_does_not_hide_the_elements) {
    const auto parsed = must_read(
        "<rss version='2.0' xmlns='http://backend.userland.com/RSS2'><channel><item><title>T</title></item>"
        "</channel></rss>");
    ASSERT_EQ(parsed.articles.size(), 1U);
    EXPECT_EQ(parsed.articles[0].title, "T");
}

TEST(Rss, elements_are_found_in_any_case) {
    const Article article =
        rss_item("<Title>T</Title><pubdate>27 Jan 2026 00:00 GMT</pubdate><LINK>http://a.b/</LINK>");
    EXPECT_EQ(article.title, "T");
    EXPECT_TRUE(article.published);
    EXPECT_EQ(article.url, "http://a.b/");
}

TEST(Rss, the_link_goes_before_the_guid) {
    EXPECT_EQ(rss_item("<guid>http://a.b/guid</guid><link>http://a.b/link</link>").url, "http://a.b/link");
}

TEST(Rss, a_guid_is_the_address_unless_it_says_no) {
    EXPECT_EQ(rss_item("<guid>http://a.b/1</guid>").url, "http://a.b/1");
    EXPECT_EQ(rss_item("<guid isPermaLink='false'>http://a.b/1</guid>").url, "");
    EXPECT_EQ(rss_item("<guid>4711</guid>").url, "");
}

TEST(Rss, an_atom_link_to_the_feed_itself_is_no_page) {
    EXPECT_EQ(
        rss_item("<atom:link rel='self' href='http://a.b/feed'/><atom:link href='http://a.b/page'/>").url,
        "http://a.b/page");
    const auto parsed = must_read(
        "<rss version='2.0' xmlns:a='http://www.w3.org/2005/Atom'><channel>"
        "<a:link rel='self' href='http://a.b/feed'/><link>http://a.b/</link></channel></rss>");
    EXPECT_EQ(parsed.feed.link, "http://a.b/");
}

TEST(Rss, titles_of_images_and_sources_do_not_leak) {
    const auto parsed = must_read(
        "<rss version='2.0'><channel><image><title>Logo</title><link>http://logo/</link></image>"
        "<textInput><title>Search</title></textInput><title>Feed</title><item><source>Wire</source>"
        "<title>Story</title></item></channel></rss>");
    EXPECT_EQ(parsed.feed.title, "Feed");
    EXPECT_EQ(parsed.articles.at(0).title, "Story");
}

TEST(Rss, authors_are_taken_apart) {
    const auto author = [](std::string_view element) {
        const Article article = rss_item(element);
        return article.authors.size() == 1 ? article.authors[0].name + "|" + article.authors[0].email
                                           : "none";
    };
    EXPECT_EQ(author("<author>jo@a.b (Jo Li)</author>"), "Jo Li|jo@a.b");
    EXPECT_EQ(author("<author>Jo Li &lt;jo@a.b&gt;</author>"), "Jo Li|jo@a.b");
    EXPECT_EQ(author("<author>jo@a.b</author>"), "|jo@a.b");
    EXPECT_EQ(author("<dc:creator>Jo Li</dc:creator><author>Jo Li</author>"), "Jo Li|");
    EXPECT_EQ(author("<dc:creator><![CDATA[Jo Li]]></dc:creator>"), "Jo Li|");
    EXPECT_EQ(author("<itunes:author>Jo Li</itunes:author>"), "Jo Li|");
}

TEST(Rss, categories_come_once_each) {
    EXPECT_THAT(rss_item("<category>A</category><category>B &amp; C</category><category>A</category>"
                         "<dc:subject>D</dc:subject>")
                    .categories,
                ElementsAre("A", "B & C", "D"));
}

TEST(Rss, the_body_and_the_summary_are_kept_apart) {
    const Article article = rss_item(
        "<content:encoded><![CDATA[<p>Body</p>]]></content:encoded><description>Short</description>");
    EXPECT_EQ(article.summary, "Short");
    EXPECT_EQ(article.content, "Body");
}

TEST(Rss, split_cdata_is_one_text) {
    EXPECT_EQ(rss_item("<title><![CDATA[Ta]]><![CDATA[lks ]]&gt; ]]>now</title>").title, "Talks ]]> now");
}

TEST(Rss, naked_markup_in_a_description_is_read_as_html) {
    EXPECT_EQ(rss_item("<description>Talks <b>in</b> <i>Geneva</i><br/>today</description>").summary,
              "Talks in Geneva\ntoday");
}

TEST(Rss, media_groups_give_images_and_files) {
    const Article article = rss_item(
        "<title>T</title><media:group><media:content url='http://a.b/v.mp4' type='video/mp4' fileSize='7'>"
        "<media:thumbnail "
        "url='http://a.b/t.jpg'/></media:content><media:title>Video</media:title></media:group>");
    EXPECT_EQ(article.title, "T");
    EXPECT_EQ(article.image, "http://a.b/t.jpg");
    ASSERT_EQ(article.enclosures.size(), 1U);
    EXPECT_EQ(article.enclosures[0].length, 7U);
}

TEST(Rss, the_best_date_is_taken) {
    const Article article = rss_item(
        "<dc:date>2026-01-01</dc:date><pubDate>27 Jan 2026 09:00 GMT</pubDate>"
        "<dcterms:modified>2026-01-28T00:00:00Z</dcterms:modified>");
    ASSERT_TRUE(article.published && article.updated);
    EXPECT_EQ(text::rfc3339(*article.published), "2026-01-27T09:00:00Z");
    EXPECT_EQ(text::rfc3339(*article.updated), "2026-01-28T00:00:00Z");
}

TEST(Rss, items_beside_the_channel_are_read) {
    EXPECT_EQ(
        must_read("<rss version='2.0'><channel><title>F</title></channel><item><title>A</title></item></rss>")
            .articles.size(),
        1U);
}

TEST(Rss, how_often_it_changes_is_told_in_minutes) {
    EXPECT_EQ(must_read("<rss><channel><ttl> 60 </ttl></channel></rss>").feed.ttl_minutes, 60U);
    EXPECT_FALSE(must_read("<rss><channel><ttl>soon</ttl></channel></rss>").feed.ttl_minutes);
    EXPECT_EQ(must_read("<rss xmlns:sy='http://purl.org/rss/1.0/modules/syndication/'><channel>"
                        "<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>"
                        "</channel></rss>")
                  .feed.ttl_minutes,
              360U);
}

TEST(Rss, an_empty_feed_is_a_feed) {
    const auto parsed = read("<rss version='2.0'><channel><title>Empty</title></channel></rss>");
    ASSERT_TRUE(parsed);
    EXPECT_TRUE(parsed->articles.empty());
}

}  // namespace

}  // namespace newswatch::parse
