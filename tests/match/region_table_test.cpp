#include "match/region_table.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "text/fold.h"
#include "text/region_names.h"

namespace newswatch::match {
namespace {

using testing::HasSubstr;
using testing::IsSupersetOf;

const std::filesystem::path kTables = std::filesystem::path{NEWSWATCH_SOURCE_DIR} / "config/regions";

// WATCHLISTS.md §5: the regions whose people are known in every one of kLanguages.
const std::vector<std::string> kRegions{
    "SY", "LY", "TR", "RU", "UA", "IR", "IQ", "EG", "LB", "JO", "IL", "PS", "SA", "YE", "AE", "QA",
    "KW", "OM", "BH", "TN", "DZ", "MA", "SD", "SS", "ET", "SO", "ML", "NE", "NG", "TD", "US", "GB",
    "FR", "DE", "IT", "GR", "CY", "CN", "KR", "KP", "JP", "IN", "PK", "AF", "PE", "EU", "UN"};
const std::vector<std::string> kLanguages{"ar", "de", "el", "en", "es", "fa", "fr", "he", "hi",
                                          "id", "it", "ja", "ko", "ru", "tr", "uk", "ur", "zh"};

const RegionForms& shipped() {
    static const RegionForms forms = [] {
        Result<RegionForms> loaded = load_region_forms(kTables);
        EXPECT_TRUE(loaded.has_value()) << loaded.error().line();
        return loaded.value_or(RegionForms{});
    }();
    return forms;
}

bool has(const std::string& region, const std::string& language, std::initializer_list<FormKind> kinds) {
    return std::ranges::any_of(shipped().forms, [&](const RegionForm& form) {
        return form.region == region && form.language == language && std::ranges::count(kinds, form.kind) > 0;
    });
}

const RegionForm* find(const std::string& language, const std::string& written) {
    const auto form = std::ranges::find_if(shipped().forms, [&](const RegionForm& each) {
        return each.language == language && each.form == written;
    });
    return form == shipped().forms.end() ? nullptr : &*form;
}

std::string region_of(const std::string& language, const std::string& written) {
    const RegionForm* form = find(language, written);
    return form == nullptr ? "not a form" : form->region;
}

const std::vector<std::string>* members(const std::string& group) {
    const auto found =
        std::ranges::find_if(shipped().groups, [&](const auto& each) { return each.first == group; });
    return found == shipped().groups.end() ? nullptr : &found->second;
}

/// A folder of tables that lives as long as the test.
class TableFolder {
  public:
    TableFolder() {
        std::string name = (std::filesystem::temp_directory_path() / "newswatch-regions-XXXXXX").string();
        path_ = ::mkdtemp(name.data());
        write("groups.tsv", "EU\tFR DE\n");
    }
    ~TableFolder() {
        std::error_code ignored;  // a folder that stays in /tmp harms no test
        std::filesystem::remove_all(path_, ignored);
    }
    TableFolder(const TableFolder&) = delete;
    TableFolder& operator=(const TableFolder&) = delete;

