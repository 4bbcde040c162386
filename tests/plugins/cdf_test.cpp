#include <gtest/gtest.h>

#include "reading.h"
#include "text/date.h"

namespace newswatch::parse {

namespace {

TEST(Cdf, channels_and_items_are_read) {
    const auto parsed = must_read(
        "<?xml version=\"1.0\"?><CHANNEL HREF=\"http://a.b/index.htm\" BASE=\"http://a.b/news/\" "
        "LASTMOD=\"1998-11-05T20:10\"><TITLE>Channel</TITLE><ABSTRACT>About &amp; around</ABSTRACT>"
        "<LOGO HREF=\"logo.gif\" STYLE=\"IMAGE\"/>"
        "<ITEM HREF=\"one.htm\" "
        "LASTMOD=\"1998-11-06T10:00\"><TITLE>One</TITLE><ABSTRACT>First</ABSTRACT></ITEM>"
        "<CHANNEL BASE=\"http://a.b/sport/\"><TITLE>Inside</TITLE><ITEM><A HREF=\"two.htm\"/>"
        "<TITLE VALUE=\"Two\"/></ITEM></CHANNEL></CHANNEL>");
    EXPECT_EQ(parsed.format, "cdf");
    EXPECT_FALSE(parsed.recovered);
    EXPECT_EQ(parsed.feed.title, "Channel");
    EXPECT_EQ(parsed.feed.link, "http://a.b/index.htm");
    EXPECT_EQ(parsed.feed.description, "About & around");
    EXPECT_TRUE(parsed.feed.updated);
    ASSERT_EQ(parsed.articles.size(), 2U);
    EXPECT_EQ(parsed.articles[0].url, "http://a.b/news/one.htm");
    EXPECT_EQ(parsed.articles[0].title, "One");
    EXPECT_EQ(parsed.articles[0].summary, "First");
    EXPECT_EQ(text::rfc3339(parsed.articles[0].updated.value()), "1998-11-06T10:00:00Z");
    EXPECT_EQ(parsed.articles[1].url, "http://a.b/sport/two.htm");
    EXPECT_EQ(parsed.articles[1].title, "Two");
}

TEST(Cdf, an_rss_channel_without_its_root_is_still_rss) {
    const auto parsed = must_read("<channel><title>F</title><item><title>T</title></item></channel>");
    EXPECT_EQ(parsed.format, "rss-2.0");
    ASSERT_EQ(parsed.articles.size(), 1U);
}

}  // namespace

}  // namespace newswatch::parse
