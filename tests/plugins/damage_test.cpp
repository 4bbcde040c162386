#include <gtest/gtest.h>

#include <string>

#include "reading.h"

namespace newswatch::parse {

namespace {

std::string rss(std::string_view inside) {
    return "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>F</title>" + std::string{inside} +
           "</channel></rss>";
}

constexpr std::string_view kGood = "<item><title>Good</title><link>http://a.b/good</link></item>";

TEST(Damage, a_good_document_is_not_called_repaired) {
    EXPECT_EQ(titles(rss(kGood)), "Good|");
    EXPECT_EQ(titles(rss("<item><title><![CDATA[a & b &nbsp; <c>]]></title></item>")), "a & b|");
}

TEST(Damage, a_bare_ampersand_is_a_letter) {
    EXPECT_EQ(titles(rss("<item><title>Q&A, AT&T & co</title></item>")), "!Q&A, AT&T & co|");
    const auto parsed = must_read(rss("<item><link>http://a.b/?x=1&y=2&copy=3</link></item>"));
    EXPECT_EQ(parsed.articles.at(0).url, "http://a.b/?x=1&y=2&copy=3");
}

TEST(Damage, a_bare_less_sign_is_a_letter) {
    EXPECT_EQ(titles(rss("<item><title>1 < 2</title></item>" + std::string{kGood})), "!1 < 2|Good|");
    EXPECT_EQ(titles(rss("<item><title>I <3 you</title></item>" + std::string{kGood})), "!I <3 you|Good|");
}

TEST(Damage, control_characters_go) {
    EXPECT_EQ(titles(rss("<item><title>a\x08"
                         "b\x01</title></item>")),
              "!ab|");
    EXPECT_EQ(titles(rss("<item><title>a&#x8;b&#0;</title></item>")), "!ab|");
    EXPECT_EQ(titles(rss(std::string{"<item><title>a\0b</title></item>", 32})), "!ab|");
    EXPECT_EQ(titles(rss("<item><title>a\xEF\xBF\xBE"
                         "b</title></item>")),
              "!ab|");
}

TEST(Damage, names_of_html_become_their_characters) {
    EXPECT_EQ(titles(rss("<item><title>caf&eacute; &ndash; &bogus;</title></item>")), "!café – &bogus;|");
}

TEST(Damage, names_of_xml_need_no_semicolon_before_a_blank) {
    EXPECT_EQ(titles(rss("<item><title>a &amp b &lt c &gt</title></item>")), "!a & b < c >|");
    EXPECT_EQ(must_read(rss("<item><link>http://a.b/?x=1&lt=2&ampere=3</link></item>")).articles.at(0).url,
              "http://a.b/?x=1&lt=2&ampere=3");
}

TEST(Damage, a_number_of_html_with_a_capital_x_is_its_character) {
    EXPECT_EQ(titles(rss("<item><title>a&#X41;&#X08;b</title></item>")), "!aAb|");
}

TEST(Damage, a_cdata_section_without_its_end_ends_with_its_element) {
    const std::string good{kGood};
    const std::string rest = "<description><![CDATA[d]]></description></item>";
    for (const std::string_view end : {"", "]]", "]"}) {
        const std::string torn = "<item><title><![CDATA[Torn" + std::string{end} + "</title>" + rest;
        const std::string title = end == "]" ? "Torn]|" : "Torn|";
        EXPECT_EQ(titles(rss(torn + good)), "!" + title + "Good|") << end;
        EXPECT_EQ(must_read(rss(torn)).articles.at(0).summary, "d") << end;
    }
}

TEST(Damage, what_was_never_ended_swallows_no_other_article) {
    const std::string good{kGood};
    const std::string next =
        "<item><title><![CDATA[Next]]></title><!-- c --><description><![CDATA[d]]></description></item>";
    for (const std::string_view torn :
         {"<!-- c ->", "<!-- c", "<!-- c --", "<!-- c --<b>", "<!", "<?php echo 1 >", "<?",
          "<description><![CDATA[d", "<description><![CDATA[<p classdescription>", "<enclosure type='audio/m",
          "<enclosure type=\"a", "<enclosure url='http://a.b/' type='audio/mpeg"}) {
        const std::string item = "<item><title>Torn</title>" + std::string{torn} + "</item>";
        EXPECT_EQ(titles(rss(good + item + next)), "!Good|Torn|Next|") << torn;
    }
}

TEST(Damage, an_article_that_was_commented_out_stays_out) {
    EXPECT_EQ(titles(rss("<!-- <item><title>Old</title></item> -->" + std::string{kGood})), "Good|");
    EXPECT_EQ(titles(rss("<item><title>A</title><!-- <item><title>B</title></item> --></item>&")), "!A|");
}

TEST(Damage, cdata_is_known_in_any_case) {
    EXPECT_EQ(titles(rss("<item><title><![cdata[a & b]]></title></item>")), "!a & b|");
}

TEST(Damage, cdata_in_cdata_leaves_an_end_behind) {
    const auto parsed = must_read(
        rss("<item><title>T</title><description><![CDATA[a <![CDATA[b]]> c]]></description></item>"));
    EXPECT_TRUE(parsed.recovered);
    EXPECT_EQ(parsed.articles.at(0).summary.substr(0, 5), "a b c");
    EXPECT_EQ(titles(rss("<item><title><![CDATA[a]]]]><![CDATA[>b]]></title></item>")), "a]]>b|");
}

TEST(Damage, entities_that_the_document_declares_are_no_damage) {
    EXPECT_EQ(
        titles("<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY paper \"The Gazette\">]><rss><channel><item>"
               "<title>&paper;</title></item></channel></rss>"),
        "The Gazette|");
}

TEST(Damage, attributes_without_quotes_are_read) {
    const auto parsed = must_read(rss("<item><guid isPermaLink=false>http://a.b/1</guid></item>"));
    EXPECT_TRUE(parsed.recovered);
    EXPECT_EQ(parsed.articles.at(0).own_id, "http://a.b/1");
    EXPECT_EQ(parsed.articles.at(0).url, "");
}

TEST(Damage, a_forgotten_quote_costs_one_attribute) {
    EXPECT_EQ(titles(rss("<item><enclosure url=\"http://a.b/x type='y'/><title>T</title></item>" +
                         std::string{kGood})),
              "!T|Good|");
}

TEST(Damage, unclosed_elements_are_closed_where_the_next_begins) {
    EXPECT_EQ(titles(rss("<item><title>One<link>http://a.b/1</link></item>" + std::string{kGood})),
              "!One|Good|");
    EXPECT_EQ(titles(rss("<item><title>One</title><item><title>Two</title></item>")), "!One|Two|");
    EXPECT_EQ(
        titles(rss("<item><title>One</title><description>a <b>b</description></item>" + std::string{kGood})),
        "!One|Good|");
}

TEST(Damage, stray_end_tags_are_passed_over) {
    EXPECT_EQ(titles(rss("</item></foo><item><title>One</title></b></item>" + std::string{kGood})),
              "!One|Good|");
}

TEST(Damage, what_stands_before_the_declaration_goes) {
    EXPECT_EQ(titles("\n\n  " + rss(kGood)), "!Good|");
    EXPECT_EQ(titles("<br />\n<b>Warning</b>: mysql in /x.php\n" + rss(kGood)), "!Good|");
    EXPECT_EQ(titles("garbage " + rss(kGood)), "!Good|");
}

TEST(Damage, what_stands_after_the_root_goes) {
    EXPECT_EQ(titles(rss(kGood) + "\n<script>track()</script> junk"), "!Good|");
    EXPECT_EQ(titles(rss(kGood) + "junk"), "!Good|");
}

TEST(Damage, wherever_a_document_is_cut_every_complete_article_survives) {
    std::string whole = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>F</title>";
    std::vector<std::size_t> ends;
    for (int i = 0; i < 3; ++i) {
        whole += "<item><title>T" + std::to_string(i) +
                 "</title><link>http://a.b/?a=1&amp;b=2</link><description><![CDATA[<p>x</p>]]></"
                 "description></item>";
        ends.push_back(whole.size());
    }
    whole += "</channel></rss>";
    for (std::size_t cut = ends[0]; cut < whole.size(); ++cut) {
        std::size_t complete = 0;
        while (complete < ends.size() && ends[complete] <= cut)
            ++complete;
        const auto parsed = must_read(whole.substr(0, cut));
        ASSERT_GE(parsed.articles.size(), complete) << "cut at " << cut;
        ASSERT_LE(parsed.articles.size(), complete + 1) << "cut at " << cut;
        for (std::size_t i = 0; i < complete; ++i) {
            ASSERT_EQ(parsed.articles[i].title, "T" + std::to_string(i)) << "cut at " << cut;
            ASSERT_EQ(parsed.articles[i].summary, "x") << "cut at " << cut;
        }
    }
}

TEST(Damage, a_field_that_was_cut_is_not_taken_for_whole) {
    const auto parsed = must_read("<rss><channel>" + std::string{kGood} + "<item><title>Half a ti");
    ASSERT_EQ(parsed.articles.size(), 1U);
    EXPECT_EQ(parsed.articles[0].title, "Good");
}

TEST(Damage, one_bad_byte_is_repaired_where_it_stands) {
    EXPECT_EQ(titles(rss("<item><title>délégation \xFF ici</title></item>" + std::string{kGood})),
              "!délégation \uFFFD ici|Good|");
}

TEST(Damage, what_was_repaired_is_named) {
    const auto parsed = must_read(rss("<item><title>A & B</title></item>"));
    ASSERT_FALSE(parsed.problems.empty());
    EXPECT_NE(parsed.problems[0].find("bare-ampersand"), std::string::npos);
}

}  // namespace

}  // namespace newswatch::parse
