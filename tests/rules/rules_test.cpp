#include "rules/rules.h"

#include <gmock/gmock.h>

#include "rule_files.h"

namespace newswatch::rules {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr const char* kGood = "id: storms\nmatch:\n  any_of:\n    - storm\n";
constexpr const char* kOther = "id: floods\nmatch:\n  any_of:\n    - flood\n";
constexpr const char* kBroken = "id: storms\nmatch:\n  any-of:\n    - storm\n";
constexpr const char* kFailing =
    "id: storms\nmatch:\n  any_of:\n    - hail\ntests:\n  - title: A storm is coming\n    expect: match\n";

std::vector<std::string> ids(const Rules& rules) {
    std::vector<std::string> ids;
    for (const match::WatchlistFacts& watchlist : rules.watchlists->watchlists())
        ids.emplace_back(watchlist.id);
    return ids;
}

const settings::Finding* error_of(const Rules& rules, const std::string& file) {
    for (const settings::Finding& finding : rules.findings) {
        if (finding.severity == settings::Severity::error && finding.place.file == file) return &finding;
    }
    return nullptr;
}

using LoadedRules = RuleFiles;

TEST_F(LoadedRules, every_good_file_is_in_force) {
    write("watchlists.d/storms.yaml", kGood);
    write("watchlists.d/floods.yaml", kOther);
    EXPECT_THAT(ids(load()), testing::UnorderedElementsAre("floods", "storms"));
}

TEST_F(LoadedRules, a_broken_file_disables_itself_only) {
    write("watchlists.d/storms.yaml", kBroken);
    write("watchlists.d/floods.yaml", kOther);
    EXPECT_THAT(ids(load()), ElementsAre("floods"));
}

TEST_F(LoadedRules, a_watchlist_whose_test_fails_is_not_loaded) {
    write("watchlists.d/storms.yaml", kFailing);
    const Rules rules = load();
    EXPECT_THAT(ids(rules), IsEmpty());
    ASSERT_NE(error_of(rules, "watchlists.d/storms.yaml"), nullptr);
    EXPECT_EQ(error_of(rules, "watchlists.d/storms.yaml")->code, "T40");
}

TEST_F(LoadedRules, the_last_good_version_of_a_broken_file_stays) {
    write("watchlists.d/storms.yaml", kGood);
    const Rules before = load();
    write("watchlists.d/storms.yaml", kBroken);
    const Rules after = load(&before);
    EXPECT_THAT(ids(after), ElementsAre("storms"));
    EXPECT_THAT(after.kept, ElementsAre("watchlists.d/storms.yaml"));
}

TEST_F(LoadedRules, the_last_good_version_stays_where_an_inline_test_fails) {
    write("watchlists.d/storms.yaml", kGood);
    const Rules before = load();
    write("watchlists.d/storms.yaml", kFailing);
    const Rules after = load(&before);
    ASSERT_EQ(after.watchlists->size(), 1U);
    EXPECT_EQ(after.watchlists->watchlists().front().rev, before.watchlists->watchlists().front().rev);
}

TEST_F(LoadedRules, the_error_says_which_version_stays_in_force) {
    write("watchlists.d/storms.yaml", kGood);
    const Time morning{std::chrono::sys_days{std::chrono::year{2026} / 1 / 31} + std::chrono::hours{9}};
    const Rules before = load(nullptr, morning);
    write("watchlists.d/storms.yaml", kBroken);
    const Rules after = load(&before, morning + std::chrono::minutes{10});
    const settings::Finding* error = error_of(after, "watchlists.d/storms.yaml");
    ASSERT_NE(error, nullptr);
    EXPECT_THAT(error->help, Contains(HasSubstr("the daemon keeps using storms.yaml as of ")));
}

TEST_F(LoadedRules, a_version_that_is_kept_twice_keeps_its_time) {
    write("watchlists.d/storms.yaml", kGood);
    const Time start{std::chrono::hours{1000}};
    const Rules first = load(nullptr, start);
    write("watchlists.d/storms.yaml", kBroken);
    const Rules second = load(&first, start + std::chrono::hours{1});
    const Rules third = load(&second, start + std::chrono::hours{2});
    EXPECT_EQ(third.as_of.at("watchlists.d/storms.yaml"), start);
}

TEST_F(LoadedRules, a_new_file_that_is_broken_says_that_nothing_of_it_is_in_force) {
    const Rules before = load();
    write("watchlists.d/storms.yaml", kBroken);
    const Rules after = load(&before);
    const settings::Finding* error = error_of(after, "watchlists.d/storms.yaml");
    ASSERT_NE(error, nullptr);
    EXPECT_THAT(error->help, Contains(HasSubstr("nothing of storms.yaml")));
}

TEST_F(LoadedRules, a_removed_file_takes_its_watchlist_with_it) {
    write("watchlists.d/storms.yaml", kGood);
    const Rules before = load();
    std::filesystem::remove(folder_ / "watchlists.d/storms.yaml");
    EXPECT_THAT(ids(load(&before)), IsEmpty());
}

TEST_F(LoadedRules, a_mended_file_comes_into_force) {
    write("watchlists.d/storms.yaml", kGood);
    const Rules before = load();
    write("watchlists.d/storms.yaml", kBroken);
    const Rules broken = load(&before);
    write("watchlists.d/storms.yaml", "id: storms\nmatch:\n  any_of:\n    - hail\n");
    const Rules mended = load(&broken);
    EXPECT_THAT(mended.kept, IsEmpty());
    EXPECT_THAT(mended.findings, IsEmpty());
}

TEST_F(LoadedRules, an_id_that_another_file_took_over_belongs_to_that_file) {
    write("watchlists.d/storms.yaml", kGood);
    const Rules before = load();
    write("watchlists.d/storms.yaml", "id: gales\nmatch:\n  any-of: [gale]\n");
    write("watchlists.d/weather.yaml", kGood);
    const Rules after = load(&before);
    ASSERT_EQ(after.watchlists->size(), 1U);
    EXPECT_EQ(after.watchlists->watchlists().front().file, "watchlists.d/weather.yaml");
}

TEST_F(LoadedRules, a_kept_watchlist_keeps_the_concept_that_was_removed) {
    write("concepts.d/weather.yaml", "concepts:\n  weather:\n    terms:\n      en: [storm]\n");
    write("watchlists.d/storms.yaml", "id: storms\nmatch:\n  concept: weather\n");
    const Rules before = load();
    ASSERT_THAT(ids(before), ElementsAre("storms"));
    std::filesystem::remove(folder_ / "concepts.d/weather.yaml");
    const Rules after = load(&before);
    EXPECT_THAT(ids(after), ElementsAre("storms"));
    EXPECT_NE(error_of(after, "watchlists.d/storms.yaml"), nullptr);
}

TEST_F(LoadedRules, the_concepts_of_a_broken_file_stay) {
    write("concepts.d/weather.yaml", "concepts:\n  weather:\n    terms:\n      en: [storm]\n");
    write("watchlists.d/storms.yaml", "id: storms\nmatch:\n  concept: weather\n");
    const Rules before = load();
    write("concepts.d/weather.yaml", "concepts:\n  weather:\n    terms:\n      en: [storm\n");
    const Rules after = load(&before);
    EXPECT_THAT(ids(after), ElementsAre("storms"));
    EXPECT_EQ(error_of(after, "watchlists.d/storms.yaml"), nullptr);
}

TEST_F(LoadedRules, region_tables_are_read_once) {
    const Rules before = load();
    EXPECT_EQ(load(&before).regions, before.regions);
}

TEST_F(LoadedRules, missing_region_tables_are_an_error_that_names_them) {
    std::filesystem::remove(folder_ / "share/newswatch");
    const Result<Rules> rules = rules::load(settings_, Time{});
    ASSERT_FALSE(rules);
    EXPECT_THAT(rules.error().line(), HasSubstr("regions"));
}

}  // namespace
}  // namespace newswatch::rules