    void write(const std::string& name, const std::string& text) const {
        std::ofstream{path_ / name} << text;
    }
    [[nodiscard]] std::string error() const {
        const Result<RegionForms> loaded = load_region_forms(path_);
        return loaded ? "no error" : loaded.error().line();
    }
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

TEST(RegionTables, every_region_of_the_contract_is_found_by_its_name_in_every_language) {
    for (const std::string& language : kLanguages) {
        for (const std::string& region : kRegions) {
            EXPECT_TRUE(has(region, language, {FormKind::name, FormKind::acronym, FormKind::demonym}))
                << region << ' ' << language;
            const std::string name = text::region_display_name(region, language);
            EXPECT_EQ(find_region(shipped(), name), region) << name << ' ' << language;
        }
    }
}

TEST(RegionTables, every_region_of_the_contract_has_its_people_in_every_language) {
    for (const std::string& language : kLanguages) {
        for (const std::string& region : kRegions) {
            // Most languages have no adjective of the United Nations; the name stands for it.
            if (region == "UN") continue;
            EXPECT_TRUE(has(region, language, {FormKind::demonym})) << region << ' ' << language;
        }
    }
}

TEST(RegionTables, every_country_of_the_contract_has_its_capital_in_every_language) {
    // Where country and capital share a name in most languages, or the capital shares it with another
    // country.
    const std::set<std::string> without{"EU", "UN", "TN", "DZ", "KW", "JO"};
    for (const std::string& language : kLanguages) {
        for (const std::string& region : kRegions) {
            if (without.contains(region)) continue;
            EXPECT_TRUE(has(region, language, {FormKind::capital})) << region << ' ' << language;
        }
    }
}

TEST(RegionTables, no_form_of_a_language_is_written_twice) {
    for (const auto& entry : std::filesystem::directory_iterator{kTables}) {
        if (entry.path().filename() == "groups.tsv") continue;
        std::ifstream table{entry.path()};
        std::set<std::pair<std::string, std::string>> forms;
        for (std::string region, language, kind, form; std::getline(table, region);) {
            if (region.empty() || region.starts_with('#')) continue;
            std::istringstream line{region};
            std::getline(line, region, '\t');
            std::getline(line, language, '\t');
            std::getline(line, kind, '\t');
            std::getline(line, form);
            EXPECT_TRUE(forms.emplace(language, form).second)
                << entry.path() << ": " << language << ' ' << form;
        }
    }
}

TEST(RegionTables, hold_the_inflected_forms_of_each_language) {
    EXPECT_EQ(region_of("ar", "سوريتين"), "SY");
    EXPECT_EQ(region_of("en", "Libyans"), "LY");
    EXPECT_EQ(region_of("fr", "syriennes"), "SY");
    EXPECT_EQ(region_of("tr", "Suriyelilerin"), "SY");
    EXPECT_EQ(region_of("ru", "Ливию"), "LY");
    EXPECT_EQ(region_of("ru", "сирийско"), "SY");
    EXPECT_EQ(region_of("fa", "ایرانیان"), "IR");
}

TEST(RegionTables, hold_everyday_names_that_cldr_lacks) {
    EXPECT_EQ(region_of("ar", "أمريكا"), "US");
    EXPECT_EQ(region_of("ar", "السعودية"), "SA");
    EXPECT_EQ(region_of("fa", "عربستان"), "SA");
    EXPECT_EQ(region_of("en", "USA"), "US");
}

TEST(RegionTables, an_acronym_is_always_in_capitals) {
    ASSERT_NE(find("en", "US"), nullptr);
    EXPECT_EQ(find("en", "US")->kind, FormKind::acronym);
    ASSERT_NE(find("ru", "США"), nullptr);
    EXPECT_EQ(find("ru", "США")->kind, FormKind::acronym);
}

TEST(RegionTables, longer_forms_guard_what_a_part_of_them_would_name) {
    EXPECT_EQ(region_of("en", "South Sudanese"), "SS");
    EXPECT_EQ(region_of("en", "Tripoli Lebanon"), "LB");
    EXPECT_EQ(region_of("ar", "طرابلس الشام"), "LB");
    EXPECT_EQ(region_of("en", "guinea pig"), "");
    EXPECT_EQ(region_of("en", "Latin America"), "latin-america");
}

TEST(RegionTables, one_korea_by_itself_is_none) {
    for (const RegionForm& form : shipped().forms) {
        EXPECT_FALSE(form.form == "Korea" || form.form == "Korean" || form.form == "كوريا" ||
                     form.form == "Corée" || form.form == "Корея" || form.form == "Kore" ||
                     form.form == "کره")
            << form.region << ' ' << form.language;
    }
}

TEST(RegionTables, one_character_is_no_name) {
    for (const RegionForm& form : shipped().forms) {
        EXPECT_GE(text::count_code_points(form.form), 2U) << form.region << ' ' << form.language;
    }
}

TEST(RegionTables, a_countrys_own_name_is_known_in_every_language) {
    EXPECT_EQ(region_of("*", "Türkiye"), "TR");
    EXPECT_EQ(region_of("*", "Deutschland"), "DE");
}

TEST(RegionGroups, name_their_members) {
    ASSERT_NE(members("EU"), nullptr);
    EXPECT_EQ(members("EU")->size(), 27U);
    ASSERT_NE(members("arab-league"), nullptr);
    EXPECT_EQ(members("arab-league")->size(), 22U);
}

TEST(RegionGroups, a_group_of_groups_holds_the_countries_of_all) {
    ASSERT_NE(members("africa"), nullptr);
    EXPECT_THAT(*members("africa"), IsSupersetOf({"LY", "NE", "NG", "SD", "SS", "TD"}));
}

TEST(FindRegion, takes_codes_of_two_and_three_letters) {
    EXPECT_EQ(find_region(shipped(), "SY"), "SY");
    EXPECT_EQ(find_region(shipped(), "ly"), "LY");
    EXPECT_EQ(find_region(shipped(), "LBY"), "LY");
    EXPECT_EQ(find_region(shipped(), "UN"), "UN");
}

TEST(FindRegion, two_letters_are_always_a_code) {
    EXPECT_EQ(find_region(shipped(), "UK"), "");
}

TEST(FindRegion, takes_a_name_in_any_language) {
    for (const std::string written : {"Libya", "libya", "ليبيا", "Libye", "Libyen", "Ливия", "لیبی", "לוב",
                                      "利比亚", "利比亞", "リビア", "리비아", "लीबिया", "Λιβύη"}) {
        EXPECT_EQ(find_region(shipped(), written), "LY") << written;
    }
    EXPECT_EQ(find_region(shipped(), "United Kingdom"), "GB");
}

TEST(FindRegion, takes_groups_by_their_id_and_their_name) {
    EXPECT_EQ(find_region(shipped(), "EU"), "EU");
    EXPECT_EQ(find_region(shipped(), "arab-league"), "arab-league");
    EXPECT_EQ(find_region(shipped(), "جامعة الدول العربية"), "arab-league");
}

TEST(FindRegion, knows_nothing_of_other_words) {
    EXPECT_EQ(find_region(shipped(), "Atlantis"), "");
    EXPECT_EQ(find_region(shipped(), ""), "");
    EXPECT_EQ(find_region(shipped(), "Syrian"), "");
}

TEST(LoadRegionForms, a_line_without_four_columns_names_its_place) {
    const TableFolder folder;
    folder.write("xx.tsv", "# comment\nSY\tar\tname\n");
    EXPECT_THAT(folder.error(), HasSubstr("xx.tsv:2: expected 4 columns"));
}

TEST(LoadRegionForms, an_unknown_region_names_its_place) {
    const TableFolder folder;
    folder.write("xx.tsv", "UK\ten\tname\tBritain\n");
    EXPECT_THAT(folder.error(), HasSubstr("xx.tsv:1: expected a country code or a group"));
}

TEST(LoadRegionForms, an_unknown_kind_names_its_place) {
    const TableFolder folder;
    folder.write("xx.tsv", "GB\ten\tnoun\tBritain\n");
    EXPECT_THAT(folder.error(), HasSubstr("xx.tsv:1: expected name, demonym, capital, acronym or other"));
}

TEST(LoadRegionForms, a_form_of_two_regions_names_both_places) {
    const TableFolder folder;
    folder.write("xx.tsv", "NE\ten\tdemonym\tNigerian\nNG\ten\tdemonym\tnigerian\n");
    const std::string error = folder.error();
    EXPECT_THAT(error, HasSubstr("xx.tsv:2: `nigerian` is a form of `NG` here and of `NE`"));
    EXPECT_THAT(error, HasSubstr("xx.tsv:1"));
}

TEST(LoadRegionForms, a_form_with_a_star_is_refused) {
    const TableFolder folder;
    folder.write("xx.tsv", "SY\ten\tdemonym\tSyria*\n");
    EXPECT_THAT(folder.error(), HasSubstr("xx.tsv:1: expected a whole word or phrase"));
}

TEST(LoadRegionForms, an_unknown_member_of_a_group_names_its_place) {
    const TableFolder folder;
    folder.write("groups.tsv", "gulf\tQA XX\n");
    EXPECT_THAT(folder.error(),
                HasSubstr("groups.tsv:1: expected a country code or a group written further up"));
}

TEST(LoadRegionForms, a_folder_that_is_not_there_is_named) {
    const TableFolder folder;
    const Result<RegionForms> loaded = load_region_forms(folder.path() / "missing");
    ASSERT_FALSE(loaded.has_value());
    EXPECT_EQ(loaded.error().kind, ErrorKind::unavailable);
    EXPECT_THAT(loaded.error().line(), HasSubstr("missing"));
}

TEST(LoadRegionForms, a_line_of_the_tables_goes_before_cldr) {
    const TableFolder folder;
    folder.write("xx.tsv", "-\ten\tother\tMali\n");
    const Result<RegionForms> loaded = load_region_forms(folder.path());
    ASSERT_TRUE(loaded.has_value()) << loaded.error().line();
    EXPECT_EQ(std::ranges::count_if(
                  loaded->forms,
                  [](const RegionForm& form) { return form.language == "en" && form.form == "Mali"; }),
              1);
}

}  // namespace
}  // namespace newswatch::match
