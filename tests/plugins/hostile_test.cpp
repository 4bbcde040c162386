#include <gtest/gtest.h>

#include <string>

#include "parse/article_sink.h"
#include "reading.h"

namespace newswatch::parse {

namespace {

std::string repeat(std::string_view piece, std::size_t times) {
    std::string text;
    text.reserve(piece.size() * times);
    for (std::size_t i = 0; i < times; ++i)
        text.append(piece);
    return text;
}

TEST(Hostile, external_entities_are_not_followed) {
    const auto parsed = read(
        "<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><rss><channel><item>"
        "<title>a&x;b</title></item></channel></rss>");
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->articles.at(0).title, "a&x;b");
}

TEST(Hostile, an_entity_bomb_does_not_grow) {
    std::string bomb = "<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a0 'ha'>";
    for (int i = 1; i < 20; ++i) {
        const std::string before = "&a" + std::to_string(i - 1) + ";";
        bomb += "<!ENTITY a" + std::to_string(i) + " '" + repeat(before, 10) + "'>";
    }
    bomb += "]><rss><channel><item><title>&a19;</title></item></channel></rss>";
    const auto parsed = read(bomb);
    ASSERT_TRUE(parsed);
    EXPECT_LT(parsed->articles.at(0).title.size(), 100U);
}

TEST(Hostile, entities_of_the_document_expand_to_a_bound_in_all) {
    const std::string document = "<!DOCTYPE rss [<!ENTITY a '" + std::string(1000, 'x') +
                                 "'>]><rss><channel><item><title>T</title><description>" +
                                 repeat("&a;", 100'000) + "</description></item></channel></rss>";
    const auto parsed = read(document);
    ASSERT_TRUE(parsed);
    EXPECT_LT(parsed->articles.at(0).summary.size(), std::size_t{1} << 20);
}

TEST(Hostile, a_million_attributes_and_millions_of_tags_are_bounded) {
    std::string attributes;
    for (int i = 0; i < 1'000'000; ++i)
        attributes += " a" + std::to_string(i) + "=''";
    const auto wide =
        read("<rss><channel><item><title>T</title></item><x" + attributes + "/></channel></rss>");
    ASSERT_TRUE(wide);
    EXPECT_EQ(wide->articles.size(), 1U);
    const auto long_one =
        read("<rss><channel><item><title>T</title></item>" + repeat("<a/>", 2'500'000) + "</channel></rss>");
    ASSERT_TRUE(long_one);
    EXPECT_TRUE(long_one->recovered);
    EXPECT_EQ(long_one->articles.size(), 1U);
}

TEST(Hostile, channels_inside_channels_are_no_stairs) {
    static_cast<void>(read(repeat("<channel href='x'>", 200'000)));
    static_cast<void>(
        read("<rss>" + repeat("<channel>", 200'000) + repeat("</channel>", 200'000) + "</rss>"));
    static_cast<void>(read(repeat("<channel href='x'>", 200'000) + repeat("</channel>", 200'000)));
}

TEST(Hostile, two_hundred_thousand_nested_tags_are_survived) {
    const std::string deep = repeat("<div>", 200'000);
    static_cast<void>(read("<rss><channel><item><description>" + deep));
    static_cast<void>(read("<rss><channel><item><description>" + deep + repeat("</div>", 200'000) +
                           "</description></item></channel></rss>"));
    static_cast<void>(read("<feed xmlns='http://www.w3.org/2005/Atom'><entry><content type='xhtml'>" + deep +
                           repeat("</div>", 200'000) + "</content></entry></feed>"));
    static_cast<void>(read(repeat("<rss>", 200'000)));
    static_cast<void>(read("<rss xmlns:media='http://search.yahoo.com/mrss/'><channel><item>" +
                           repeat("<media:group>", 200'000) + repeat("</media:group>", 200'000) +
                           "</item></channel></rss>"));
}

TEST(Hostile, patterns_that_tempt_a_repair_cost_linear_time) {
    for (const std::string_view piece :
         {"<a b=\"", "<![CDATA[", "<!--", "&", "<item>", "</x>", "<title>", "< ", "<a b='", "&#x", "<?", "<!",
          "<item><title>", "<a x=<", "&a;"}) {
        SCOPED_TRACE(piece);
        static_cast<void>(read("<rss><channel>" + repeat(piece, 100'000)));
    }
}

TEST(Hostile, thousands_of_prefixes_are_not_searched_for_every_element) {
    std::string root = "<rss version='2.0'";
    for (int i = 0; i < 100'000; ++i)
        root += " xmlns:p" + std::to_string(i) + "='urn:x'";
    const auto parsed = read(root + "><channel><item><title>T</title></item>" + repeat("<p0:a/>", 300'000) +
                             "</channel></rss>");
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->articles.size(), 1U);
}

TEST(Hostile, a_huge_attribute_is_only_long) {
    const auto parsed = read("<rss version='2.0'><channel><item><title>T</title><enclosure url='http://a.b/" +
                             std::string(5'000'000, 'x') + "'/></item></channel></rss>");
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->articles.at(0).title, "T");
}

TEST(Hostile, articles_beyond_the_limit_are_left_out_and_noted) {
    const auto parsed =
        read("<rss><channel>" + repeat("<item><title>T</title></item>", 50'000) + "</channel></rss>");
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->articles.size(), kMostArticles);
    EXPECT_FALSE(parsed->problems.empty());
}

TEST(Hostile, a_text_beyond_the_limit_is_cut_between_characters_and_noted) {
    const auto parsed = read("<rss><channel><item><description>" + repeat("é", 1'000'000) +
                             "</description></item></channel></rss>");
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->articles.at(0).summary.size(), kLongestText);
    EXPECT_FALSE(parsed->problems.empty());
}

std::string atom_feed(std::string_view head, std::size_t entries) {
    return "<feed xmlns='http://www.w3.org/2005/Atom' " + std::string{head} +
           repeat("<entry><title>T</title><link href='z'/><link rel='enclosure' href='e'/></entry>",
                  entries) +
           "</feed>";
}

TEST(Hostile, a_type_longer_than_any_feed_needs_is_refused_with_its_reason) {
    const auto parsed = read("<!DOCTYPE rss [" + repeat("<!ENTITY a 'b'>", 100'000) +
                             "]><rss><channel><item><title>T</title></item></channel></rss>");
    ASSERT_FALSE(parsed);
    EXPECT_NE(parsed.error().what.find("does not come to its root"), std::string::npos);
}

TEST(Hostile, a_long_base_is_not_joined_with_every_link) {
    const auto parsed = read(atom_feed("xml:base='http://a.b/" + repeat("x/", 500'000) + "'>", 9'000));
    ASSERT_TRUE(parsed);
    ASSERT_EQ(parsed->articles.size(), 9'000U);
    EXPECT_EQ(parsed->articles[0].url, "https://news.example/z");
}

TEST(Hostile, what_all_articles_inherit_is_bounded) {
    const std::string author = "<author><name>" + repeat("é", 250'000) + "</name></author>";
    const auto long_name = read(atom_feed(">" + author, 3'000));
    ASSERT_TRUE(long_name);
    ASSERT_EQ(long_name->articles.size(), 3'000U);
    EXPECT_EQ(long_name->articles[0].authors.at(0).name.size(), kLongestPersonPart);

    std::string authors;
    for (int i = 0; i < 100; ++i)
        authors += "<author><name>" + std::to_string(i) + std::string(4'000, 'x') + "</name></author>";
    const std::string document = atom_feed(">" + authors, 9'000);
    const auto many = read(document);
    ASSERT_TRUE(many);
    EXPECT_GT(many->articles.size(), 10U);
    EXPECT_LT(many->articles.size() * 400'000, most_bytes_held(document.size()));
    EXPECT_FALSE(many->problems.empty());
}

TEST(Hostile, hundreds_of_thousands_of_names_in_one_article_are_not_compared) {
    std::string item = "<item>";
    for (int i = 0; i < 300'000; ++i) {
        const std::string number = std::to_string(i);
        item += i % 3 == 0   ? "<category>c" + number + "</category>"
                : i % 3 == 1 ? "<author>a" + number + "</author>"
                             : "<enclosure url='http://a.b/" + number + "'/>";
    }
    const auto parsed = read("<rss><channel>" + item + "</item></channel></rss>");
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->articles.at(0).categories.size(), kMostInList);
}

TEST(Hostile, lists_have_an_end) {
    std::string item = "<item>";
    for (int i = 0; i < 500; ++i) {
        const std::string number = std::to_string(i);
        item += "<category>c" + number + "</category><author>a" + number +
                "</author><enclosure url='http://a.b/" + number + "'/>";
    }
    const auto parsed = read("<rss><channel>" + item + "</item></channel></rss>");
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->articles.at(0).categories.size(), kMostInList);
    EXPECT_EQ(parsed->articles.at(0).authors.size(), kMostInList);
    EXPECT_EQ(parsed->articles.at(0).enclosures.size(), kMostInList);
}

}  // namespace

}  // namespace newswatch::parse
