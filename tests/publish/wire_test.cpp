#include "publish/wire.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "samples.h"

namespace newswatch::publish {
namespace {

using nlohmann::json;
using testing::ElementsAre;

json payload_of(const Alert& alert) {
    return json::parse(encode_payload(alert, "desk one"));
}

TEST(Wire, the_payload_is_a_CloudEvent_with_the_attributes_of_nw_1) {
    const json event = payload_of(sample_alert());
    EXPECT_EQ(event["specversion"], "1.0");
    EXPECT_EQ(event["id"], hash128({"alert"}).text());
    EXPECT_EQ(event["source"], "/newswatch/desk%20one");
    EXPECT_EQ(event["type"], "org.newswatch.alert.v1");
    EXPECT_EQ(event["subject"], "syria-libya/high");
    EXPECT_EQ(event["time"], "2026-03-14T12:00:00.123456Z");
    EXPECT_EQ(event["datacontenttype"], "application/json");
    EXPECT_EQ(event["sequence"], "00000000000000000042");
    EXPECT_EQ(event["nwstream"], "6f1c2c1e-8a51-4a4e-9d0c-0b1f7f3a9b10");
    EXPECT_EQ(event["nwprev"], "00000000000000000040");
    EXPECT_FALSE(event.contains("sequencetype"));
    EXPECT_FALSE(event.contains("relatedid"));
}

TEST(Wire, attribute_names_are_lower_case_letters_and_digits) {
    // CloudEvents 1.0.2 §3.1, and at most 20 of them.
    const json event = payload_of(sample_alert());
    for (const auto& [name, value] : event.items()) {
        EXPECT_LE(name.size(), 20U) << name;
        EXPECT_EQ(name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789"), std::string::npos) << name;
    }
}

TEST(Wire, the_data_hold_watchlist_article_matches_and_explanation) {
    const json data = payload_of(sample_alert())["data"];
    EXPECT_EQ(data["watchlist"],
              (json{{"id", "syria-libya"}, {"name", "Syria–Libya diplomacy"}, {"rev", "r7"}}));
    EXPECT_EQ(data["article"], (json{{"id", hash128({"article"}).text()},
                                     {"url", "https://gazette.example/1"},
                                     {"title", "وزير الخارجية في دمشق"},
                                     {"summary", "A short summary."},
                                     {"published", "2026-03-14T11:00:00Z"},
                                     {"updated", nullptr},
                                     {"feed",
                                      {{"id", feed_id("https://gazette.example/feed").text()},
                                       {"name", "The Gazette"},
                                       {"url", "https://gazette.example/feed"}}},
                                     {"language", "ar"},
                                     {"truncated", false}}));
    ASSERT_EQ(data["matches"].size(), 2U);
    EXPECT_EQ(data["matches"][0], (json{{"term", "الخارجية"},
                                        {"field", "title"},
                                        {"start", 5},
                                        {"end", 13},
                                        {"text", "الخارجية"},
                                        {"rule", "watchlists.d/syria-libya.yaml:12"}}));
    EXPECT_EQ(data["explanation"], "syria-libya fired because the title holds الخارجية.");
    EXPECT_TRUE(data["duplicate_of"].is_null());
}

TEST(Wire, a_list_field_is_named_as_in_the_article_with_its_index) {
    Alert alert = sample_alert();
    alert.spans[0].field = FieldName::author;
    const json matches = payload_of(alert)["data"]["matches"];
    EXPECT_EQ(matches[0]["field"], "authors[0]");
    EXPECT_EQ(matches[1]["field"], "categories[2]");
}

TEST(Wire, an_update_names_the_alert_that_it_updates) {
    Alert alert = sample_alert();
    alert.kind = AlertKind::updated;
    alert.related = hash128({"first"});
    const json event = payload_of(alert);
    EXPECT_EQ(event["type"], "org.newswatch.alert.updated.v1");
    EXPECT_EQ(event["relatedid"], hash128({"first"}).text());
}

TEST(Wire, a_digest_lists_the_ids_it_stands_for) {
    Alert alert = sample_alert();
    alert.kind = AlertKind::digest;
    alert.listed = {hash128({"a"}), hash128({"b"})};
    alert.listed_titles = {"first", "second"};
    const json event = payload_of(alert);
    EXPECT_EQ(event["type"], "org.newswatch.alert.digest.v1");
    EXPECT_THAT(event["data"]["alerts"], ElementsAre(hash128({"a"}).text(), hash128({"b"}).text()));
    EXPECT_THAT(event["data"]["titles"], ElementsAre("first", "second"));
    EXPECT_EQ(event["data"]["count"], 2);
    EXPECT_EQ(event["data"]["feed"]["url"], alert.feed_url);
    EXPECT_EQ(event["data"]["truncated"], false);
    EXPECT_FALSE(event["data"].contains("article"));
}

TEST(Wire, what_is_not_known_is_null) {
    Alert alert = sample_alert();
    alert.article = {};
    const json article = payload_of(alert)["data"]["article"];
    EXPECT_TRUE(article["url"].is_null());
    EXPECT_TRUE(article["published"].is_null());
    EXPECT_TRUE(article["language"].is_null());
    EXPECT_EQ(article["title"], "");
}

TEST(Wire, a_date_that_RFC_3339_cannot_write_is_null) {
    Alert alert = sample_alert();
    alert.article.published = Time{std::chrono::sys_days{std::chrono::year{12'000} / 1 / 1}};
    alert.article.updated = Time{std::chrono::sys_days{std::chrono::year{1} / 1 / 1}};
    const json article = payload_of(alert)["data"]["article"];
    EXPECT_TRUE(article["published"].is_null());
    EXPECT_EQ(article["updated"], "0001-01-01T00:00:00Z");
}

/// The largest alert that a publisher can bring about: every text long, every character growing.
Alert monster(const std::string& piece) {
    Alert alert = sample_alert();
    std::string text;
    while (text.size() < 2'000'000)
        text += piece;
    alert.watchlist_name = alert.watchlist_rev = alert.feed_name = alert.feed_url = alert.explanation = text;
    alert.article.url = alert.article.title = alert.article.summary = alert.article.language = text;
    alert.spans.assign(2000, {.field = FieldName::content,
                              .index = 0,
                              .start = 0,
                              .end = 9,
                              .text = text.substr(0, 5000),
                              .term = text.substr(0, 5000),
                              .rule = text.substr(0, 5000),
                              .meaning = ""});
    return alert;
}

TEST(Wire, no_payload_is_larger_than_256_KiB) {
    for (const char* piece : {"x", "\"", "\x80", "\u202E", "ل", "🕊"}) {
        const std::string payload = encode_payload(monster(piece), "desk");
        EXPECT_LE(payload.size(), std::size_t{256} * 1024) << piece;
        const json event = json::parse(payload);
        EXPECT_EQ(event["data"]["article"]["truncated"], true);
        EXPECT_GT(event["data"]["matches"].size(), 10U);
    }
}

TEST(Wire, no_digest_is_larger_than_256_KiB) {
    Alert alert = monster("\u202E");
    alert.kind = AlertKind::digest;
    alert.listed.assign(100'000, hash128({"a"}));
    alert.listed_titles.assign(100'000, std::string(3000, '"'));
    const std::string payload = encode_payload(alert, "desk");
    EXPECT_LE(payload.size(), std::size_t{256} * 1024);
    const json data = json::parse(payload)["data"];
    EXPECT_EQ(data["count"], 100'000);
    EXPECT_EQ(data["truncated"], true);
}

TEST(Wire, a_text_that_fits_is_not_called_truncated) {
    Alert alert = sample_alert();
    alert.article.summary = std::string(20'000, 's');
    const json article = payload_of(alert)["data"]["article"];
    EXPECT_EQ(article["summary"].get<std::string>().size(), 20'000U);
    EXPECT_EQ(article["truncated"], false);
}

TEST(Wire, hostile_text_in_every_field_gives_valid_json) {
    Alert alert = sample_alert();
    const std::string hostile{"\xFF\0\"\\\x1B[2J\u202E\xED\xA0\x80", 14};
    alert.watchlist_name = alert.feed_name = alert.article.title = alert.explanation = hostile;
    alert.spans[0].text = alert.spans[0].term = hostile;
    const std::string payload = encode_payload(alert, hostile);
    ASSERT_TRUE(json::accept(payload)) << payload;
    EXPECT_EQ(payload.find('\0'), std::string::npos);
    EXPECT_EQ(payload.find('\x1B'), std::string::npos);
    EXPECT_EQ(payload.find("\u202E"), std::string::npos);
}

TEST(Wire, numbers_are_two_unsigned_64_bit_big_endian) {
    EXPECT_THAT(encode_numbers(0x0102030405060708, 0xFFFFFFFFFFFFFFFE),
                ElementsAre(1, 2, 3, 4, 5, 6, 7, 8, 255, 255, 255, 255, 255, 255, 255, 254));
}

TEST(Wire, a_heartbeat_says_stream_head_first_boot_revision_and_time) {
    const std::string text =
        encode_heartbeat({.stream = "s", .head = 18'446'744'073'709'551'615U, .first = 7}, "b", 3, kNoon);
    EXPECT_EQ(text, R"({"stream":"s","head":18446744073709551615,"first":7,"boot":"b","config_rev":3,)"
                    R"("time":"2026-03-14T12:00:00Z"})");
}

}  // namespace
}  // namespace newswatch::publish
