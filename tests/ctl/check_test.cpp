#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "run_verb.h"

namespace newswatch::ctl {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr const char* kGood =
    "id: storms\nmatch:\n  any_of: [storm]\ntests:\n  - title: A storm is coming\n    expect: match\n";
constexpr const char* kBroken = "id: broken\nmatch:\n  any-of:\n    - x\n";

using CheckVerb = VerbTest;

TEST_F(CheckVerb, a_good_watchlist_tells_how_many_tests_passed) {
    const Outcome outcome = run_verb({"check", write("watchlists.d/storms.yaml", kGood)});
    EXPECT_EQ(outcome.exit, 0) << outcome.out << outcome.err;
    EXPECT_THAT(outcome.out, HasSubstr("storms   1 test passed\n"));
    EXPECT_THAT(outcome.out, HasSubstr("everything is fine"));
}

TEST_F(CheckVerb, a_mistake_is_shown_with_its_place) {
    const Outcome outcome = run_verb({"check", write("watchlists.d/broken.yaml", kBroken)});
    EXPECT_EQ(outcome.exit, 1);
    EXPECT_THAT(outcome.out, StartsWith("error[W06]: unknown setting `any-of` in `match`\n"));
    EXPECT_THAT(outcome.out, HasSubstr("--> watchlists.d/broken.yaml:3:3\n"));
}

TEST_F(CheckVerb, one_file_is_checked_without_its_neighbours) {
    write("watchlists.d/broken.yaml", kBroken);
    EXPECT_EQ(run_verb({"check", write("watchlists.d/storms.yaml", kGood)}).exit, 0);
}

TEST_F(CheckVerb, a_failing_inline_test_is_an_error) {
    const Outcome outcome = run_verb(
        {"check", write("watchlists.d/syria.yaml",
                        "id: syria-libya\nmatch:\n  all_of:\n    - region: SY\n    - region: LY\ntests:\n"
                        "  - title: Damascus sends envoy to Tripoli\n    expect: no_match\n")});
    EXPECT_EQ(outcome.exit, 1);
    EXPECT_THAT(
        outcome.out,
        HasSubstr("error[T40]: test 1 of syria-libya failed: it matched, but `no_match` was expected\n"
                  " --> watchlists.d/syria.yaml:7:12\n"));
    EXPECT_THAT(outcome.out, HasSubstr("«Tripoli»  (title, word 5)"));
    EXPECT_THAT(outcome.out, HasSubstr("= help: change `expect`, or tighten `match`"));
    EXPECT_THAT(outcome.out, HasSubstr("1 of 1 test failed"));
}

TEST_F(CheckVerb, without_arguments_everything_that_the_settings_name_is_checked) {
    const std::string config = write("newswatch.yaml", "instance: test\n");
    write("watchlists.d/storms.yaml", kGood);
    write("concepts.d/weather.yaml", "concepts:\n  weather:\n    terms:\n      en: [storm]\n");
    write("feeds.d/a.yaml", "feeds:\n  - https://a.example/rss\n");
    const Outcome outcome = run_verb({"--config", config, "check"});
    EXPECT_EQ(outcome.exit, 0) << outcome.out << outcome.err;
    EXPECT_THAT(outcome.out, HasSubstr("1 feed, 1 concept, 1 watchlist: everything is fine"));
}

TEST_F(CheckVerb, a_mistake_in_the_settings_is_shown) {
    const Outcome outcome = run_verb({"check", write("newswatch.yaml", "polling:\n  at_once: -1\n")});
    EXPECT_EQ(outcome.exit, 1);
    EXPECT_THAT(outcome.out, HasSubstr("error[S20]"));
}

TEST_F(CheckVerb, a_file_outside_the_known_folders_is_known_by_its_keys) {
    EXPECT_THAT(run_verb({"check", write("anywhere/w.yaml", kGood)}).out, HasSubstr("1 test passed"));
    EXPECT_THAT(run_verb({"check", write("elsewhere/f.yaml", "feeds:\n  - https://a.example/rss\n")}).out,
                HasSubstr("1 feed: everything is fine"));
}

TEST_F(CheckVerb, a_file_that_is_nothing_of_ours_is_refused_with_what_to_do) {
    const Outcome outcome = run_verb({"check", write("notes.yaml", "shopping: [milk]\n")});
    EXPECT_EQ(outcome.exit, 1);
    EXPECT_THAT(outcome.err, HasSubstr("the folder says what a file is"));
}

TEST_F(CheckVerb, gcc_format_gives_paths_that_an_editor_can_open) {
    const std::string file = write("watchlists.d/broken.yaml", kBroken);
    const Outcome outcome = run_verb({"check", "--format", "gcc", file});
    EXPECT_EQ(outcome.exit, 1);
    EXPECT_TRUE(std::filesystem::exists(outcome.out.substr(0, outcome.out.find(':')))) << outcome.out;
    EXPECT_THAT(outcome.out, HasSubstr(":3:3: error: "));
}

TEST_F(CheckVerb, json_format_counts_and_lists) {
    const Outcome outcome =
        run_verb({"check", "--format", "json", write("watchlists.d/broken.yaml", kBroken)});
    const json all = json::parse(outcome.out);
    EXPECT_EQ(all["errors"], 1);
    EXPECT_EQ(all["findings"].at(0)["code"], "W06");
    EXPECT_EQ(all["findings"].at(0)["line"], 3);
}

TEST_F(CheckVerb, a_format_that_is_not_known_is_wrong_usage) {
    EXPECT_EQ(run_verb({"check", "--format", "xml", "."}).exit, 2);
}

TEST_F(CheckVerb, a_path_that_is_not_there_is_named) {
    const Outcome outcome = run_verb({"check", "/nowhere/watchlists.d"});
    EXPECT_EQ(outcome.exit, 1);
    EXPECT_THAT(outcome.err, HasSubstr("/nowhere/watchlists.d"));
}

TEST_F(CheckVerb, the_shipped_watchlists_pass) {
    const std::filesystem::path shipped =
        std::filesystem::path{NEWSWATCH_BINARY_DIR} / "share/newswatch/watchlists.d";
    const Outcome outcome = run_verb({"check", shipped.native()});
    EXPECT_EQ(outcome.exit, 0) << outcome.out;
    EXPECT_THAT(outcome.out, Not(HasSubstr("no tests")));
}

}  // namespace
}  // namespace newswatch::ctl
