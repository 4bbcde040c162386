#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "rule_files.h"

namespace newswatch::rules {
namespace {

std::vector<std::string> codes(const Rules& rules) {
    std::vector<std::string> codes;
    for (const settings::Finding& finding : rules.findings)
        if (finding.severity == settings::Severity::warning)
            codes.push_back(finding.code + ":" + std::to_string(finding.place.line));
    return codes;
}

struct Case {
    std::string name{};
    std::string text{};
    std::string finding{};  ///< CODE:LINE; empty: none
};

class Lint : public RuleFiles, public testing::WithParamInterface<Case> {};

TEST_P(Lint, says_what_can_never_count_and_nothing_else) {
    write("watchlists.d/a.yaml", GetParam().text);
    const std::vector<std::string> found = codes(load());
    if (GetParam().finding.empty()) {
        EXPECT_THAT(found, testing::IsEmpty());
    } else {
        EXPECT_THAT(found, testing::ElementsAre(GetParam().finding));
    }
}

INSTANTIATE_TEST_SUITE_P(
    Rules, Lint,
    testing::Values(
        Case{"block_for_another_language",
             "languages: [ar]\nmatch:\n  any_of:\n    - zorb\n    - any_of: [tavog]\n      languages: [fr]\n",
             "W56:5"},
        Case{"block_for_one_of_its_languages",
             "languages: [ar, fr]\nmatch:\n  any_of:\n    - zorb\n    - any_of: [tavog]\n      languages: "
             "[fr]\n",
             ""},
        Case{"term_without_a_word", "match:\n  any_of:\n    - zorb\n    - \"!!!\"\n", "W57:4"},
        Case{"expression_that_is_none", "match:\n  any_of:\n    - regex: \"(zorb\"\n", "W58:3"},
        Case{"phrase_with_an_excluded_word",
             "match:\n  any_of:\n    - zorb\n    - tavog cup\n  none_of: [cup]\n", "W59:4"},
        Case{"phrase_with_an_excluded_beginning",
             "match:\n  any_of:\n    - zorb\n    - tavog league\n  none_of: [leag*]\n", "W59:4"},
        Case{"prefix_of_three_letters", "match:\n  any_of:\n    - zorb\n    - tav*\n", "W61:4"},
        Case{"prefix_of_four_letters", "match:\n  any_of:\n    - zorb\n    - tavo*\n", ""},
        Case{"short_prefix_in_a_phrase", "match:\n  any_of:\n    - zorb tav*\n", ""},
        Case{"prefix_that_is_an_arabic_root", "match:\n  any_of:\n    - كتب*\n", ""},
        Case{"small_word_of_another_language", "match:\n  any_of:\n    - zorb\n    - die\n", "W62:4"},
        Case{"small_word_in_capitals", "match:\n  any_of:\n    - zorb\n    - WHO\n", "W62:4"},
        Case{"small_word_told_apart_by_capitals", "match:\n  any_of:\n    - exact: WHO\n", ""},
        Case{"small_word_of_a_language_that_is_not_watched",
             "languages: [en]\nmatch:\n  any_of:\n    - zorb\n    - die\n", ""},
        Case{"small_word_listed_for_the_language_that_is_meant", "match:\n  terms:\n    en: [die, zorb]\n",
             ""},
        Case{"word_within_an_excluded_phrase", "match:\n  any_of: [zorb]\n  none_of: [zorb cup]\n", ""},
        Case{"excluded_in_the_title_only",
             "match:\n  all_of:\n    - tavog cup\n    - none_of: [cup]\n      in: title\n", ""}),
    [](const auto& of) { return of.param.name; });

using LintOfFolder = RuleFiles;

TEST_F(LintOfFolder, two_watchlists_that_ask_for_the_same_are_told) {
    write("watchlists.d/a.yaml", "match:\n  any_of: [zorb]\n");
    write("watchlists.d/b.yaml", "match:\n  any_of: [zorb]\n");
    EXPECT_THAT(codes(load()), testing::ElementsAre("W60:1"));
}

TEST_F(LintOfFolder, a_feed_that_nobody_has_is_told) {
    std::filesystem::create_directories(folder_ / "feeds.d");
    write("feeds.d/a.yaml", "- https://a.example/rss\n");
    settings_.feeds = folder_ / "feeds.d";
    write("watchlists.d/a.yaml", "feeds: [https://a.example/rss, https://a.example/rs]\nmatch: zorb\n");
    EXPECT_THAT(codes(load()), testing::ElementsAre("W55:1"));
}

TEST_F(LintOfFolder, a_concept_names_only_regions_that_there_are) {
    write("concepts.d/a.yaml", "concepts:\n  places:\n    terms:\n      en: [{region: Narnia}]\n");
    const Rules rules = load();
    const auto found = std::ranges::find(rules.findings, "W07", &settings::Finding::code);
    ASSERT_NE(found, rules.findings.end());
    EXPECT_EQ(found->place.line, 4U);
}

}  // namespace
}  // namespace newswatch::rules
