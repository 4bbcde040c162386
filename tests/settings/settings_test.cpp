#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "regions.h"
#include "settings/settings.h"
#include "temporary_folder.h"

namespace newswatch::settings {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

std::vector<std::string> codes(const std::vector<Finding>& findings) {
    std::vector<std::string> all;
    for (const Finding& finding : findings)
        all.push_back(finding.code);
    return all;
}

using Codes = std::vector<std::string>;

class SettingsFile : public ::testing::Test {
  protected:
    Read<Settings> read(std::string_view yaml) {
        return read_settings(folder_.write("newswatch.yaml", yaml));
    }
    TemporaryFolder folder_;
};

TEST_F(SettingsFile, an_empty_file_means_the_defaults) {
    const auto read = this->read("# nothing yet\n");
    EXPECT_EQ(codes(read.findings), Codes{});
    EXPECT_EQ(read.value.polling.at_once, 256U);
    EXPECT_EQ(read.value.watchlists, folder_.path() / "watchlists.d");
    EXPECT_EQ(read.value.archive.folder, "/var/lib/newswatch");
}

TEST_F(SettingsFile, every_setting_is_read) {
    const auto read = this->read(R"(language: en
instance: desk-2
feeds: my-feeds
concepts: ../shared-concepts
watchlists: /srv/watchlists
plugins: plugins
polling:
  budget: 600 per minute
  at_once: ١٢٨
  per_site: 2
  contact: desk@example.org
  allow_networks: [10.1.0.0/16, "fd00::/8"]
  allow_folders: [samples]
  proxy: http://proxy.example:3128
  shortest: 2 min
  usual: 10 minutes
  longest: 1h30m
archive:
  folder: data
  keep_articles: 30 days
  keep_alerts: 3 years
  size: 512 MiB
alerts:
  first_poll_window: 2 days
  burst: 50
publish:
  zeromq: ipc:///tmp/alerts.sock
  insecure: yes
reload: on request
control:
  socket: control.sock
)");
    EXPECT_EQ(codes(read.findings), Codes{});
    const Settings& settings = read.value;
    EXPECT_EQ(settings.instance, "desk-2");
    EXPECT_EQ(settings.feeds, folder_.path() / "my-feeds");
    EXPECT_EQ(settings.concepts, folder_.path().parent_path() / "shared-concepts");
    EXPECT_EQ(settings.watchlists, "/srv/watchlists");
    EXPECT_EQ(settings.plugins, folder_.path() / "plugins");
    EXPECT_DOUBLE_EQ(settings.polling.budget_per_second, 10.0);
    EXPECT_EQ(settings.polling.at_once, 128U);
    EXPECT_EQ(settings.polling.allow_networks.size(), 2U);
    EXPECT_EQ(settings.polling.allow_folders.at(0), folder_.path() / "samples");
    EXPECT_EQ(settings.polling.shortest, seconds{minutes{2}});
    EXPECT_EQ(settings.polling.longest, seconds{minutes{90}});
    EXPECT_EQ(settings.archive.folder, folder_.path() / "data");
    EXPECT_EQ(settings.archive.keep_articles, hours{24 * 30});
    EXPECT_EQ(settings.archive.keep_alerts, hours{24 * 365 * 3});
    EXPECT_EQ(settings.archive.size, 512ULL << 20U);
    EXPECT_EQ(settings.alerts.burst, 50U);
    EXPECT_EQ(settings.publish.zeromq, std::vector<std::string>{"ipc:///tmp/alerts.sock"});
    EXPECT_TRUE(settings.publish.insecure);
    EXPECT_EQ(settings.control.socket, folder_.path() / "control.sock");
}

TEST_F(SettingsFile, a_setting_of_a_later_version_is_a_warning) {
    const auto read = this->read(
        "polling:\n  credentials: c.yaml\n  websub_callback: https://a.example/w\n"
        "publish:\n  keys: keys\ncontrol:\n  http: 127.0.0.1:8787\n"
        "reload: on change\nlanguage: ar\n");
    EXPECT_EQ(codes(read.findings), Codes(6, "S45"));
    EXPECT_FALSE(has_errors(read.findings));
}

TEST_F(SettingsFile, replay_has_the_usual_addresses_only_where_the_alerts_have_them) {
    EXPECT_EQ(read("publish: {}\n").value.publish.replay, Publish{}.replay);
    EXPECT_TRUE(read("publish: {zeromq: [tcp://127.0.0.1:7000]}\n").value.publish.replay.empty());
    EXPECT_EQ(read("publish: {zeromq: [tcp://127.0.0.1:7000], replay: tcp://127.0.0.1:7001}\n")
                  .value.publish.replay,
              std::vector<std::string>{"tcp://127.0.0.1:7001"});
}

TEST_F(SettingsFile, an_unknown_setting_is_an_error_with_the_nearest) {
    const auto read = this->read("polling:\n  at_onec: 4\npublsh: {}\n");
    ASSERT_EQ(codes(read.findings), (Codes{"W06", "W06"}));
    EXPECT_EQ(read.findings[0].headline, "unknown setting `at_onec` in `polling`");
    EXPECT_EQ(read.findings[0].label, "did you mean `at_once`?");
    EXPECT_EQ(read.findings[1].label, "did you mean `publish`?");
}

TEST_F(SettingsFile, values_out_of_reason_are_refused) {
    EXPECT_EQ(codes(read("polling: {at_once: 0}\n").findings), Codes{"S20"});
    EXPECT_EQ(codes(read("polling: {at_once: 99999999999999999999}\n").findings), Codes{"S20"});
    EXPECT_EQ(codes(read("polling: {at_once: 0x10}\n").findings), Codes{"S20"});
    EXPECT_EQ(codes(read("polling: {budget: 20}\n").findings), Codes{"S42"});
    EXPECT_EQ(codes(read("polling: {allow_networks: [10.1.0.0, 10.0.0.0/33, host/8]}\n").findings),
              Codes(3, "S47"));
    EXPECT_EQ(codes(read("archive: {size: 20}\n").findings), Codes{"S41"});
    EXPECT_EQ(codes(read("archive: {size: 99999999999999 TB}\n").findings), Codes{"S41"});
    EXPECT_EQ(codes(read("archive: {keep_articles: 1 h}\n").findings), Codes{"S23"});
    EXPECT_EQ(codes(read("archive: {keep_articles: 999999999999999999 years}\n").findings), Codes{"S23"});
    EXPECT_EQ(codes(read("publish: {zeromq: [http://a.example]}\n").findings), Codes{"U24"});
    EXPECT_EQ(codes(read("publish: {insecure: maybe}\n").findings), Codes{"S43"});
    EXPECT_EQ(codes(read("reload: sometimes\n").findings), Codes{"S44"});
    EXPECT_EQ(codes(read("polling: {shortest: 2 h, usual: 1 h}\n").findings), Codes{"S23"});
    EXPECT_EQ(codes(read("polling: yes\n").findings), Codes{"S46"});
    EXPECT_EQ(codes(read("polling: {contact: [a, b]}\n").findings), Codes{"S46"});
}

TEST_F(SettingsFile, durations_are_read_in_many_forms) {
    const auto window = [this](const std::string& text) {
        const auto read = this->read("alerts:\n  first_poll_window: " + text + "\n");
        EXPECT_EQ(codes(read.findings), Codes{}) << text;
        return read.value.alerts.first_poll_window;
    };
    for (const char* text : {"10m", "10 min", "10 minutes", "١٠ دقائق", "\"10 min\"", "600s", "0h 10 MIN",
                             "۱۰ min", "10\u00A0min"})
        EXPECT_EQ(window(text), seconds{600}) << text;
    EXPECT_EQ(window("24 h"), hours{24});
    EXPECT_EQ(window("90 days"), hours{24 * 90});
    EXPECT_EQ(window("1h30m"), minutes{90});
    EXPECT_EQ(window("2 weeks"), hours{24 * 14});
    EXPECT_EQ(window("3 heures"), hours{3});
}

TEST_F(SettingsFile, a_file_that_is_not_there_is_named_with_the_reason) {
    const auto read = read_settings(folder_.path() / "missing.yaml");
    ASSERT_EQ(codes(read.findings), Codes{"F14"});
    EXPECT_EQ(read.findings[0].headline,
              "cannot read " + (folder_.path() / "missing.yaml").string() + ": no such file or directory");
}

TEST_F(SettingsFile, a_watchlist_in_its_place_is_refused) {
    EXPECT_EQ(codes(read("id: x\nmatch: embassy\n").findings), Codes{"F43"});
}

TEST(Shipped, the_files_of_the_project_have_no_findings_above_a_note) {
    const std::filesystem::path config = std::filesystem::path{NEWSWATCH_SOURCE_DIR} / "config";
    const auto settings = read_settings(config / "newswatch.yaml");
    const auto concepts = read_concepts(config / "concepts", settings.value.concepts);
    const auto feeds = read_feeds(settings.value.feeds);
    // Which regions there are is the matcher's word; here every name is one.
    const RegionLookup any{[](std::string_view written) { return std::string{written}; },
                           [](std::string_view code) { return std::string{code}; }};
    const auto watchlists = read_watchlists(settings.value.watchlists, concepts.value, any);
    EXPECT_GE(concepts.value.size(), 3U);
    EXPECT_GE(watchlists.value.size(), 3U);
    for (const auto& findings : {settings.findings, concepts.findings, feeds.findings, watchlists.findings}) {
        for (const Finding& finding : findings)
            EXPECT_EQ(finding.severity, Severity::note) << render(finding);
    }
}

}  // namespace
}  // namespace newswatch::settings
