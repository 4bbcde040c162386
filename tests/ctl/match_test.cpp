#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "run_verb.h"

namespace newswatch::ctl {
namespace {

using nlohmann::json;
using testing::HasSubstr;

class MatchVerb : public VerbTest {
  protected:
    MatchVerb() { write("watchlists.d/libya.yaml", "id: libya\nmatch:\n  any_of:\n    - region: LY\n"); }
    Outcome match(const std::string& lines) const {
        return run_verb({"match", "--watchlists", (folder_ / "watchlists.d").native(), "-"}, lines);
    }
};

TEST_F(MatchVerb, a_match_is_one_line_with_its_spans) {
    const Outcome outcome = match(R"({"id":"a","title":"زيارة إلى ليبيا","language":"ar"})"
                                  "\n");
    EXPECT_EQ(outcome.exit, 0) << outcome.err;
    const json line = json::parse(outcome.out);
    EXPECT_EQ(line["article"], "a");
    EXPECT_EQ(line["watchlist"], "libya");
    const json& span = line["spans"].at(0);
    EXPECT_EQ(span["field"], "title");
    EXPECT_EQ(span["start"], 10);  // code points, not bytes
    EXPECT_EQ(span["end"], 15);
    EXPECT_EQ(span["text"], "ليبيا");
    EXPECT_EQ(span["rule"], "watchlists.d/libya.yaml:4");
}

TEST_F(MatchVerb, an_article_that_matches_nothing_prints_nothing) {
    const Outcome outcome = match("{\"title\":\"Nothing to see\"}\n");
    EXPECT_EQ(outcome.exit, 0);
    EXPECT_EQ(outcome.out, "");
}

TEST_F(MatchVerb, a_bad_line_is_named_and_the_others_are_matched) {
    const Outcome outcome = match("{\"title\":\"Libya\"}\nnot json\n{\"title\":\"Libya\"}\n");
    EXPECT_EQ(outcome.exit, 1);
    EXPECT_THAT(outcome.err, HasSubstr("standard input:2: "));
    EXPECT_THAT(outcome.out, HasSubstr("\"article\":1"));
    EXPECT_THAT(outcome.out, HasSubstr("\"article\":3"));
}

TEST_F(MatchVerb, a_broken_watchlist_is_reported_and_the_others_match) {
    write("watchlists.d/broken.yaml", "id: broken\nmatch:\n  any-of: [x]\n");
    const Outcome outcome = match("{\"title\":\"Libya\"}\n");
    EXPECT_EQ(outcome.exit, 1);
    EXPECT_THAT(outcome.err, HasSubstr("W06"));
    EXPECT_THAT(outcome.out, HasSubstr("\"watchlist\":\"libya\""));
}

TEST_F(MatchVerb, shipped_concepts_are_known) {
    write("watchlists.d/talks.yaml", "id: talks\nmatch:\n  concept: diplomacy\n");
    EXPECT_THAT(match("{\"title\":\"The ambassador arrived\",\"language\":\"en\"}\n").out,
                HasSubstr("talks"));
}

TEST_F(MatchVerb, a_folder_of_concepts_replaces_the_shipped_ones) {
    write("watchlists.d/talks.yaml", "id: talks\nmatch:\n  concept: weather\n");
    write("concepts/weather.yaml", "concepts:\n  weather:\n    terms:\n      en: [storm]\n");
    const Outcome outcome = run_verb({"match", "--watchlists", (folder_ / "watchlists.d").native(),
                                      "--concepts", (folder_ / "concepts").native(), "-"},
                                     "{\"title\":\"A storm\"}\n");
    EXPECT_EQ(outcome.exit, 0) << outcome.err;
    EXPECT_THAT(outcome.out, HasSubstr("talks"));
}

TEST_F(MatchVerb, a_file_that_is_not_there_is_named) {
    const Outcome outcome = run_verb({"match", "--watchlists", folder_.native(), "missing.jsonl"});
    EXPECT_EQ(outcome.exit, 1);
    EXPECT_THAT(outcome.err, HasSubstr("missing.jsonl"));
}

}  // namespace
}  // namespace newswatch::ctl
