#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <string>

#include "base/file.h"
#include "regions.h"
#include "settings/settings.h"
#include "temporary_folder.h"

/// The JSON Schemas for editors name exactly the keys that the daemon knows.
namespace newswatch::settings {
namespace {

using Keys = std::set<std::string>;

nlohmann::json schema(const std::string& name) {
    const auto bytes =
        read_file(std::filesystem::path{NEWSWATCH_SOURCE_DIR} / "config/schema" / name, 1U << 20U);
    return bytes ? nlohmann::json::parse(*bytes) : nlohmann::json{};
}

Keys properties(const nlohmann::json& object) {
    Keys keys;
    for (const auto& [key, value] : object.at("properties").items())
        keys.insert(key);
    return keys;
}

/// What the finding on an unknown key lists as known.
Keys known(const std::vector<Finding>& findings) {
    Keys keys;
    for (const Finding& finding : findings) {
        for (const std::string& help : finding.help) {
            if (finding.code != "W06" || !help.starts_with("known: ")) continue;
            std::istringstream words{help.substr(7)};
            for (std::string word; words >> word;)
                keys.insert(word.substr(0, word.find(',')));
        }
    }
    return keys;
}

Keys known_in_settings(const std::string& yaml) {
    const TemporaryFolder folder;
    return known(read_settings(folder.write("newswatch.yaml", yaml)).findings);
}

Keys known_in_feeds(const std::string& yaml) {
    const TemporaryFolder folder;
    folder.write("feeds.d/a.yaml", yaml);
    return known(read_feeds(folder.path() / "feeds.d").findings);
}

Keys known_in_watchlist(const std::string& yaml) {
    return known(decode_watchlist_file(yaml, "a.yaml", {}, test_regions()).findings);
}

TEST(Schema, of_the_settings_names_every_key) {
    const nlohmann::json settings = schema("newswatch.json");
    EXPECT_EQ(properties(settings), known_in_settings("oops: 1\n"));
    for (const char* section : {"polling", "archive", "alerts", "publish", "control"}) {
        EXPECT_EQ(properties(settings.at("properties").at(section)),
                  known_in_settings(std::string{section} + ": {oops: 1}\n"))
            << section;
    }
}

TEST(Schema, of_a_watchlist_names_every_key) {
    const nlohmann::json definitions = schema("watchlist.json").at("definitions");
    const nlohmann::json& watchlist = definitions.at("watchlist");
    EXPECT_EQ(properties(watchlist), known_in_watchlist("match: a\noops: 1\n"));
    EXPECT_EQ(properties(watchlist.at("properties").at("alert")),
              known_in_watchlist("match: a\nalert: {oops: 1}\n"));
    EXPECT_EQ(properties(watchlist.at("properties").at("tests").at("items")),
              known_in_watchlist("match: a\ntests: [{oops: 1}]\n"));
    EXPECT_EQ(properties(definitions.at("block")), known_in_watchlist("match: {oops: 1}\n"));
}

TEST(Schema, of_feeds_names_every_key) {
    const nlohmann::json forms = schema("feeds.json").at("definitions").at("feed").at("anyOf");
    EXPECT_EQ(properties(forms.at(1)), known_in_feeds("feeds: [{url: a.example/rss, oops: 1}]\n"));
    EXPECT_EQ(properties(forms.at(2)), known_in_feeds("feeds: [{folder: a, feeds: [], oops: 1}]\n"));
    EXPECT_EQ(properties(forms.at(3)), known_in_feeds("feeds: [{opml: a.opml, oops: 1}]\n"));
}

TEST(Schema, of_concepts_names_every_key) {
    const TemporaryFolder folder;
    folder.write("concepts.d/a.yaml", "concepts: {a: {terms: {en: [x]}, oops: 1}}\n");
    EXPECT_EQ(properties(schema("concepts.json").at("properties").at("concepts").at("additionalProperties")),
              known(read_concepts({}, folder.path() / "concepts.d").findings));
}

}  // namespace
}  // namespace newswatch::settings
