#include "rules/inline_tests.h"

#include <gmock/gmock.h>

#include "rule_files.h"

namespace newswatch::rules {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

using InlineTests = RuleFiles;

TEST_F(InlineTests, passed_tests_are_counted_for_each_watchlist) {
    write("watchlists.d/storms.yaml",
          "id: storms\nmatch:\n  any_of: [storm]\ntests:\n  - title: A storm is coming\n    expect: match\n"
          "  - title: Sunshine\n    expect: no_match\n");
    const Rules rules = load();
    ASSERT_THAT(rules.tests, SizeIs(1));
    EXPECT_EQ(rules.tests.front().watchlist, "storms");
    EXPECT_EQ(rules.tests.front().passed, 2U);
    EXPECT_EQ(rules.tests.front().failed, 0U);
}

TEST_F(InlineTests, a_failing_test_points_at_its_title) {
    write("watchlists.d/syria.yaml",
          "id: syria-libya\nmatch:\n  all_of:\n    - region: SY\n    - region: LY\ntests:\n"
          "  - title: Damascus sends envoy to Tripoli\n    expect: no_match\n");
    const Rules rules = load();
    ASSERT_THAT(rules.findings, SizeIs(1));
    const settings::Finding& finding = rules.findings.front();
    EXPECT_EQ(finding.headline, "test 1 of syria-libya failed: it matched, but `no_match` was expected");
    EXPECT_EQ(finding.place.file, "watchlists.d/syria.yaml");
    EXPECT_EQ(finding.place.line, 7U);
    EXPECT_EQ(finding.place.column, 12U);
    EXPECT_EQ(finding.length, 31U);
    EXPECT_EQ(finding.excerpt, "  - title: Damascus sends envoy to Tripoli");
}

TEST_F(InlineTests, a_test_that_matched_says_because_of_what) {
    write("watchlists.d/syria.yaml",
          "id: syria-libya\nmatch:\n  all_of:\n    - region: SY\n    - region: LY\ntests:\n"
          "  - title: Damascus sends envoy to Tripoli\n    expect: no_match\n");
    const Rules rules = load();
    ASSERT_THAT(rules.findings, SizeIs(1));
    EXPECT_THAT(rules.findings.front().help, Contains(HasSubstr("«Damascus»  (title, word 1)")));
    EXPECT_THAT(rules.findings.front().help, Contains(HasSubstr("«Tripoli»  (title, word 5)")));
}

TEST_F(InlineTests, a_test_that_did_not_match_says_what_is_missing) {
    write("watchlists.d/syria.yaml",
          "id: syria-libya\nmatch:\n  all_of:\n    - region: SY\n    - region: LY\n    - envoy\ntests:\n"
          "  - title: Damascus sends an envoy\n    expect: match\n");
    const Rules rules = load();
    ASSERT_THAT(rules.findings, SizeIs(1));
    EXPECT_THAT(rules.findings.front().help, Contains(HasSubstr("missing: Libya")));
}

TEST_F(InlineTests, the_text_and_the_language_of_a_test_count) {
    write("watchlists.d/talks.yaml",
          "id: talks\nmatch:\n  any_of: [müzakere]\ntests:\n  - title: Ankara\n"
          "    text: Yeni müzakereler başladı.\n    language: tr\n    expect: match\n");
    EXPECT_THAT(load().findings, IsEmpty());
}

TEST_F(InlineTests, a_limit_to_feeds_does_not_fail_a_test) {
    write("watchlists.d/storms.yaml",
          "id: storms\nfeeds: [Weather]\nmatch:\n  any_of: [storm]\ntests:\n  - title: A storm is coming\n"
          "    expect: match\n");
    EXPECT_THAT(load().findings, IsEmpty());
}

}  // namespace
}  // namespace newswatch::rules
