#include "pipeline/control_api.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace newswatch {
namespace {

using namespace std::chrono_literals;
using Json = nlohmann::json;

FeedState answered() {
    FeedState state;
    state.last_success = Time{1h};
    return state;
}

TEST(HealthOfAFeed, a_feed_that_never_answered_is_new) {
    EXPECT_EQ(health_of({}), "new");
}

TEST(HealthOfAFeed, a_feed_whose_last_poll_failed_is_ill) {
    FeedState state = answered();
    state.failures_in_a_row = 1;
    EXPECT_EQ(health_of(state), "ill");
}

TEST(HealthOfAFeed, a_feed_that_answered_is_ok) {
    EXPECT_EQ(health_of(answered()), "ok");
}

TEST(PollRequestBody, an_empty_body_means_every_feed) {
    const auto urls = urls_of(" \n");
    ASSERT_TRUE(urls);
    EXPECT_TRUE(urls->empty());
}

TEST(PollRequestBody, the_listed_addresses_are_asked) {
    const auto urls = urls_of(R"({"urls":["https://a.example/","https://b.example/"]})");
    ASSERT_TRUE(urls);
    EXPECT_EQ(urls->size(), 2U);
}

TEST(PollRequestBody, what_is_no_list_of_addresses_is_refused_with_the_form_expected) {
    for (const char* body : {"[]", "{", R"({"urls":3})", R"({"urls":[3]})"}) {
        const auto urls = urls_of(body);
        ASSERT_FALSE(urls) << body;
        EXPECT_NE(urls.error().what.find("urls"), std::string::npos);
    }
}

TEST(PollAnswer, a_feed_whose_publisher_asked_us_to_wait_is_named_with_the_seconds_left) {
    Feed quick;
    quick.url = "https://quick.example/";
    Feed slow;
    slow.url = "https://slow.example/";
    FeedState waiting;
    waiting.not_before = Time{1h + 90s};
    const Json answer = Json::parse(poll_json(2, {}, {{quick, {}}, {slow, waiting}}, Time{1h}));
    EXPECT_EQ(answer["asked"], 1);
    EXPECT_EQ(answer["wait_seconds"], (Json{{"https://slow.example/", 90}}));
}

TEST(PollAnswer, feeds_that_were_not_meant_are_not_named) {
    Feed slow;
    slow.url = "https://slow.example/";
    FeedState waiting;
    waiting.not_before = Time{2h};
    const Json answer = Json::parse(poll_json(1, {"https://quick.example/"}, {{slow, waiting}}, Time{1h}));
    EXPECT_EQ(answer["asked"], 1);
    EXPECT_TRUE(answer["wait_seconds"].empty());
}

TEST(ControlJson, bytes_that_are_not_utf8_are_replaced) {
    Feed feed;
    feed.url = "https://a.example/";
    FeedState state;
    state.title = "caf\xE9";
    const Json feeds = Json::parse(feeds_json({{feed, state}}));
    EXPECT_EQ(feeds["feeds"][0]["title"], "caf\xEF\xBF\xBD");
}

TEST(ControlJson, only_errors_count_as_refused) {
    const settings::Finding warning{
        .severity = settings::Severity::warning, .code = "Y04", .headline = "curly quotes"};
    const settings::Finding error{.code = "W06", .headline = "unknown setting", .place = {"a.yaml", 3, 5}};
    const Json answer = Json::parse(reload_json({warning, error}));
    ASSERT_EQ(answer["refused"].size(), 1U);
    EXPECT_EQ(answer["refused"][0]["line"], 3);
    EXPECT_EQ(answer["refused"][0]["code"], "W06");
}

TEST(ControlJson, an_unknown_alert_is_404_with_what_to_do) {
    const control::ControlAnswer answer =
        alert_answer(fail(ErrorKind::bad_input, "no alert has the id a7f3"));
    EXPECT_EQ(answer.status, 404U);
    EXPECT_NE(answer.body.find("a7f3"), std::string::npos);
}

}  // namespace
}  // namespace newswatch
