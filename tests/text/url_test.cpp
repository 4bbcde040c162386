#include "text/url.h"

#include <gtest/gtest.h>

namespace newswatch::text {

namespace {

struct Case {
    std::string_view reference;
    std::string_view target;
};

TEST(Url, the_examples_of_rfc_3986_section_5_4) {
    constexpr Case kCases[] = {
        {"g:h", "g:h"},
        {"g", "http://a/b/c/g"},
        {"./g", "http://a/b/c/g"},
        {"g/", "http://a/b/c/g/"},
        {"/g", "http://a/g"},
        {"//g", "http://g/"},
        {"?y", "http://a/b/c/d;p?y"},
        {"g?y", "http://a/b/c/g?y"},
        {"#s", "http://a/b/c/d;p?q#s"},
        {"g#s", "http://a/b/c/g#s"},
        {"g?y#s", "http://a/b/c/g?y#s"},
        {";x", "http://a/b/c/;x"},
        {"g;x", "http://a/b/c/g;x"},
        {"g;x?y#s", "http://a/b/c/g;x?y#s"},
        {".", "http://a/b/c/"},
        {"./", "http://a/b/c/"},
        {"..", "http://a/b/"},
        {"../", "http://a/b/"},
        {"../g", "http://a/b/g"},
        {"../..", "http://a/"},
        {"../../", "http://a/"},
        {"../../g", "http://a/g"},
        {"../../../g", "http://a/g"},
        {"../../../../g", "http://a/g"},
        {"/./g", "http://a/g"},
        {"/../g", "http://a/g"},
        {"g.", "http://a/b/c/g."},
        {".g", "http://a/b/c/.g"},
        {"..g", "http://a/b/c/..g"},
        {"./../g", "http://a/b/g"},
        {"./g/.", "http://a/b/c/g/"},
        {"g/./h", "http://a/b/c/g/h"},
        {"g/../h", "http://a/b/c/h"},
        {"g;x=1/../y", "http://a/b/c/y"},
        {"g?y/../x", "http://a/b/c/g?y/../x"},
        {"g#s/../x", "http://a/b/c/g#s/../x"},
    };
    for (const Case& each : kCases) {
        EXPECT_EQ(resolve_url(each.reference, "http://a/b/c/d;p?q"), each.target) << each.reference;
    }
}

TEST(Url, an_absolute_reference_needs_no_base) {
    EXPECT_EQ(resolve_url("https://news.example.org/a", ""), "https://news.example.org/a");
    EXPECT_EQ(resolve_url("HTTPS://news.example.org", ""), "https://news.example.org/");
}

/// Most addresses are written as they should be; those that only look so are still put right.
TEST(Url, a_well_written_address_stays_letter_by_letter) {
    for (const std::string_view url :
         {"https://e.org/", "http://E.org/a.b/c..d/~x?u=/../&q=%2f#f", "https://a-b.e.org/(x)!$'*+,;=:@[]"}) {
        EXPECT_EQ(resolve_url(url, "https://o.example/feed"), url);
    }
    EXPECT_EQ(resolve_url("https://e.org", ""), "https://e.org/");
    EXPECT_EQ(resolve_url("https://e.org?a", ""), "https://e.org/?a");
    EXPECT_EQ(resolve_url("https://e.org/a/../b", ""), "https://e.org/b");
    EXPECT_EQ(resolve_url("https://e.org/a/.", ""), "https://e.org/a/");
    EXPECT_EQ(resolve_url("https://e.org\\a", ""), "https://e.org/a");
    EXPECT_EQ(resolve_url("https://e.org/a\n/b", ""), "https://e.org/a/b");
    EXPECT_EQ(resolve_url("https://e.org/a\x7F", ""), "https://e.org/a%7F");
    EXPECT_EQ(resolve_url("HTTPS://e.org/a", ""), "https://e.org/a");
    EXPECT_EQ(resolve_url("https:///e.org/a", ""), "https://e.org/a");
}

TEST(Url, a_relative_reference_without_a_base_is_nothing) {
    EXPECT_EQ(resolve_url("a/b", ""), "");
    EXPECT_EQ(resolve_url("//host/a", ""), "");
}

TEST(Url, forbidden_characters_are_encoded_and_what_is_encoded_stays) {
    EXPECT_EQ(resolve_url(" https://e.org/a b/é?q=ü\n", ""), "https://e.org/a%20b/%C3%A9?q=%C3%BC");
    EXPECT_EQ(resolve_url("https://e.org/a%20b", ""), "https://e.org/a%20b");
}

struct Resolved {
    const char* reference;
    const char* base;
    const char* target;
};

void PrintTo(const Resolved& each, std::ostream* out) {
    *out << each.reference;
}

class ResolvesUrl : public testing::TestWithParam<Resolved> {};

TEST_P(ResolvesUrl, as_browsers_do) {
    const Resolved& each = GetParam();
    EXPECT_EQ(resolve_url(each.reference, each.base), each.target);
}

constexpr const char* kBase = "https://e.org/news/list.html?page=2#top";

constexpr Resolved kResolved[] = {
    {"", kBase, "https://e.org/news/list.html?page=2"},
    {"#later", kBase, "https://e.org/news/list.html?page=2#later"},
    {"?page=3", kBase, "https://e.org/news/list.html?page=3"},
    {"../a", kBase, "https://e.org/a"},
    {"//cdn.e.org/a", kBase, "https://cdn.e.org/a"},
    {"\n  https://e.org/\n  a/b  \n", "", "https://e.org/a/b"},
    {"https://e.org/a\tb\nc", "", "https://e.org/abc"},
    {"\u00A0https://e.org/a\u200B", "", "https://e.org/a"},
    {"https:\\\\e.org\\a\\b?q=\\", "", "https://e.org/a/b?q=%5C"},
    {"\\a\\b", kBase, "https://e.org/a/b"},
    {"http:/e.org/a", "", "http://e.org/a"},
    {"http:///e.org/a", "", "http://e.org/a"},
    {"https:page.html", kBase, "https://e.org/news/page.html"},
    {"http:other.org/a", kBase, "http://other.org/a"},
    {"www.other.org/a", kBase, "http://www.other.org/a"},
    {"www.html", kBase, "https://e.org/news/www.html"},
    {"feed://e.org/a", "", "http://e.org/a"},
    {"feed:https://e.org/a", "", "https://e.org/a"},
    {"FEED:https://e.org/a", "", "https://e.org/a"},
    {"javascript:alert(1)", kBase, ""},
    {" JavaScript:alert(1)", kBase, ""},
    {"java\nscript:alert(1)", kBase, ""},
    {"data:text/html,a", kBase, ""},
    {"about:blank", kBase, ""},
    {"mailto:a@e.org", kBase, "mailto:a@e.org"},
    {"tag:e.org,2026:1", kBase, "tag:e.org,2026:1"},
    {"https://e.org/a b?c d#e f", "", "https://e.org/a%20b?c%20d#e%20f"},
    {"https://e.org/é/ü?q=ж", "", "https://e.org/%C3%A9/%C3%BC?q=%D0%B6"},
    {"https://e.org/%e9%zz%2F", "", "https://e.org/%e9%zz%2F"},
    {"https://e.org/a<b>\"c", "", "https://e.org/a%3Cb%3E%22c"},
    {"https://münchen.example/a", "", "https://xn--mnchen-3ya.example/a"},
    {"https://MÜNCHEN.example:8080/", "", "https://xn--mnchen-3ya.example:8080/"},
    {"https://m%C3%BCnchen.example/", "", "https://xn--mnchen-3ya.example/"},
    {"https://пример.рф/новости", "",
     "https://xn--e1afmkfd.xn--p1ai/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8"},
    {"//пример.рф/a", kBase, "https://xn--e1afmkfd.xn--p1ai/a"},
    {"a", "https://пример.рф/x/y", "https://xn--e1afmkfd.xn--p1ai/x/a"},
    {"https://user:word@e.org:443/a", "", "https://user:word@e.org:443/a"},
    {"https://[2001:db8::1]:8443/a", "", "https://[2001:db8::1]:8443/a"},
    {"https://e.org", "", "https://e.org/"},
    {"https://e.org/a?utm_source=rss&id=7", "", "https://e.org/a?utm_source=rss&id=7"},
    {"https://e.org/../../a/./b/../c", "", "https://e.org/a/c"},
    {"/a", "https://e.org", "https://e.org/a"},
    {"a", "https://e.org", "https://e.org/a"},
    {"?q", "https://e.org", "https://e.org/?q"},
};
INSTANTIATE_TEST_SUITE_P(Url, ResolvesUrl, testing::ValuesIn(kResolved));

TEST(Url, what_is_longer_than_any_address_is_none) {
    EXPECT_EQ(resolve_url("https://e.org/" + std::string(100'000, 'a'), ""), "");
}

TEST(Url, parts_are_slices) {
    const UrlParts parts = split_url("https://user@[2001:db8::1]:8443/a?b=c#d");
    EXPECT_EQ(parts.scheme, "https");
    EXPECT_EQ(parts.host, "2001:db8::1");
    EXPECT_EQ(parts.port, "8443");
    EXPECT_EQ(parts.path, "/a");
    EXPECT_EQ(parts.query, "b=c");
    EXPECT_EQ(parts.fragment, "d");
}

TEST(Url, an_empty_bracket_is_no_crash) {
    EXPECT_EQ(split_url("http://[").host, "");
    EXPECT_EQ(split_url("http://[]").host, "");
}

TEST(CanonicalUrl, the_same_page_is_the_same_address) {
    constexpr std::string_view kPage = "https://example.org/a/b?id=7";
    for (const std::string_view other :
         {"http://example.org/a/b?id=7", "https://www.example.org/a/b/?id=7",
          "HTTPS://Example.ORG:443/a/b?id=7", "http://example.org:80/a/b?id=7#top",
          "https://example.org/a/b?utm_source=rss&id=7&fbclid=x", "https://user:word@example.org/a/b?id=7",
          "https://example.org./a/b?id=7", "https://example.org/%61/b?id=%37",
          "https://example.org/a/b?id=7&amp;utm_medium=feed",
          "https://example.org/a/b?id=7&ref=rss#comments"}) {
        EXPECT_EQ(canonical_url(other), kPage) << other;
    }
}

TEST(CanonicalUrl, a_host_in_its_own_letters_is_the_host_in_punycode) {
    EXPECT_EQ(canonical_url("https://www.пример.рф/a"), canonical_url("http://xn--e1afmkfd.xn--p1ai/a/"));
    EXPECT_EQ(canonical_url("https://MÜNCHEN.example/é"), canonical_url("https://münchen.example/%c3%a9"));
}

class TrackingParameter : public testing::TestWithParam<const char*> {};

TEST_P(TrackingParameter, is_no_part_of_the_identity) {
    EXPECT_EQ(canonical_url(std::string{"https://e.org/a?id=7&"} + GetParam()), "https://e.org/a?id=7");
}

INSTANTIATE_TEST_SUITE_P(CanonicalUrl, TrackingParameter,
                         testing::Values("utm_source=a", "UTM_Campaign=a", "fbclid=a", "gclid=a",
                                         "gclsrc=aw.ds", "dclid=a", "gbraid=a", "wbraid=a", "msclkid=a",
                                         "yclid=a", "twclid=a", "ttclid=a", "igshid=a", "mc_cid=a",
                                         "mc_eid=a", "mkt_tok=a", "_hsenc=a", "_hsmi=a", "__hstc=a",
                                         "pk_campaign=a", "mtm_source=a", "at_medium=a", "ns_mchannel=rss",
                                         "xtor=RSS-1", "ref=rss", "source=feed", "from=rss", "partner=rss",
                                         "emc=rss", "cmpid=a", "ocid=a", "ncid=a", "ito=1490", "wt_mc=a",
                                         "wt.mc_id=a", "_ga=a", "srsltid=a", "rss=1", "guccounter=1",
                                         "ref_src=twsrc", "oly_enc_id=a", "vero_id=a"));

TEST(CanonicalUrl, parameters_that_name_an_article_stay) {
    for (const std::string_view parameter :
         {"ref=4711", "source=42", "from=2026", "p=7", "cid=7", "feed=7", "utm=7"}) {
        EXPECT_EQ(canonical_url(std::string{"https://e.org/a?"}.append(parameter)),
                  std::string{"https://e.org/a?"}.append(parameter));
    }
}

TEST(CanonicalUrl, what_is_canonical_stays_so) {
    for (const std::string_view url :
         {"https://www.www.e.org../a%%34%31//?amp;amp;%75tm_source=a&b=%zz", "ftp://E.org/%7e",
          "https://[2001:DB8::1]:8443/a", "https://e.org:443:443/", "ftp://]%ps:[/a", "https://www.[ab]c/",
          "https://m%C3%BCht.../", "https://m%C3%BCh%01t/", "https://ｗｗｗ．e.org/"}) {
        const std::string canonical = canonical_url(url);
        EXPECT_EQ(canonical_url(canonical), canonical);
    }
}

TEST(CanonicalUrl, a_fragment_that_names_a_page_stays) {
    EXPECT_NE(canonical_url("https://e.org/#!/a/1"), canonical_url("https://e.org/#!/a/2"));
    EXPECT_NE(canonical_url("https://e.org/#/a/1"), canonical_url("https://e.org/#/a/2"));
}

TEST(CanonicalUrl, the_order_of_parameters_does_not_count) {
    EXPECT_EQ(canonical_url("https://e.org/?b=2&a=1"), canonical_url("https://e.org/?a=1&b=2"));
}

TEST(CanonicalUrl, another_page_is_another_address) {
    EXPECT_NE(canonical_url("https://e.org/?id=1"), canonical_url("https://e.org/?id=2"));
    EXPECT_NE(canonical_url("https://e.org/A"), canonical_url("https://e.org/a"));
    EXPECT_NE(canonical_url("https://e.org:8080/"), canonical_url("https://e.org/"));
}

TEST(CanonicalUrl, what_is_no_web_address_stays) {
    EXPECT_EQ(canonical_url("urn:uuid:1"), "urn:uuid:1");
    EXPECT_EQ(canonical_url(""), "");
}

}  // namespace

}  // namespace newswatch::text
