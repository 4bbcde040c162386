#include <filesystem>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/inline_tests.h"
#include "rules/regions.h"
#include "settings/settings.h"

/// What config/ ships, read as the programs read it.
namespace newswatch::rules {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

const std::filesystem::path kConfig = std::filesystem::path{NEWSWATCH_SOURCE_DIR} / "config";

std::string shown(const std::vector<settings::Finding>& findings) {
    std::string lines;
    for (const settings::Finding& finding : findings)
        lines += settings::render_line(finding) + '\n';
    return lines;
}

class ShippedConfig : public testing::Test {
  protected:
    void SetUp() override {
        const auto tables = load_regions(kConfig / "regions");
        ASSERT_TRUE(tables.has_value()) << tables.error().line();
        regions_ = *tables;
        concepts_ = settings::read_concepts(kConfig / "concepts", kConfig / "concepts");
        watchlists_ =
            settings::read_watchlists(kConfig / "watchlists.d", concepts_.value, region_lookup(regions_));
    }

    std::shared_ptr<const RegionTables> regions_;
    settings::Read<std::vector<Concept>> concepts_;
    settings::Read<std::vector<Watchlist>> watchlists_;
};

TEST_F(ShippedConfig, has_concepts_without_a_finding) {
    EXPECT_THAT(concepts_.findings, IsEmpty()) << shown(concepts_.findings);
    EXPECT_THAT(concepts_.value, SizeIs(17));
}

TEST_F(ShippedConfig, has_every_concept_in_the_great_languages) {
    for (const Concept& each : concepts_.value) {
        for (const std::string language : {"ar", "de", "en", "es", "fa", "fr", "ru", "tr"}) {
            EXPECT_TRUE(each.terms.contains(language)) << each.id << " has no words in " << language;
        }
    }
}

TEST_F(ShippedConfig, has_watchlists_without_a_finding) {
    EXPECT_THAT(watchlists_.findings, IsEmpty()) << shown(watchlists_.findings);
    EXPECT_THAT(watchlists_.value, SizeIs(3));
}

TEST_F(ShippedConfig, has_watchlists_that_pass_seven_tests_of_their_own_or_more) {
    const auto set = match::WatchlistSet::compile(watchlists_.value, concepts_.value, regions_->compiled);
    const TestRun run = run_tests(*set, watchlists_.value, kConfig);
    EXPECT_THAT(run.findings, IsEmpty()) << shown(run.findings);
    EXPECT_THAT(run.watchlists, SizeIs(3));
    for (const TestedWatchlist& tested : run.watchlists)
        EXPECT_GE(tested.passed, 7U) << tested.watchlist;
}

TEST_F(ShippedConfig, polls_nobody) {
    const settings::Read<std::vector<Feed>> feeds = settings::read_feeds(kConfig / "feeds.d");
    EXPECT_FALSE(settings::has_errors(feeds.findings)) << shown(feeds.findings);
    EXPECT_THAT(feeds.value, IsEmpty());
}

TEST_F(ShippedConfig, shows_the_defaults_in_its_settings) {
    const settings::Read<settings::Settings> read = settings::read_settings(kConfig / "newswatch.yaml");
    EXPECT_THAT(read.findings, IsEmpty()) << shown(read.findings);
    const settings::Settings& shipped = read.value;
    const settings::Settings defaults;
    EXPECT_EQ(shipped.language, defaults.language);
    EXPECT_EQ(shipped.instance, defaults.instance);
    EXPECT_EQ(shipped.feeds, kConfig / defaults.feeds);
    EXPECT_EQ(shipped.concepts, kConfig / defaults.concepts);
    EXPECT_EQ(shipped.watchlists, kConfig / defaults.watchlists);
    EXPECT_EQ(shipped.plugins, defaults.plugins);
    EXPECT_EQ(shipped.polling.budget_per_second, defaults.polling.budget_per_second);
    EXPECT_EQ(shipped.polling.at_once, defaults.polling.at_once);
    EXPECT_EQ(shipped.polling.per_site, defaults.polling.per_site);
    EXPECT_EQ(shipped.polling.contact, defaults.polling.contact);
    EXPECT_EQ(shipped.polling.allow_networks, defaults.polling.allow_networks);
    EXPECT_EQ(shipped.polling.allow_folders, defaults.polling.allow_folders);
    EXPECT_EQ(shipped.polling.proxy, defaults.polling.proxy);
    EXPECT_EQ(shipped.polling.shortest, defaults.polling.shortest);
    EXPECT_EQ(shipped.polling.usual, defaults.polling.usual);
    EXPECT_EQ(shipped.polling.longest, defaults.polling.longest);
    EXPECT_EQ(shipped.archive.folder, defaults.archive.folder);
    EXPECT_EQ(shipped.archive.keep_articles, defaults.archive.keep_articles);
    EXPECT_EQ(shipped.archive.keep_alerts, defaults.archive.keep_alerts);
    EXPECT_EQ(shipped.archive.size, defaults.archive.size);
    EXPECT_EQ(shipped.alerts.first_poll_window, defaults.alerts.first_poll_window);
    EXPECT_EQ(shipped.alerts.burst, defaults.alerts.burst);
    EXPECT_EQ(shipped.publish.zeromq, defaults.publish.zeromq);
    EXPECT_EQ(shipped.publish.replay, defaults.publish.replay);
    EXPECT_EQ(shipped.publish.insecure, defaults.publish.insecure);
    EXPECT_EQ(shipped.control.socket, defaults.control.socket);
}

}  // namespace
}  // namespace newswatch::rules
