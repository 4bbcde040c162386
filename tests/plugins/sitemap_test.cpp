#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "reading.h"
#include "text/date.h"

namespace newswatch::parse {

namespace {

using testing::ElementsAre;

std::string urlset(std::string_view inside) {
    return "<?xml version='1.0' encoding='UTF-8'?><urlset "
           "xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' "
           "xmlns:news='http://www.google.com/schemas/sitemap-news/0.9' "
           "xmlns:image='http://www.google.com/schemas/sitemap-image/1.1' "
           "xmlns:video='http://www.google.com/schemas/sitemap-video/1.1' "
           "xmlns:xhtml='http://www.w3.org/1999/xhtml'>" +
           std::string{inside} + "</urlset>";
}

TEST(Sitemap, the_version_in_the_address_of_a_vocabulary_does_not_count) {
    std::string document = urlset(
        "<url><loc>http://a.b/1</loc><news:news><news:title>T</news:title></news:news>"
        "<image:image><image:loc>http://a.b/i</image:loc></image:image></url>");
    for (const std::string_view written : {"sitemap-news/0.9", "sitemap-image/1.1"})
        document.replace(document.find(written) + written.size() - 3, 3, "2.0/");
    const Article article = must_read(document).articles.at(0);
    EXPECT_EQ(article.title, "T");
    EXPECT_EQ(article.image, "http://a.b/i");
}

TEST(Sitemap, a_url_with_its_news_is_an_article) {
    const auto parsed = must_read(urlset(
        "<url><loc>https://a.b/1?x=1&amp;y=2</loc><lastmod>2026-01-28</lastmod><news:news><news:publication>"
        "<news:name>The Gazette</news:name><news:language>el</news:language></news:publication>"
        "<news:publication_date>2026-01-27T09:00:00+02:00</news:publication_date>"
        "<news:title>Talks &amp;amp; terms</news:title><news:keywords>talks, "
        "Crete</news:keywords></news:news>"
        "<image:image><image:loc>https://a.b/i.jpg</image:loc><image:title>Not "
        "this</image:title></image:image>"
        "</url>"));
    EXPECT_EQ(parsed.format, "sitemap");
    EXPECT_FALSE(parsed.recovered);
    EXPECT_EQ(parsed.feed.title, "The Gazette");
    ASSERT_EQ(parsed.articles.size(), 1U);
    const Article& article = parsed.articles[0];
    EXPECT_EQ(article.own_id, "");
    EXPECT_EQ(article.url, "https://a.b/1?x=1&y=2");
    EXPECT_EQ(article.title, "Talks & terms");
    EXPECT_EQ(text::rfc3339(article.published.value()), "2026-01-27T07:00:00Z");
    EXPECT_EQ(text::rfc3339(article.updated.value()), "2026-01-28T00:00:00Z");
    EXPECT_EQ(article.language, "el");
    EXPECT_EQ(article.image, "https://a.b/i.jpg");
    EXPECT_THAT(article.categories, ElementsAre("talks", "Crete"));
}

TEST(Sitemap, a_plain_sitemap_gives_addresses_and_times) {
    const auto parsed = must_read(
        urlset("<url><loc> https://a.b/1 </loc><lastmod>2026-01-28</lastmod><xhtml:link rel='alternate' "
               "hreflang='de' href='https://a.b/de'/></url><url><lastmod>2026-01-28</lastmod></url>"));
    ASSERT_EQ(parsed.articles.size(), 1U);
    EXPECT_EQ(parsed.articles[0].url, "https://a.b/1");
    EXPECT_TRUE(parsed.articles[0].updated);
}

TEST(Sitemap, a_film_gives_title_and_summary_where_there_are_no_news) {
    const auto parsed = must_read(
        urlset("<url><loc>https://a.b/1</loc><video:video><video:title>T</video:title><video:description>D"
               "</video:description><video:thumbnail_loc>https://a.b/t.jpg</video:thumbnail_loc></"
               "video:video></url>"));
    ASSERT_EQ(parsed.articles.size(), 1U);
    EXPECT_EQ(parsed.articles[0].title, "T");
    EXPECT_EQ(parsed.articles[0].summary, "D");
    EXPECT_EQ(parsed.articles[0].image, "https://a.b/t.jpg");
}

TEST(Sitemap, damage_is_repaired_like_that_of_a_feed) {
    const auto parsed = must_read(urlset(
        "<url><loc>https://a.b/?x=1&y=2</loc><news:news><news:title>A & B</news:title></news:news></url>"
        "<url><loc>https://a.b/2<news:news><news:title>C</news:title></news:news></url>"));
    EXPECT_TRUE(parsed.recovered);
    ASSERT_EQ(parsed.articles.size(), 2U);
    EXPECT_EQ(parsed.articles[0].url, "https://a.b/?x=1&y=2");
    EXPECT_EQ(parsed.articles[1].url, "https://a.b/2");
    EXPECT_EQ(parsed.articles[1].title, "C");
}

TEST(Sitemap, an_index_is_refused_with_the_sitemap_to_take) {
    const auto parsed = read(
        "<?xml version='1.0'?><sitemapindex "
        "xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><sitemap><loc>"
        "https://a.b/pages.xml</loc></sitemap><sitemap><loc>https://a.b/news.xml?a=1&amp;b=2</loc></sitemap>"
        "</sitemapindex>");
    ASSERT_FALSE(parsed);
    EXPECT_EQ(parsed.error().what, "this is an index of sitemaps, not a feed");
    EXPECT_NE(parsed.error().help.find("https://a.b/news.xml?a=1&b=2"), std::string::npos);
}

}  // namespace

}  // namespace newswatch::parse
