#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "run_verb.h"

namespace newswatch::ctl {
namespace {

using nlohmann::json;
using testing::HasSubstr;

constexpr const char* kFeed =
    "<rss version=\"2.0\"><channel><title>F</title><item><guid>1</guid><title>One</title>"
    "<link>/one</link></item></channel></rss>";

using ParseVerb = VerbTest;

TEST_F(ParseVerb, a_feed_becomes_one_json_object) {
    const Outcome outcome = run_verb({"parse", "--url", "https://a.example/rss", "-"}, kFeed);
    EXPECT_EQ(outcome.exit, 0) << outcome.err;
    const json document = json::parse(outcome.out);
    EXPECT_EQ(document["format"], "rss-2.0");
    EXPECT_EQ(document["articles"].at(0)["url"], "https://a.example/one");
}

TEST_F(ParseVerb, a_file_is_read_like_standard_input) {
    EXPECT_EQ(run_verb({"parse", write("feed.xml", kFeed)}).exit, 0);
}

TEST_F(ParseVerb, what_is_no_feed_is_one_clear_line) {
    const Outcome outcome = run_verb({"parse", "-"}, "<!doctype html><html><body>Hello</body></html>");
    EXPECT_EQ(outcome.exit, 1);
    EXPECT_EQ(outcome.out, "");
    EXPECT_THAT(outcome.err, HasSubstr("not a feed"));
    EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1);
}

TEST_F(ParseVerb, a_file_that_is_not_there_is_named) {
    const Outcome outcome = run_verb({"parse", "missing.xml"});
    EXPECT_EQ(outcome.exit, 1);
    EXPECT_THAT(outcome.err, HasSubstr("missing.xml"));
}

TEST_F(ParseVerb, what_parse_prints_match_reads) {
    write("watchlists.d/one.yaml", "id: one\nmatch:\n  any_of: [one]\n");
    const json document = json::parse(run_verb({"parse", "-"}, kFeed).out);
    const Outcome outcome = run_verb({"match", "--watchlists", (folder_ / "watchlists.d").native(), "-"},
                                     document["articles"].at(0).dump() + "\n");
    EXPECT_EQ(outcome.exit, 0) << outcome.err;
    EXPECT_EQ(json::parse(outcome.out)["article"], "1");
}

}  // namespace
}  // namespace newswatch::ctl
