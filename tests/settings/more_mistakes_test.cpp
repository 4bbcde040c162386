#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <vector>

#include "regions.h"
#include "settings/settings.h"
#include "temporary_folder.h"

namespace newswatch::settings {
namespace {

/// What people also write, beside the collection in `mistakes/`: the code, the place, and a part of what must
/// be said.
struct Slip {
    std::string name;
    std::string file;
    std::string text;
    std::string code;
    unsigned line;
    unsigned column;
    std::string said;
};

std::vector<Finding> findings_of(const TemporaryFolder& folder, const std::string& file) {
    if (file == "newswatch.yaml") return read_settings(folder.path() / file).findings;
    if (file.starts_with("feeds.d")) return read_feeds(folder.path() / "feeds.d").findings;
    if (file.starts_with("concepts.d")) return read_concepts({}, folder.path() / "concepts.d").findings;
    return read_watchlists(folder.path() / "watchlists.d", {}, test_regions()).findings;
}

/// As GoogleTest shows it in place of its bytes.
void PrintTo(const Slip& slip, std::ostream* out) {
    *out << slip.name;
}

class Slips : public ::testing::TestWithParam<Slip> {};

TEST_P(Slips, is_one_finding_with_its_place_and_what_to_type) {
    const TemporaryFolder folder;
    folder.write(GetParam().file, GetParam().text);
    const std::vector<Finding> findings = findings_of(folder, GetParam().file);
    std::string rendered;
    for (const Finding& finding : findings)
        rendered += render(finding) + "\n";
    ASSERT_EQ(findings.size(), 1U) << rendered;
    EXPECT_EQ(findings[0].code, GetParam().code) << rendered;
    EXPECT_EQ(findings[0].place.line, GetParam().line) << rendered;
    EXPECT_EQ(findings[0].place.column, GetParam().column) << rendered;
    EXPECT_NE(rendered.find(GetParam().said), std::string::npos)
        << "expected «" << GetParam().said << "» in\n"
        << rendered;
}

const std::string kW = "watchlists.d/w.yaml";
const std::string kF = "feeds.d/f.yaml";
const std::string kS = "newswatch.yaml";
const std::string kC = "concepts.d/c.yaml";

INSTANTIATE_TEST_SUITE_P(
    OfPeople, Slips,
    ::testing::Values(
        Slip{"any_of_without_match", kW, "any_of:\n  - storm\n", "W06", 1, 1, "belongs inside `match`"},
        Slip{"none_of_beside_match", kW, "match:\n  any_of: [storm]\nnone_of:\n  - sport\n", "W06", 3, 1,
             "belongs inside `match`"},
        Slip{"within_beside_match", kW, "match:\n  all_of: [storm, flood]\nwithin: 9 words\n", "W06", 3, 1,
             "belongs inside `match`"},
        Slip{"priority_without_alert", kW, "match: {any_of: [storm]}\npriority: high\n", "W06", 2, 1,
             "belongs inside `alert`"},
        Slip{"colon_missing_at_the_top", kW, "match\n  any_of:\n    - storm\n", "Y38", 1, 1,
             "write `match:`"},
        Slip{"colon_missing_inside", kW, "match:\n  any_of\n    - storm\n", "Y38", 2, 3, "write `any_of:`"},
        Slip{"wide_colon", kW, "match：\n  any_of: [storm]\n", "Y38", 1, 1, "write `match:`"},
        Slip{"equals_sign", kW, "name = Storms\nmatch:\n  any_of: [storm]\n", "Y38", 1, 1,
             "write `name: Storms`"},
        Slip{"no_dashes", kW, "match:\n  any_of:\n    storm\n    flood\n", "W42", 3, 5, "one entry a line"},
        Slip{"one_dash_forgotten", kW, "match:\n  any_of:\n    - storm\n    flood\n", "Y38", 4, 5,
             "`- flood`"},
        Slip{"comma_without_brackets", kW, "match:\n  any_of: storm, flood\n", "W42", 2, 11,
             "one entry a line"},
        Slip{"arabic_comma_without_brackets", kW, "match:\n  any_of: عاصفة، فيضان\n", "W42", 2, 11,
             "one entry a line"},
        Slip{"bar_for_a_list", kW, "match:\n  any_of: |\n    storm\n    flood\n", "W42", 2, 11,
             "one entry a line"},
        Slip{"en_dash", kW, "match:\n  any_of:\n    – storm\n", "Y30", 3, 5, "write `- storm`"},
        Slip{"bullet", kW, "match:\n  any_of:\n    • storm\n", "Y30", 3, 5, "write `- storm`"},
        Slip{"star_as_bullet", kW, "match:\n  any_of:\n    * storm\n", "Y30", 3, 5, "write `- storm`"},
        Slip{"capitals", kW, "Match:\n  any_of: [storm]\n", "W06", 1, 1, "did you mean `match`?"},
        Slip{"cyrillic_letter", kW, "mаtch:\n  any_of: [storm]\n", "W06", 1, 1, "did you mean `match`?"},
        Slip{"apostrophe_inside", kW, "match:\n  any_of:\n    - 'chargé d'affaires'\n", "Y44", 3, 17,
             "take the quotes away"},
        Slip{"bracket_open", kW, "match:\n  any_of: [storm, flood\n", "Y46", 2, 11, "add a ]"},
        Slip{"percent_in_front", kW, "match:\n  any_of:\n    - %rise\n", "Y32", 3, 7, "\"%rise\""},
        Slip{"merge_key", kW, "match:\n  <<: *common\n", "Y39", 2, 7, "concept"},
        Slip{"document_end", kW, "match: {any_of: [storm]}\n...\nname: x\n", "Y37", 3, 1, "would be ignored"},
        Slip{"empty_file", kW, "", "W41", 1, 1, "--> watchlists.d/w.yaml:1:1"},
        Slip{"prose", kW, "Storms and floods in the Mediterranean\n", "S46", 1, 1, "name: value"},
        Slip{"web_page", kW, "<html><body>match</body></html>\n", "S46", 1, 1, "name: value"},
        Slip{"regions_in_one_text", kW, "match:\n  any_of:\n    - region: LY, SY\n", "W07", 3, 15,
             "region: [LY, SY]"},
        Slip{"regions_with_arabic_comma", kW, "match:\n  any_of:\n    - region: LY، SY\n", "W07", 3, 15,
             "region: [LY, SY]"},
        Slip{"regions_plural", kW, "match:\n  any_of:\n    - regions: [LY]\n", "W06", 3, 7,
             "did you mean `region`?"},
        Slip{"concepts_in_one_text", kW, "match:\n  any_of:\n    - concept: a, b\n", "W35", 3, 16,
             "one concept a line"},
        Slip{"language_in_words", kW, "languages: [Arabic]\nmatch: {any_of: [storm]}\n", "W46", 1, 13,
             "did you mean `ar`?"},
        Slip{"id_with_spaces", kW, "id: my storms\nmatch: {any_of: [storm]}\n", "W50", 1, 5, "id: my-storms"},
        Slip{"expect_yes", kW, "match: {any_of: [storm]}\ntests:\n  - title: a\n    expect: yes\n", "W53", 4,
             13, "expect: match"},
        Slip{"tests_without_dash", kW, "match: {any_of: [storm]}\ntests:\n  title: a\n  expect: match\n",
             "W53", 2, 1, "- title:"},
        Slip{"number_in_words", kW, "match:\n  any_of: [storm, flood]\n  at_least: two\n", "S20", 3, 13,
             "not a whole number"},
        Slip{"hidden_sign_in_key", kW, "match:\n  any\u200f_of:\n    - storm\n", "Y17", 2, 6,
             "RIGHT-TO-LEFT MARK"},
        Slip{"no_break_indentation", kW, "match:\n\u00a0\u00a0any_of: [storm]\n", "Y34", 2, 1,
             "type a normal space"},
        Slip{"feeds_without_dash", kF, "feeds:\n  https://a.example/rss\n", "S46", 2, 3,
             "begin each line with a dash"},
        Slip{"mail_address", kF, "feeds:\n  - anna@example.org\n", "U24", 2, 5, "mail address"},
        Slip{"angle_brackets", kF, "feeds:\n  - <https://a.example/rss>\n", "U24", 2, 5,
             "write only the address: https://a.example/rss"},
        Slip{"comma_behind_address", kF, "feeds:\n  - https://a.example/rss,\n", "U24", 2, 5,
             "write only the address: https://a.example/rss"},
        Slip{"url_glued", kF, "feeds:\n  - url:https://a.example/rss\n", "U24", 2, 5,
             "write only the address: https://a.example/rss"},
        Slip{"space_in_address", kF, "feeds:\n  - https://a.example/my feed\n", "U24", 2, 5, "no spaces"},
        Slip{"ftp", kF, "feeds:\n  - ftp://a.example/rss\n", "U24", 2, 5, "https"},
        Slip{"key_in_the_column_of_dashes", kF, "feeds:\n  - url: https://a.example/rss\n  name: X\n", "Y28",
             3, 3, "add 2 spaces before `name`"},
        Slip{"clock_for_duration", kF, "feeds:\n  - url: https://a.example/rss\n    every: 00:10\n", "S22", 3,
             14, "units:"},
        Slip{"separators_in_number", kS, "polling:\n  at_once: 1,000\n", "S20", 2, 12, "write 1000"},
        Slip{"setting_too_high", kS, "at_once: 3\n", "W06", 1, 1, "belongs inside `polling`"},
        Slip{"archive_setting_too_high", kS, "keep_articles: 9 days\n", "W06", 1, 1,
             "belongs inside `archive`"},
        Slip{"section_misspelt", kS, "poling:\n  at_once: 3\n", "W06", 1, 1, "did you mean `polling`?"},
        Slip{"size_without_unit", kS, "archive:\n  size: 20\n", "S41", 2, 9, "size: 20 GB"},
        Slip{"rate_without_time", kS, "polling:\n  budget: 20\n", "S42", 2, 11, "20 per second"},
        Slip{"concept_terms_without_language", kC, "concepts:\n  weather:\n    terms: [storm]\n", "W42", 3, 5,
             "en:"},
        Slip{"concept_language_in_words", kC, "concepts:\n  weather:\n    terms:\n      english: [storm]\n",
             "W46", 4, 7, "did you mean `en`?"}),
    [](const auto& tested) { return tested.param.name; });

/// Clear, if unusual: nothing is said of it.
class Understood : public ::testing::TestWithParam<std::pair<std::string, std::string>> {};

TEST_P(Understood, needs_no_word) {
    const TemporaryFolder folder;
    folder.write(GetParam().first, GetParam().second);
    std::string rendered;
    for (const Finding& finding : findings_of(folder, GetParam().first))
        rendered += render(finding) + "\n";
    EXPECT_EQ(rendered, "");
}

std::pair<std::string, std::string> every(const std::string& duration) {
    return {kF, "feeds:\n  - url: https://a.example/rss\n    every: " + duration + "\n"};
}

INSTANTIATE_TEST_SUITE_P(
    Spellings, Understood,
    ::testing::Values(every("١٠ دقائق"), every("10 Minuten"), every("1h30"), every("10 minutos"),
                      every("10 dakika"), every("10 минут"), every("۱۰ دقیقه"), every("2 heures"),
                      every("1 h 30 min"),
                      std::pair{kF, std::string{"https://a.example/rss\nb.example/rss\n"}},
                      std::pair{kS, std::string{"polling:\n  at_once: ٢٠\n"}},
                      std::pair{kS, std::string{"publish:\n  insecure: False\n"}},
                      std::pair{kW, std::string{"id: no\nmatch:\n  any_of: [2011-02-17, 010, yes]\n"}},
                      std::pair{kW,
                                std::string{"---\nmatch:\n  any_of:\n  - storm\n  none_of:\n  - sport\n"}},
                      std::pair{kW, std::string{"match:\n  any_of: زلزال\n"}},
                      std::pair{kW, std::string{"\xEF\xBB\xBFmatch: {any_of: [storm]}\n"}}));

}  // namespace
}  // namespace newswatch::settings
