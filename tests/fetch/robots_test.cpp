#include "fetch/robots.h"

#include <gtest/gtest.h>

#include <string>

namespace newswatch::fetch {
namespace {

struct Case {
    std::string name{};
    std::string robots{};
    std::string target{};
    bool allowed{true};
};

void PrintTo(const Case& one, std::ostream* out) {
    *out << one.name;
}

class RobotsTest : public testing::TestWithParam<Case> {};

TEST_P(RobotsTest, decides_as_rfc_9309_says) {
    EXPECT_EQ(Robots::read(GetParam().robots, "newswatch").allow(GetParam().target), GetParam().allowed);
}

const Case kCases[] = {
    {"an_empty_file_allows_all", "", "/a", true},
    {"anybodys_group_holds_where_there_is_no_other", "User-agent: *\nDisallow: /a\n", "/a/b", false},
    {"another_path_is_allowed", "User-agent: *\nDisallow: /a\n", "/b", true},
    {"a_path_is_a_beginning", "User-agent: *\nDisallow: /fish\n", "/fishing?x=1", false},
    {"letters_of_a_path_keep_their_case", "User-agent: *\nDisallow: /Fish\n", "/fish", true},
    {"our_own_group_goes_first", "User-agent: *\nDisallow: /\n\nUser-agent: newswatch\nDisallow: /x\n", "/a",
     true},
    {"our_name_in_any_case_and_with_a_version", "User-Agent: NewsWatch/2.0\nDisallow: /a\n", "/a", false},
    {"a_longer_name_is_not_ours", "User-agent: newswatcher\nDisallow: /\n", "/a", true},
    {"two_groups_of_ours_are_one",
     "User-agent: newswatch\nDisallow: /a\n\nUser-agent: newswatch\nDisallow: /b\n", "/b", false},
    {"several_names_share_a_group", "User-agent: other\nUser-agent: newswatch\nDisallow: /a\n", "/a", false},
    {"a_rule_ends_the_names", "User-agent: newswatch\nDisallow: /a\nUser-agent: other\nDisallow: /b\n", "/b",
     true},
    {"a_sitemap_line_ends_no_group", "User-agent: *\nSitemap: https://a.example/s.xml\nDisallow: /a\n", "/a",
     false},
    {"the_longest_rule_decides", "User-agent: *\nAllow: /a/b\nDisallow: /a\n", "/a/b/c", true},
    {"whatever_their_order", "User-agent: *\nDisallow: /a\nAllow: /a/b\n", "/a/b/c", true},
    {"allow_wins_where_both_are_as_long", "User-agent: *\nDisallow: /page\nAllow: /page\n", "/page", true},
    {"an_empty_disallow_forbids_nothing", "User-agent: *\nDisallow:\n", "/a", true},
    {"a_star_is_anything", "User-agent: *\nDisallow: /*/print\n", "/news/2026/print", false},
    {"a_star_may_be_nothing", "User-agent: *\nDisallow: /a*b\n", "/ab", false},
    {"a_dollar_is_the_end", "User-agent: *\nDisallow: /*.php$\n", "/a.php?x=1", true},
    {"and_only_the_end", "User-agent: *\nDisallow: /*.php$\n", "/a.php", false},
    {"a_star_and_a_dollar_take_the_last_place", "User-agent: *\nDisallow: /*a$\n", "/banana", false},
    {"an_encoded_letter_is_the_letter", "User-agent: *\nDisallow: /%61bc\n", "/abc", false},
    {"letters_outside_ascii_are_encoded", "User-agent: *\nDisallow: /\xD9\x85\n", "/%d9%85", false},
    {"an_encoded_slash_is_none", "User-agent: *\nDisallow: /a%2Fb\n", "/a/b", true},
    {"comments_are_passed_over", "User-agent: * # all\nDisallow: /a # not here\n", "/a", false},
    {"lines_may_end_in_any_way", "User-agent: *\rDisallow: /a\r", "/a", false},
    {"a_bom_is_passed_over", "\xEF\xBB\xBFUser-agent: *\nDisallow: /a\n", "/a", false},
    {"a_rule_before_any_name_is_nobodys", "Disallow: /\n", "/a", true},
    {"a_page_of_html_has_no_rules", "<html><body>User-agent here</body></html>", "/a", true},
    {"its_own_file_is_always_allowed", "User-agent: *\nDisallow: /\n", "/robots.txt", true},
};
INSTANTIATE_TEST_SUITE_P(Rules, RobotsTest, testing::ValuesIn(kCases),
                         [](const auto& one) { return one.param.name; });

TEST(Robots, of_a_site_that_cannot_be_asked_allow_nothing) {
    EXPECT_FALSE(Robots::none().allow("/a"));
}

TEST(Robots, of_a_site_without_them_allow_all) {
    EXPECT_TRUE(Robots::all().allow("/a"));
}

TEST(Robots, a_rule_of_many_stars_takes_no_longer_than_its_length) {
    std::string stars = "User-agent: *\nDisallow: /";
    for (int i = 0; i < 1000; ++i)
        stars += "*a";
    EXPECT_TRUE(Robots::read(stars + "*b\n", "newswatch").allow("/" + std::string(2000, 'a')));
}

}  // namespace
}  // namespace newswatch::fetch
