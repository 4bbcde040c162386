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

TEST(Url, a_relative_reference_without_a_base_is_nothing) {
    EXPECT_EQ(resolve_url("a/b", ""), "");
    EXPECT_EQ(resolve_url("//host/a", ""), "");
}

TEST(Url, forbidden_characters_are_encoded_and_what_is_encoded_stays) {
    EXPECT_EQ(resolve_url(" https://e.org/a b/é?q=ü\n", ""), "https://e.org/a%20b/%C3%A9?q=%C3%BC");
    EXPECT_EQ(resolve_url("https://e.org/a%20b", ""), "https://e.org/a%20b");
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
          "https://example.org/a/b?utm_source=rss&id=7&fbclid=x"}) {
        EXPECT_EQ(canonical_url(other), kPage) << other;
    }
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
