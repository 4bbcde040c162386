#include "text/html.h"

#include <gtest/gtest.h>

#include <string>

#include "text/html_entities.h"

namespace newswatch::text {

namespace {

TEST(Html, tags_go_and_words_stay) {
    EXPECT_EQ(html_to_text("<p>Talks <b>in</b> <a href=\"x\">Geneva</a></p>"), "Talks in Geneva");
}

TEST(Html, inline_elements_do_not_separate_letters) {
    EXPECT_EQ(html_to_text("<b>L</b>ibya and Sy<i>ria</i>"), "Libya and Syria");
}

TEST(Html, block_elements_separate_lines) {
    EXPECT_EQ(html_to_text("<p>One</p><p>Two</p><div>Three<br>Four</div><ul><li>a</li><li>b</li></ul>"),
              "One\nTwo\nThree\nFour\na\nb");
}

TEST(Html, table_cells_separate_words) {
    EXPECT_EQ(html_to_text("<table><tr><td>Syria</td><td>Libya</td></tr></table>"), "Syria Libya");
}

TEST(Html, white_space_is_folded) {
    EXPECT_EQ(html_to_text("  <p>\n a\t b&nbsp;&nbsp; c </p>\n"), "a b c");
}

TEST(Html, scripts_styles_and_comments_are_no_text) {
    EXPECT_EQ(html_to_text("a<script>if (x < 1) alert('</p>')</script>b"), "ab");
    EXPECT_EQ(html_to_text("a <STYLE>p { color: red }</STYLE >b"), "a b");
    EXPECT_EQ(html_to_text("a<!-- b > c -->d"), "ad");
    EXPECT_EQ(html_to_text("a<iframe src=x>no frames</iframe> b"), "a b");
}

TEST(Html, what_is_never_closed_does_not_bring_its_content_back) {
    EXPECT_EQ(html_to_text("a<script>var b"), "a");
    EXPECT_EQ(html_to_text("a<!-- b"), "a");
    EXPECT_EQ(html_to_text("a <a href=\"x"), "a");
}

TEST(Html, a_greater_sign_in_a_quoted_value_ends_no_tag) {
    EXPECT_EQ(html_to_text("<img alt=\"a > b\" src=x>text"), "text");
    EXPECT_EQ(html_to_text("<a title='x > y'>text</a>"), "text");
}

TEST(Html, a_forgotten_quote_does_not_swallow_the_text) {
    EXPECT_EQ(html_to_text("<a href=\"x>text</a> more"), "text more");
}

TEST(Html, a_less_sign_before_no_name_is_text) {
    EXPECT_EQ(html_to_text("1 < 2 and <3 &amp; so"), "1 < 2 and <3 & so");
}

TEST(Html, named_references_are_decoded) {
    EXPECT_EQ(html_to_text("&lt;b&gt; &eacute; &hellip; &rsquo; &NotEqualTilde; &Aacute;"), "<b> é … ’ ≂̸ Á");
}

TEST(Html, old_names_need_no_semicolon) {
    EXPECT_EQ(html_to_text("caf&eacute &copy 2026 &notit;"), "café © 2026 ¬it;");
}

TEST(Html, what_is_no_reference_stays) {
    EXPECT_EQ(html_to_text("AT&T, Q&A, &bogus; & <b>co</b>"), "AT&T, Q&A, &bogus; & co");
}

TEST(Html, numbers_are_decoded) {
    EXPECT_EQ(html_to_text("&#233;&#xE9;&#XE9;&#x1F600;"), "ééé😀");
}

TEST(Html, numbers_from_128_to_159_are_windows_1252) {
    EXPECT_EQ(html_to_text("&#147;now&#148; &#128;5 &#x92;"), "“now” €5 ’");
    EXPECT_EQ(html_to_text("<b>\u0093now\u0094</b>"), "“now”");
}

TEST(Html, impossible_numbers_are_replaced_and_controls_go) {
    EXPECT_EQ(html_to_text("a&#0;b&#xD800;c&#x110000;d&#99999999999;e"), "a\uFFFDb\uFFFDc\uFFFDd\uFFFDe");
    EXPECT_EQ(html_to_text("a&#8;b\x01"
                           "c<i>d</i>"),
              "abcd");
}

TEST(Html, marks_with_a_meaning_are_kept) {
    EXPECT_EQ(html_to_text("<p>می\u200Cخواهم</p>"), "می\u200Cخواهم");
    EXPECT_EQ(html_to_text("<p>\u200Fسوريا</p>"), "\u200Fسوريا");
}

TEST(Html, the_result_is_composed) {
    EXPECT_EQ(html_to_text("<p>e&#x301;te\u0301</p>"), "été");
}

TEST(Html, a_text_that_was_escaped_twice_is_stripped_twice) {
    EXPECT_EQ(html_to_text("&lt;p&gt;Talks &amp;amp; more&lt;/p&gt;"), "Talks & more");
}

TEST(Html, a_text_about_a_tag_keeps_it) {
    EXPECT_EQ(html_to_text("how to use &lt;section&gt; well"), "how to use <section> well");
}

TEST(Html, cdata_inside_html_is_its_text) {
    EXPECT_EQ(html_to_text("<p><![CDATA[Talks <b>now</b>]]> end</p>"), "Talks now end");
    EXPECT_EQ(html_to_text("<![CDATA[open <b>to</b> the end"), "open to the end");
}

struct Case {
    const char* html;
    const char* text;
};

void PrintTo(const Case& each, std::ostream* out) {
    *out << each.html;
}

class StripsHtml : public testing::TestWithParam<Case> {};

TEST_P(StripsHtml, as_a_reader_sees_it) {
    EXPECT_EQ(html_to_text(GetParam().html), GetParam().text);
}

constexpr Case kMalformed[] = {
    {"<!' he wrote <b>today</b>", "<!' he wrote today"},
    {"a<![if !IE]>b<![endif]>c<!DOCTYPE x [<!ENTITY y 'z'>]>", "abc]>"},
    {"a<br/>b<br />c<BR>d", "a\nb\nc\nd"},
    {"<p>one<p>two", "one\ntwo"},
    {"<b>one <i>two</b> three</i>", "one two three"},
    {"one</p></div></b> two", "one\ntwo"},
    {"a < b and c > d", "a < b and c > d"},
    {"a<b then c", "a<b then c"},
    {"a<b", "a"},
    {"5 <6 and 7> 6", "5 <6 and 7> 6"},
    {"write to <ann@e.org> now", "write to <ann@e.org> now"},
    {"see <https://e.org/a> now", "see <https://e.org/a> now"},
    {"a <unknown>b</unknown> c", "a b c"},
    {"a</>b</ p>c", "abc"},
    {"wow <! this", "wow <! this"},
    {"wow <? this", "wow <? this"},
    {"a<?xml version=\"1.0\"?>b<!DOCTYPE html>c", "abc"},
    {"a<!-->b<!--->c<!-- d --!>e", "abce"},
    {"a<!--[if mso]><p>outlook</p><![endif]-->b", "ab"},
    {"<![if !mso]>a<![endif]>b", "ab"},
    {"a<img src=x alt='a picture' title=\"b\">b", "ab"},
    {"<a href='x' title=\"1 > 0\">a</a>", "a"},
    {"<a href=x title=it's>a</a> b's", "a b's"},
    {"<a\nhref=x\n>a</a\n>b", "ab"},
    {"<xhtml:p>a</xhtml:p><xhtml:p>b</xhtml:p>", "a\nb"},
    {"a<o:p></o:p>b", "ab"},
};
INSTANTIATE_TEST_SUITE_P(Malformed, StripsHtml, testing::ValuesIn(kMalformed));

constexpr Case kUnseen[] = {
    {"a<noscript>turn on scripts</noscript>b", "ab"},
    {"a<video controls>your browser is old</video>b", "ab"},
    {"a<audio src=x>your browser is old</audio>b", "ab"},
    {"a<template><p>x</p></template>b", "ab"},
    {"a<object data=x>no plug-in</object>b", "ab"},
    {"a<svg><title>logo</title></svg>b", "ab"},
    {"a<iframe src=x>b", "ab"},  // never closed: only scripts and styles take the rest along
    {"a<iframe src=x/>b", "ab"},
    {"a<video src=x>b<p>c", "ab\nc"},
    {"a<style>b", "a"},
    {"a<SCRIPT>b</sCript >c", "ac"},
    {"a<script>'</scripts>'</script>b", "ab"},
    {"<textarea>a</textarea><select><option>b<option>c</select>", "a\nb\nc"},
    {"<ruby>東<rp>(</rp><rt>とう</rt><rp>)</rp>京</ruby>", "東京"},
    {"<ruby>東<rt>とう<rt>京</ruby>", "東"},
};
INSTANTIATE_TEST_SUITE_P(Unseen, StripsHtml, testing::ValuesIn(kUnseen));

constexpr Case kReferences[] = {
    {"&amp;#8217; &amp;eacute; &amp;nbsp;x", "’ é x"},  // escaped once too often
    {"&amp;lt;b&amp;gt; &amp;amp; &amp;#60;", "&lt;b&gt; &amp; &#60;"},
    {"AT&amp;T &amp;bogus;", "AT&T &bogus;"},
    {"&#xD83D;&#xDE00; &#55357;&#56832;", "😀 😀"},
    {"&#xD83D; x &#xDE00;", "\uFFFD x \uFFFD"},
    {"&#133; &#x80; &#150;&#x97;", "… € –—"},
    {"&#129;a", "a"},
    {"&ampa &ltb &copy2026", "&a <b ©2026"},
    {"&nbsp&nbsp;a&nbsp b", "a b"},
    {"&zwnj;&zwj;&lrm;&rlm;&shy;", "\u200C\u200D\u200E\u200F\u00AD"},
    {"&", "&"},
    {"&#", "&#"},
    {"&#x;", "&#x;"},
    {"&;", "&;"},
};
INSTANTIATE_TEST_SUITE_P(References, StripsHtml, testing::ValuesIn(kReferences));

TEST(Html, hostile_input_comes_to_an_end) {
    // What takes more than linear time does not end before ctest's limit.
    constexpr int kPieces = 200'000;
    for (const std::string_view piece : {"<div>", "<a =\"", "<!--", "&#", "&a", "<script>", "</", "<![CDATA[",
                                         "<a '", "<iframe>", "<a@", "<!", "&amp;", "<rt>", "<!--->"}) {
        std::string html;
        for (int i = 0; i < kPieces; ++i)
            html.append(piece);
        EXPECT_LE(html_to_text(html).size(), html.size()) << piece;
        EXPECT_LE(html_to_text(html + ">").size(), html.size() + 1) << piece;
    }
}

TEST(TidyText, markup_is_left_alone) {
    EXPECT_EQ(tidy_text(" a <b> &amp;  c "), "a <b> &amp; c");
}

TEST(TidyText, an_empty_line_is_a_paragraph) {
    EXPECT_EQ(tidy_text("one\ntwo\n \nthree\r\n\r\nfour"), "one two\nthree\nfour");
}

TEST(TidyText, controls_and_byte_order_marks_go) {
    EXPECT_EQ(tidy_text("\uFEFFa\x02"
                        "b\uFFFF"),
              "ab");
}

TEST(LooksLikeHtml, tags_and_references_tell) {
    EXPECT_TRUE(looks_like_html("a <b>bold</b> word"));
    EXPECT_TRUE(looks_like_html("AT&amp;T"));
    EXPECT_TRUE(looks_like_html("it&#8217;s"));
    EXPECT_TRUE(looks_like_html("<![CDATA[Open letter]]>"));
    EXPECT_TRUE(looks_like_html("a<!-- note -->b"));
}

TEST(LooksLikeHtml, other_angle_brackets_do_not) {
    EXPECT_FALSE(looks_like_html("Vec<T> explained"));
    EXPECT_FALSE(looks_like_html("1 < 2, 3 > 2"));
    EXPECT_FALSE(looks_like_html("how <![CDATA[ begins"));
    EXPECT_FALSE(looks_like_html("Q&A about AT&T"));
}

TEST(HtmlEntities, the_table_is_sorted) {
    EXPECT_EQ(named_entity("zwnj"), "\u200C");
    EXPECT_EQ(named_entity("AElig"), "\u00C6");
    EXPECT_EQ(named_entity("CounterClockwiseContourIntegral"), "\u2233");
    EXPECT_EQ(named_entity("nosuch"), "");
}

}  // namespace

}  // namespace newswatch::text
