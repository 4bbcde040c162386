#include "ctl/alert_view.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <sstream>

namespace newswatch::ctl {
namespace {

using nlohmann::json;
using testing::HasSubstr;

class AlertView : public testing::Test {
  protected:
    json payload_ = json::parse(R"({"id":"abc","subject":"storms/urgent","time":"2026-01-31T09:05:00Z",
        "sequence":"00000000000000000042",
        "data":{"watchlist":{"id":"storms","name":"Storms"},
                "article":{"title":"عاصفة","language":"ar","url":"https://a.example/1","feed":{"name":"Wire"}},
                "matches":[{"field":"title","text":"عاصفة","term":"عاصفة","start":0,"end":5,"rule":"w.yaml:4"},
                           {"field":"title","text":"عاصفة","term":"عاصفة","start":0,"end":5,"rule":"w.yaml:4"},
                           {"field":"summary","text":"x","term":"x","start":0,"end":1,"rule":"w.yaml:5"}],
                "explanation":"storm «عاصفة» · place «x»"}})");
    std::stringstream stream_;
    Console console_{.in = stream_, .out = stream_, .err = stream_};
};

TEST_F(AlertView, a_line_tells_priority_watchlist_language_and_title) {
    EXPECT_THAT(alert_line(payload_, console_), HasSubstr("URG   storms  ar  \u2068عاصفة\u2069\n"));
}

TEST_F(AlertView, every_quoted_word_is_isolated_and_its_fields_are_named_once) {
    EXPECT_THAT(alert_line(payload_, console_),
                HasSubstr("why  storm «\u2068عاصفة\u2069» · place «\u2068x\u2069» (title, summary)\n"));
}

TEST_F(AlertView, a_page_names_the_line_of_the_rule_and_the_number) {
    const std::string page = alert_page(payload_, Time{}, console_);
    EXPECT_THAT(page, HasSubstr("w.yaml:4"));
    EXPECT_THAT(page, HasSubstr("number 42 of its stream"));
    EXPECT_THAT(page, HasSubstr("https://a.example/1"));
}

TEST_F(AlertView, a_digest_lists_its_titles) {
    payload_["data"].erase("article");
    payload_["data"]["count"] = 2U;
    payload_["data"]["titles"] = {"one", "two"};
    const std::string block = alert_block(payload_, Time{}, console_);
    EXPECT_THAT(block, HasSubstr("2 articles at once"));
    EXPECT_THAT(block, HasSubstr("- \u2068two\u2069"));
}

TEST_F(AlertView, a_payload_that_is_no_alert_is_shown_without_falling_over) {
    EXPECT_NO_THROW(static_cast<void>(alert_line(json::parse("[1]"), console_)));
    EXPECT_NO_THROW(static_cast<void>(alert_page(json{{"data", "x"}, {"subject", 5}}, Time{}, console_)));
}

TEST_F(AlertView, a_near_miss_says_what_was_found_once_and_what_is_missing) {
    const json entry = json::parse(R"({"watchlist":"w","title":"T","clauses":3,"missing":"Libya",
        "found":[{"text":"Syria"},{"text":"Syria"},{"text":"envoy"}]})");
    EXPECT_EQ(
        near_miss(entry, console_),
        " ○ almost  w: \u2068T\u2069\n   found «\u2068Syria\u2069» «\u2068envoy\u2069»; missing: Libya\n");
}

TEST_F(AlertView, a_near_miss_by_exclusion_says_so) {
    EXPECT_THAT(near_miss(json{{"missing", "excluded by sport"}}, console_),
                HasSubstr("; but excluded by sport\n"));
}

}  // namespace
}  // namespace newswatch::ctl
