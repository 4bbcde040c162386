#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "regions.h"
#include "settings/settings.h"
#include "temporary_folder.h"

namespace newswatch::settings {
namespace {

std::vector<std::string> codes(const std::vector<Finding>& findings) {
    std::vector<std::string> all;
    for (const Finding& finding : findings)
        all.push_back(finding.code);
    return all;
}

Read<std::vector<Watchlist>> decode(std::string_view yaml) {
    return decode_watchlist_file(yaml, "watchlists.d/syria.yaml", {}, test_regions());
}

using Codes = std::vector<std::string>;

TEST(Watchlists, every_key_is_understood) {
    const auto read = decode(R"(id: syria-libya
name: Syria–Libya diplomacy
name_ar: الدبلوماسية
description: New contacts
languages: [ar, EN]
feeds: [Libya, https://agency.example/rss]
match:
  all_of: [{region: SY}, {region: LY}]
  within: 60 words
alert:
  priority: high
  updates: yes
tests:
  - title: وصول وفد سوري إلى طرابلس
    text: للبحث
    language: ar
    expect: match
  - title: Syria and Chad
    expect: no_match
    why: Libya is missing
)");
    EXPECT_EQ(codes(read.findings), Codes{});
    ASSERT_EQ(read.value.size(), 1U);
    const Watchlist& watchlist = read.value[0];
    EXPECT_EQ(watchlist.id, "syria-libya");
    EXPECT_EQ(watchlist.names.at("ar"), "الدبلوماسية");
    EXPECT_EQ(watchlist.languages, (std::vector<std::string>{"ar", "en"}));
    EXPECT_EQ(watchlist.feeds.size(), 2U);
    EXPECT_EQ(watchlist.match.within->words, 60U);
    EXPECT_EQ(watchlist.priority, Priority::high);
    EXPECT_TRUE(watchlist.updates);
    ASSERT_EQ(watchlist.tests.size(), 2U);
    EXPECT_TRUE(watchlist.tests[0].expect_match);
    EXPECT_EQ(watchlist.tests[1].why, "Libya is missing");
    EXPECT_EQ(watchlist.tests[1].place.rule(), "watchlists.d/syria.yaml:18");
    EXPECT_FALSE(watchlist.rev.empty());
}

TEST(Watchlists, the_file_name_is_the_id_where_none_is_written) {
    const auto read = decode("match: embassy\n");
    ASSERT_EQ(read.value.size(), 1U);
    EXPECT_EQ(read.value[0].id, "syria");
    EXPECT_EQ(read.value[0].name, "syria");
}

TEST(Watchlists, an_id_is_a_level_of_a_topic) {
    EXPECT_EQ(codes(decode("id: a/b\nmatch: x\n").findings), Codes{"W50"});
    EXPECT_EQ(codes(decode("id: Syria Libya\nmatch: x\n").findings), Codes{"W50"});
    EXPECT_EQ(codes(decode("id: سوريا\nmatch: x\n").findings), Codes{"W50"});
    EXPECT_EQ(codes(decode("id: " + std::string(64, 'a') + "\nmatch: x\n").findings), Codes{"W50"});
    EXPECT_EQ(codes(decode("id: " + std::string(63, 'a') + "\nmatch: x\n").findings), Codes{});
    EXPECT_EQ(decode("id: Syria Libya\nmatch: x\n").findings[0].help[0], "help: write  id: syria-libya");
}

TEST(Watchlists, the_revision_changes_with_the_file) {
    EXPECT_EQ(decode("match: a\n").value[0].rev, decode("match: a\n").value[0].rev);
    EXPECT_NE(decode("match: a\n").value[0].rev, decode("match: a\n# b\n").value[0].rev);
}

TEST(Watchlists, programs_may_write_a_list) {
    const auto read = decode("watchlists:\n  - id: a\n    match: x\n  - id: b\n    match: y\n");
    ASSERT_EQ(read.value.size(), 2U);
    EXPECT_EQ(read.value[1].id, "b");
    EXPECT_EQ(codes(decode("watchlists:\n  - id: a\n    match: x\n  - id: a\n    match: y\n").findings),
              Codes{"W13"});
    EXPECT_EQ(codes(decode("watchlists:\n  - match: x\n").findings), Codes{"W50"});
}

TEST(Watchlists, mistakes_in_alert_and_tests_are_found_together) {
    const auto read = decode(R"(match: x
alert:
  priority: hihg
  updates: perhaps
  limit: 20 per hour
tests:
  - title: a
    expect: mach
  - title: b
)");
    EXPECT_EQ(codes(read.findings), (Codes{"S44", "S43", "S45", "W53", "W53"}));
    EXPECT_EQ(read.findings[0].label, "did you mean `high`?");
    EXPECT_TRUE(read.value.empty());
}

TEST(Watchlists, a_file_without_match_says_so) {
    EXPECT_EQ(codes(decode("id: x\n").findings), Codes{"W41"});
    EXPECT_EQ(codes(decode("").findings), Codes{"W41"});
    EXPECT_EQ(codes(decode("just a text\n").findings), Codes{"S46"});
}

TEST(Watchlists, a_broken_file_leaves_the_others_alone) {
    const TemporaryFolder folder;
    folder.write("watchlists.d/a.yaml", "match: embassy\n");
    folder.write("watchlists.d/b.yaml", "mach: embassy\n");
    folder.write("watchlists.d/c.yaml", "match: envoy\n");
    folder.write("watchlists.d/d.yaml", "id: a\nmatch: envoy\n");
    folder.write("watchlists.d/e.yaml", "feeds:\n  - https://a.example/rss\n");
    const auto read = read_watchlists(folder.path() / "watchlists.d", {}, test_regions());
    ASSERT_EQ(read.value.size(), 2U);
    EXPECT_EQ(read.value[1].id, "c");
    EXPECT_EQ(codes(read.findings), (Codes{"W06", "W13", "F43"}));
    EXPECT_EQ(read.findings[0].place.file, "watchlists.d/b.yaml");
    EXPECT_EQ(read.findings[2].headline, "this is a file of feeds; move it to feeds.d");
}

TEST(Watchlists, a_file_of_more_than_a_mebibyte_is_refused) {
    EXPECT_EQ(codes(decode(std::string((1U << 20U) + 1, ' ')).findings), Codes{"F42"});
}

TEST(Watchlists, a_large_hostile_file_is_refused_soon) {
    std::string keys;
    while (keys.size() < 900'000)
        keys += "k" + std::to_string(keys.size()) + ": v\n";
    EXPECT_TRUE(has_errors(decode(keys).findings));
}

TEST(Concepts, a_local_concept_replaces_the_shipped_one) {
    const TemporaryFolder folder;
    folder.write(
        "shipped/a.yaml",
        "concepts:\n  diplomacy:\n    name: Contacts\n    name_ar: اتصالات\n    terms:\n"
        "      en: [embass*, {exact: UN}]\n      ar: [سفارة]\n  sport:\n    terms: {en: [football]}\n");
    folder.write("local/mine.yaml", "concepts:\n  sport:\n    terms: {\"*\": [futbol, maç]}\n");
    const auto read = read_concepts(folder.path() / "shipped", folder.path() / "local");
    EXPECT_EQ(codes(read.findings), Codes{});
    ASSERT_EQ(read.value.size(), 2U);
    EXPECT_EQ(read.value[0].id, "diplomacy");
    EXPECT_EQ(read.value[0].names.at(""), "Contacts");
    EXPECT_EQ(read.value[0].names.at("ar"), "اتصالات");
    EXPECT_EQ(read.value[0].terms.at("en").at(1).kind, RuleKind::exact);
    EXPECT_EQ(read.value[1].terms.at("*").size(), 2U);
    EXPECT_EQ(read.value[1].place.rule(), "local/mine.yaml:2");
}

TEST(Concepts, a_broken_file_gives_none_of_its_concepts) {
    const TemporaryFolder folder;
    folder.write("shipped/a.yaml", "concepts:\n  good:\n    terms: {en: [a]}\n  bad:\n    terms: [a]\n");
    folder.write("shipped/b.yaml", "concepts:\n  other:\n    terms: {en: [{concept: good}]}\n");
    folder.write("shipped/c.yaml", "concepts:\n  fine:\n    terms: {en: [a]}\n  empty:\n");
    const auto read = read_concepts(folder.path() / "shipped", {});
    EXPECT_TRUE(read.value.empty());
    EXPECT_EQ(codes(read.findings), (Codes{"W42", "W42", "W09"}));
}

TEST(Concepts, a_local_folder_that_is_not_there_is_only_a_note) {
    const TemporaryFolder folder;
    const auto read = read_concepts({}, folder.path() / "nowhere");
    ASSERT_EQ(read.findings.size(), 1U);
    EXPECT_EQ(read.findings[0].severity, Severity::note);
}

}  // namespace
}  // namespace newswatch::settings
