#include "text/region_names.h"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace newswatch::text {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::IsSupersetOf;
using testing::Not;

std::vector<std::string> names_of(const std::string& region, const std::string& language) {
    std::vector<std::string> names;
    for (const RegionName& name : region_names({language})) {
        if (name.region == region) names.push_back(name.name);
    }
    return names;
}

bool is_acronym(const std::string& region, const std::string& language, const std::string& wanted) {
    return std::ranges::any_of(region_names({language}), [&](const RegionName& name) {
        return name.region == region && name.name == wanted && name.acronym;
    });
}

TEST(RegionNames, cldr_gives_the_standard_the_short_and_the_variant_name) {
    EXPECT_THAT(names_of("GB", "en"), IsSupersetOf({"United Kingdom", "UK"}));
    EXPECT_THAT(names_of("TR", "en"), IsSupersetOf({"Turkey", "Türkiye"}));
}

TEST(RegionNames, every_region_has_a_name_in_the_great_languages) {
    for (const std::string language :
         {"ar", "de", "en", "fa", "fr", "he", "ja", "ru", "tr", "zh", "zh-Hant"}) {
        const std::vector<RegionName> names = region_names({language});
        for (const std::string& region : all_regions()) {
            EXPECT_TRUE(
                std::ranges::any_of(names, [&](const RegionName& name) { return name.region == region; }))
                << language << " has no name for " << region;
        }
    }
}

TEST(RegionNames, traditional_chinese_has_names_of_its_own) {
    EXPECT_THAT(names_of("SY", "zh-Hant"), ElementsAre("敘利亞"));
    EXPECT_THAT(names_of("SY", "zh"), ElementsAre("叙利亚"));
}

TEST(RegionNames, unions_have_names_too) {
    EXPECT_THAT(names_of("EU", "fr"), Contains("Union européenne"));
    EXPECT_THAT(names_of("UN", "ar"), Contains("الأمم المتحدة"));
}

TEST(RegionNames, a_name_in_capitals_only_is_an_acronym) {
    EXPECT_TRUE(is_acronym("US", "ru", "США"));
    EXPECT_TRUE(is_acronym("US", "tr", "ABD"));
    EXPECT_FALSE(is_acronym("LY", "ru", "Ливия"));
    EXPECT_FALSE(is_acronym("LY", "ar", "ليبيا"));
}

TEST(RegionNames, a_language_that_cldr_does_not_know_gives_nothing_instead_of_another_language) {
    EXPECT_THAT(region_names({"qqq", "not a language"}), IsEmpty());
}

TEST(RegionDisplayName, is_the_name_for_people) {
    EXPECT_EQ(region_display_name("SY", "en"), "Syria");
    EXPECT_EQ(region_display_name("LY", "ar"), "ليبيا");
    EXPECT_EQ(region_display_name("TW", "zh-Hant"), "台灣");
    EXPECT_EQ(region_display_name("EU", "en"), "European Union");
}

TEST(RegionDisplayName, is_the_code_where_cldr_has_no_name) {
    EXPECT_EQ(region_display_name("QQ", "en"), "QQ");
}

TEST(AllRegions, are_the_codes_of_iso_3166_in_order) {
    EXPECT_TRUE(std::ranges::is_sorted(all_regions()));
    EXPECT_THAT(all_regions(), IsSupersetOf({"LY", "SS", "SY", "XK"}));
    EXPECT_THAT(all_regions(), Not(Contains("UK")));
    EXPECT_THAT(all_regions(), Not(Contains("EU")));
}

TEST(RegionOfAlpha3, knows_the_long_codes_in_any_case) {
    EXPECT_EQ(region_of_alpha3("LBY"), "LY");
    EXPECT_EQ(region_of_alpha3("syr"), "SY");
    EXPECT_EQ(region_of_alpha3("XYZ"), "");
    EXPECT_EQ(region_of_alpha3(""), "");
}

TEST(OfficialLanguages, are_those_of_the_whole_country) {
    EXPECT_THAT(official_languages("TR"), ElementsAre("tr"));
    EXPECT_THAT(official_languages("CY"), IsSupersetOf({"el", "tr"}));
    EXPECT_THAT(official_languages("QQ"), IsEmpty());
}

}  // namespace
}  // namespace newswatch::text
