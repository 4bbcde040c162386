#include "ctl/sample_feed.h"

#include <gmock/gmock.h>

#include "run_verb.h"

namespace newswatch::ctl {
namespace {

using testing::HasSubstr;

const Time kNow{std::chrono::sys_days{std::chrono::year{2026} / 1 / 31} + std::chrono::hours{9}};

std::string filled(std::string_view sample) {
    const Result<std::string> text = fill_in_times(sample, kNow);
    return text ? *text : text.error().what;
}

TEST(SampleFeed, times_of_rss_are_rfc_822) {
    EXPECT_EQ(filled("<pubDate>{{minutes_ago:12:rfc822}}</pubDate>"),
              "<pubDate>Sat, 31 Jan 2026 08:48:00 +0000</pubDate>");
}

TEST(SampleFeed, times_of_atom_are_rfc_3339) {
    EXPECT_EQ(filled("{{minutes_ago:600:rfc3339}}!{{minutes_ago:0:rfc3339}}"),
              "2026-01-30T23:00:00Z!2026-01-31T09:00:00Z");
}

TEST(SampleFeed, a_sample_without_times_stays_as_it_is) {
    EXPECT_EQ(filled("<rss>{ }</rss>"), "<rss>{ }</rss>");
}

TEST(SampleFeed, another_placeholder_is_quoted_in_the_error) {
    EXPECT_THAT(filled("{{hours_ago:1:rfc822}}"), HasSubstr("hours_ago:1:rfc822"));
    EXPECT_THAT(filled("{{minutes_ago:1:iso}}"), HasSubstr("no time of a sample"));
    EXPECT_THAT(filled("{{minutes_ago:1"), HasSubstr("no time of a sample"));
}

TEST(SampleFeed, every_expected_alert_is_about_an_article_of_a_sample) {
    const std::filesystem::path samples = std::filesystem::path{NEWSWATCH_SOURCE_DIR} / "config/demo";
    const Result<std::vector<SampleFeed>> feeds = read_sample_feeds(samples, kNow);
    ASSERT_TRUE(feeds) << feeds.error().line();
    const Result<std::vector<ExpectedAlert>> expected = read_expected(samples / "expected.json");
    ASSERT_TRUE(expected) << expected.error().line();
    for (const ExpectedAlert& alert : *expected) {
        const bool found = std::any_of(feeds->begin(), feeds->end(), [&](const SampleFeed& feed) {
            return feed.body.find(alert.title) != std::string::npos;
        });
        EXPECT_TRUE(found) << alert.title;
    }
}

TEST(SampleFeed, a_folder_without_samples_is_named) {
    const Result<std::vector<SampleFeed>> feeds = read_sample_feeds("/nowhere/demo", kNow);
    ASSERT_FALSE(feeds);
    EXPECT_THAT(feeds.error().line(), HasSubstr("/nowhere/demo"));
}

}  // namespace
}  // namespace newswatch::ctl
