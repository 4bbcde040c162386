#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "reading.h"
#include "text/date.h"

namespace newswatch::parse {

namespace {

using testing::ElementsAre;

struct Name {
    const char* uri;
    const char* element;
};
void PrintTo(const Name& name, std::ostream* out) {
    *out << name.uri;
}

class Namespace : public testing::TestWithParam<Name> {};

/// Publishers write URIs from memory.
TEST_P(Namespace, is_known_by_its_uri_however_it_is_written) {
    const auto parsed =
        must_read("<rss version='2.0' xmlns:zz='" + std::string{GetParam().uri} +
                  "'><channel><item><title>T</title>" + GetParam().element + "</item></channel></rss>");
    ASSERT_EQ(parsed.articles.size(), 1U);
    const Article& article = parsed.articles[0];
    EXPECT_FALSE(parsed.recovered);
    EXPECT_TRUE(!article.authors.empty() || !article.content.empty() || !article.image.empty() ||
                !article.url.empty() || article.updated);
}

INSTANTIATE_TEST_SUITE_P(
    Structure, Namespace,
    testing::Values(Name{"http://purl.org/dc/elements/1.1/", "<zz:creator>Ada</zz:creator>"},
                    Name{"https://purl.org/dc/elements/1.1", "<zz:creator>Ada</zz:creator>"},
                    Name{"http://PURL.org/DC/elements/1.1/", "<zz:creator>Ada</zz:creator>"},
                    Name{"http://purl.org/dc/elements/1.0/", "<zz:creator>Ada</zz:creator>"},
                    Name{"http://purl.org/dc/terms/", "<zz:modified>2026-01-27</zz:modified>"},
                    Name{"http://purl.org/rss/1.0/modules/content", "<zz:encoded>C</zz:encoded>"},
                    Name{"http://search.yahoo.com/mrss", "<zz:thumbnail url='http://a.b/i'/>"},
                    Name{"http://www.rssboard.org/media-rss", "<zz:thumbnail url='http://a.b/i'/>"},
                    Name{"http://www.itunes.com/DTDs/PodCast-1.0.dtd", "<zz:author>Ada</zz:author>"},
                    Name{"http://example.com/DTDs/PodCast-1.0.dtd", "<zz:author>Ada</zz:author>"},
                    Name{"http://prismstandard.org/namespaces/basic/2.0/", "<zz:url>http://a.b/</zz:url>"},
                    Name{"http://www.w3.org/2005/Atom/", "<zz:link href='http://a.b/'/>"},
                    Name{"http://w3.org/2005/atom", "<zz:link href='http://a.b/'/>"},
                    Name{"http://purl.org/atom/ns#draft-ietf-atompub-format-05",
                         "<zz:link href='http://a.b/'/>"},
                    Name{"http://www.w3.org/1999/xhtml", "<zz:body><zz:p>C</zz:p></zz:body>"}));

TEST(Structure, a_wrong_default_namespace_hides_nothing) {
    for (const std::string_view uri :
         {"http://www.w3.org/2005/Atom", "urn:whatever", "http://example.com/rss"}) {
        const auto parsed =
            must_read("<rss version='2.0' xmlns='" + std::string{uri} +
                      "'><channel><title>F</title><item><title>T</title></item></channel></rss>");
        ASSERT_EQ(parsed.articles.size(), 1U) << uri;
        EXPECT_EQ(parsed.articles[0].title, "T") << uri;
        EXPECT_EQ(parsed.feed.title, "F") << uri;
    }
    EXPECT_EQ(must_read("<feed xmlns='urn:whatever'><entry><title>T</title></entry></feed>").articles.size(),
              1U);
}

TEST(Structure, a_prefix_on_every_element_changes_nothing) {
    EXPECT_EQ(
        must_read(
            "<r:rss xmlns:r='urn:x'><r:channel><r:item><r:title>T</r:title></r:item></r:channel></r:rss>")
            .articles.at(0)
            .title,
        "T");
    EXPECT_EQ(
        must_read(
            "<a:feed xmlns:a='http://www.w3.org/2005/Atom'><a:entry><a:title>T</a:title></a:entry></a:feed>")
            .articles.at(0)
            .title,
        "T");
}

TEST(Structure, an_undeclared_prefix_inside_an_item_is_a_repair) {
    const auto parsed =
        must_read("<rss version='2.0'><channel><item><dc:creator>Ada</dc:creator></item></channel></rss>");
    EXPECT_TRUE(parsed.recovered);
    EXPECT_EQ(parsed.articles.at(0).authors.at(0).name, "Ada");
}

struct Line {
    const char* line;
    const char* name;
    const char* email;
};
void PrintTo(const Line& line, std::ostream* out) {
    *out << line.line;
}
class AuthorLine : public testing::TestWithParam<Line> {};

TEST_P(AuthorLine, is_taken_apart) {
    const Article article = rss_item("<author>" + std::string{GetParam().line} + "</author>");
    ASSERT_EQ(article.authors.size(), 1U);
    EXPECT_EQ(article.authors[0].name, GetParam().name);
    EXPECT_EQ(article.authors[0].email, GetParam().email);
}

INSTANTIATE_TEST_SUITE_P(
    Structure, AuthorLine,
    testing::Values(Line{"Jo Li", "Jo Li", ""}, Line{"jo@a.example (Jo Li)", "Jo Li", "jo@a.example"},
                    Line{"Jo Li &lt;jo@a.example&gt;", "Jo Li", "jo@a.example"},
                    Line{"\"Li, Jo\" &lt;jo@a.example&gt;", "Li, Jo", "jo@a.example"},
                    Line{"Jo Li (jo@a.example)", "Jo Li", "jo@a.example"},
                    Line{"mailto:jo@a.example", "", "jo@a.example"}, Line{"jo@a.example", "", "jo@a.example"},
                    Line{"jo@a.example, Jo Li", "Jo Li", "jo@a.example"},
                    Line{"Jo Li (staff)", "Jo Li (staff)", ""}, Line{"@joli", "@joli", ""}));

TEST(Structure, several_authors_are_all_named_once) {
    const Article article = rss_item(
        "<itunes:author>The Desk</itunes:author><dc:creator>Ada</dc:creator><dc:creator>Bob</dc:creator>"
        "<author>ada@a.example (Ada)</author><atom:author><atom:name>Cy</atom:name></atom:author>");
    ASSERT_EQ(article.authors.size(), 3U);
    EXPECT_EQ(article.authors[0].email, "ada@a.example");
    EXPECT_EQ(article.authors[2].name, "Cy");
}

TEST(Structure, a_fallback_author_counts_where_nobody_else_is_named) {
    EXPECT_EQ(rss_item("<itunes:author>The Desk</itunes:author>").authors.at(0).name, "The Desk");
    EXPECT_EQ(rss_item("<managingEditor>ed@a.example (Ed)</managingEditor>").authors.at(0).name, "Ed");
    EXPECT_EQ(rss_item("<media:credit role='author'>Ada</media:credit>").authors.at(0).name, "Ada");
}

TEST(Structure, categories_come_from_every_vocabulary) {
    EXPECT_THAT(rss_item("<category domain='x'>a</category><category>A</category><dc:subject>b</dc:subject>"
                         "<itunes:keywords>c, d</itunes:keywords><media:category label='f'>e</media:category>"
                         "<itunes:category text='g'><itunes:category text='h'/></itunes:category>"
                         "<atom:category term='i' label='j'/>")
                    .categories,
                ElementsAre("a", "b", "c", "d", "e", "f", "g", "h", "i", "j"));
    EXPECT_THAT(atom_entry("<category term='us' label='United States'/><category label='only'/>"
                           "<category>text</category>")
                    .categories,
                ElementsAre("us", "United States", "only", "text"));
}

TEST(Structure, titles_inside_other_elements_do_not_leak) {
    const auto parsed = must_read(
        "<rss "
        "version='2.0'><channel><image><title>Wrong</title><url>http://x/</url><link>http://wrong/</link></"
        "image>"
        "<textInput><title>Wrong</title><link>http://wrong/</link></textInput><title>Right</title>"
        "<item><source "
        "url='http://wrong/'>Wrong</source><image><title>Wrong</title></image><title>T</title></item>"
        "</channel></rss>");
    EXPECT_EQ(parsed.feed.title, "Right");
    EXPECT_EQ(parsed.feed.link, "");
    EXPECT_EQ(parsed.articles.at(0).title, "T");
    EXPECT_EQ(parsed.articles.at(0).url, "");
}

TEST(Structure, the_feeds_own_address_is_not_the_site) {
    const auto feed_link = [](std::string_view links) {
        return must_read("<rss version='2.0' xmlns:atom='http://www.w3.org/2005/Atom'><channel>" +
                         std::string{links} + "</channel></rss>")
            .feed.link;
    };
    EXPECT_EQ(feed_link("<atom:link rel='self' href='http://a.b/feed'/><link>http://a.b/</link>"),
              "http://a.b/");
    EXPECT_EQ(
        feed_link("<atom:link type='application/rss+xml' href='http://a.b/feed'/><link>http://a.b/</link>"),
        "http://a.b/");
    EXPECT_EQ(feed_link("<atom:link rel='hub' href='http://hub/'/><atom:link href='http://a.b/'/>"),
              "http://a.b/");
}

TEST(Structure, facts_of_a_feed_come_from_their_best_witness) {
    const auto parsed = must_read(
        "<rss version='2.0' xml:lang='en' xmlns:dc='http://purl.org/dc/elements/1.1/'><channel>"
        "<pubDate>Mon, 26 Jan 2026 00:00:00 GMT</pubDate><dc:language>fr</dc:language><language>de</language>"
        "<lastBuildDate>Tue, 27 Jan 2026 00:00:00 GMT</lastBuildDate></channel></rss>");
    EXPECT_EQ(parsed.feed.language, "de");
    EXPECT_EQ(text::rfc3339(parsed.feed.updated.value()), "2026-01-27T00:00:00Z");
}

struct Dates {
    const char* elements;
    const char* published;
    const char* updated;
};
void PrintTo(const Dates& dates, std::ostream* out) {
    *out << dates.elements;
}
class DateNames : public testing::TestWithParam<Dates> {};

TEST_P(DateNames, say_which_date_it_is) {
    const Article article = rss_item(GetParam().elements);
    EXPECT_EQ(article.published_raw, GetParam().published);
    EXPECT_EQ(article.updated_raw, GetParam().updated);
}

INSTANTIATE_TEST_SUITE_P(
    Structure, DateNames,
    testing::Values(
        Dates{"<pubDate>2026-01-01</pubDate>", "2026-01-01", ""},
        Dates{"<dc:date>2026-01-02</dc:date>", "2026-01-02", "2026-01-02"},
        Dates{"<dc:date>2026-01-02</dc:date><pubDate>2026-01-01</pubDate>", "2026-01-01", "2026-01-02"},
        Dates{"<dcterms:created>2026-01-01</dcterms:created><dcterms:issued>2026-01-02</dcterms:issued>",
              "2026-01-02", ""},
        Dates{"<dcterms:modified>2026-01-03</dcterms:modified>", "", "2026-01-03"},
        Dates{"<atom:published>2026-01-01</atom:published><atom:updated>2026-01-03</atom:updated>",
              "2026-01-01", "2026-01-03"},
        Dates{"<atom:updated>2026-01-03</atom:updated><lastBuildDate>2026-01-04</lastBuildDate>", "",
              "2026-01-04"}));

TEST(Structure, a_media_group_is_read_like_what_it_groups) {
    const Article article = rss_item(
        "<media:group><media:content url='http://a.b/v.mp4' type='video/mp4' fileSize='7'/>"
        "<media:content url='http://a.b/i.jpg' medium='image'/><media:thumbnail "
        "url='http://a.b/t.jpg'/></media:group>");
    ASSERT_EQ(article.enclosures.size(), 2U);
    EXPECT_EQ(article.enclosures[0].length, 7U);
    EXPECT_EQ(article.image, "http://a.b/t.jpg");
}

TEST(Structure, feedburners_original_address_stands_in_for_a_missing_link) {
    const auto url = [](std::string_view elements) {
        return must_read(
                   "<rss version='2.0' "
                   "xmlns:feedburner='http://rssnamespace.org/feedburner/ext/1.0'><channel>"
                   "<item>" +
                   std::string{elements} + "</item></channel></rss>")
            .articles.at(0)
            .url;
    };
    EXPECT_EQ(url("<feedburner:origLink>http://a.b/1</feedburner:origLink>"), "http://a.b/1");
    EXPECT_EQ(url("<feedburner:origLink>http://a.b/1</feedburner:origLink><link>http://f.b/1</link>"),
              "http://f.b/1");
}

TEST(Structure, rss_1_1_keeps_its_items_in_a_list) {
    const auto parsed = must_read(
        "<Channel xmlns='http://purl.org/net/rss1.1#' "
        "xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
        "rdf:about='http://a.b/rss'><title>F</title><link>http://a.b/</link><items "
        "rdf:parseType='Collection'>"
        "<item rdf:about='http://a.b/1'><title>T</title><link>http://a.b/1</link></item></items></Channel>");
    EXPECT_EQ(parsed.format, "rss-1.0");
    ASSERT_EQ(parsed.articles.size(), 1U);
    EXPECT_EQ(parsed.articles[0].own_id, "http://a.b/1");
}

TEST(Structure, the_nearest_language_counts_at_every_level) {
    const auto parsed = must_read(
        "<rss version='2.0' xml:lang='en'><channel xml:lang='fr'><item><title>a</title></item>"
        "<item xml:lang='it'><title>b</title></item></channel></rss>");
    EXPECT_EQ(parsed.articles.at(0).language, "fr");
    EXPECT_EQ(parsed.articles.at(1).language, "it");
    EXPECT_EQ(atom_entry("<title>T</title><content xml:lang='de'>c</content>").language, "de");
}

TEST(Structure, an_entry_without_a_page_has_what_comes_next_to_it) {
    EXPECT_EQ(atom_entry("<link rel='related' href='http://x.y/'/><id>http://a.b/1</id>").url, "http://x.y/");
    EXPECT_EQ(atom_entry("<id>http://a.b/1</id>").url, "http://a.b/1");
    EXPECT_EQ(atom_entry("<id>tag:a.b,2026:1</id>").url, "");
}

TEST(Structure, a_page_that_shows_a_feed_is_no_feed) {
    EXPECT_FALSE(
        read("<!DOCTYPE html><html><body><pre><rss version='2.0'><channel/></rss></pre></body></html>"));
}

TEST(Structure, a_label_does_not_decide_the_format) {
    const auto parsed =
        read("<feed xmlns='http://www.w3.org/2005/Atom'/>", "https://a.b/feed.json", "application/rss+xml");
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->format, "atom-1.0");
}

}  // namespace

}  // namespace newswatch::parse
