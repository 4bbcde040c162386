#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "regions.h"
#include "settings/settings.h"

namespace newswatch::settings {
namespace {

Read<std::vector<Watchlist>> decode(std::string_view yaml) {
    return decode_watchlist_file(yaml, "watchlists.d/x.yaml", {}, test_regions());
}

/// `Y28 5:4`, in the order of the file.
std::vector<std::string> findings_of(std::string_view yaml) {
    std::vector<std::string> all;
    for (const Finding& finding : decode(yaml).findings) {
        all.push_back(finding.code + " " + std::to_string(finding.place.line) + ":" +
                      std::to_string(finding.place.column));
    }
    return all;
}

using Found = std::vector<std::string>;

TEST(Scan, a_good_file_in_any_style_passes) {
    EXPECT_EQ(findings_of("---\n"
                          "# a comment with \"quotes' and key: value: more\n"
                          "name: 'It''s a \"name\"'   # comment\n"
                          "description: >-\n"
                          "  folded: text\n"
                          "   - with - dashes: and\n"
                          "\n"
                          "  \"open quotes\n"
                          "match:\n"
                          "  all_of:\n"
                          "  - region: SY\n"
                          "  -   any_of: [ embassy, \"a: b\",\n"
                          "        'consul*' ,  # comment, with ] inside\n"
                          "        {term: envoy, in: title}\n"
                          "      ]\n"
                          "  none_of:\n"
                          "    -\n"
                          "      term: football\n"
                          "    - a phrase that\n"
                          "      goes on below\n"
                          "    - \"and one\n"
                          "      in quotes\"\n"
                          "tests:\n"
                          "  - title: a\n"
                          "    expect: match\n"),
              Found{});
}

TEST(Scan, windows_lines_and_a_byte_order_mark_are_fine) {
    EXPECT_EQ(findings_of("\xEF\xBB\xBFname: x\r\nmatch:\r\n  any_of:\r\n    - embassy\r\n"), Found{});
}

TEST(Scan, addresses_and_times_are_no_settings) {
    EXPECT_EQ(
        findings_of("match:\n  any_of:\n    - https://a.example:8080/x\n    - 07:00\n    - note:word\n"),
        Found{});
}

TEST(Scan, a_forgotten_quote_is_found_where_it_opens) {
    EXPECT_EQ(findings_of("name: \"open\nmatch: embassy\n"), Found{"Y31 1:7"});
    EXPECT_EQ(findings_of("match:\n  any_of: [\"open, b]\nname: x\n"), Found{"Y31 2:12"});
    EXPECT_EQ(findings_of("match:\n  any_of:\n    - 'open\n    - 'closed'\n"), Found{"Y31 3:7"});
}

TEST(Scan, a_forgotten_bracket_is_found_where_it_opens) {
    EXPECT_EQ(findings_of("match:\n  any_of: [a, b\nname: x\n"), Found{"Y46 2:11"});
    EXPECT_EQ(findings_of("match: {any_of: [a, b}\n"), Found{"Y46 1:22"});
}

TEST(Scan, text_behind_a_closing_quote_is_reported) {
    EXPECT_EQ(findings_of("match:\n  any_of:\n    - \"grain\" deal\n"), Found{"Y44 3:15"});
}

TEST(Scan, lines_that_do_not_line_up_are_reported_once) {
    EXPECT_EQ(findings_of("match:\n    any_of:\n      - a\n  none_of:\n      - b\n"), Found{"Y28 4:3"});
    EXPECT_EQ(findings_of("name: x\n  match: embassy\n"), Found{"Y28 2:3"});
}

TEST(Scan, all_slips_of_a_file_are_reported_at_once) {
    EXPECT_EQ(
        findings_of("name: a: b\nmatch:\n  any_of:\n    - @x\n    - [!y, &z]\n    - #tag\n    - region:SY\n"),
        (Found{"Y03 1:8", "Y32 4:7", "Y32 5:8", "Y39 5:12", "Y33 6:7", "Y29 7:14"}));
}

TEST(Scan, a_hash_behind_a_dash_may_be_a_comment_on_what_is_below) {
    EXPECT_EQ(findings_of("match:\n  any_of:\n    - #first\n      term: embassy\n"), Found{});
}

TEST(Scan, a_list_cannot_start_behind_a_key) {
    EXPECT_EQ(findings_of("match:\n  any_of: - embassy\n"), Found{"Y45 2:11"});
}

TEST(Scan, control_characters_are_refused) {
    EXPECT_EQ(findings_of(std::string_view{"name: a\0b\nmatch: c\n", 19}), Found{"Y43 1:8"});
}

TEST(Scan, an_invisible_character_moves_no_place) {
    // U+200E before the key; the mistake behind it keeps the column that an editor shows.
    const auto found = findings_of("match:\n  any_of:\n    - \u200Eregion: UK\n");
    EXPECT_EQ(found, (Found{"Y17 3:7", "W07 3:16"}));
}

TEST(Scan, anchors_aliases_and_tags_are_refused) {
    EXPECT_EQ(findings_of("match:\n  any_of: &a [x]\n"), Found{"Y39 2:11"});
    EXPECT_EQ(findings_of("a: &a [*a, *a]\nb: [*a, *a]\nmatch: *a\n"), Found{"Y39 1:4"});
    EXPECT_EQ(findings_of("match: !!str embassy\n"), Found{"Y32 1:8"});
}

TEST(Scan, a_key_written_twice_is_reported_in_any_style) {
    EXPECT_EQ(findings_of("match: {any_of: [a], any_of: [b]}\n"), Found{"Y05 1:22"});
}

TEST(Scan, more_than_sixteen_levels_are_refused) {
    std::string yaml = "match: ";
    for (int level = 0; level < 17; ++level)
        yaml += "[";
    yaml += "x";
    for (int level = 0; level < 17; ++level)
        yaml += "]";
    EXPECT_EQ(findings_of(yaml), Found{"Y41 1:23"});
}

TEST(Scan, ten_thousand_levels_do_no_harm) {
    EXPECT_EQ(findings_of("match: " + std::string(10'000, '[') + std::string(10'000, ']')),
              Found{"Y41 1:23"});
}

TEST(Scan, a_file_that_is_no_yaml_at_all_gives_few_findings) {
    std::string bytes;
    for (int line = 0; line < 5000; ++line)
        bytes += "- 'open \"\n@x: *y\n";
    EXPECT_LE(decode(bytes).findings.size(), 21U);
}

TEST(Scan, more_than_twenty_findings_are_counted) {
    std::string yaml = "match:\n  any_of:\n";
    for (int line = 0; line < 30; ++line)
        yaml += "    - li*\n";
    const auto findings = decode(yaml).findings;
    ASSERT_EQ(findings.size(), 21U);
    EXPECT_EQ(findings.back().headline, "10 more findings in watchlists.d/x.yaml are not shown");
}

TEST(Scan, a_second_document_is_reported_where_it_starts) {
    EXPECT_EQ(findings_of("match: a\n---\nmatch: b\n"), Found{"Y37 2:1"});
    EXPECT_EQ(findings_of("match: a\n...\nmatch: b\n"), Found{"Y37 3:1"});
    EXPECT_EQ(findings_of("match: a\n...\n"), Found{});
}

TEST(Scan, bytes_in_an_old_encoding_get_a_guess) {
    const auto guess = [](std::string_view bytes) {
        const auto findings = decode(bytes).findings;
        return findings.size() == 1 && findings[0].help.size() > 1 ? findings[0].help[1] : std::string{};
    };
    EXPECT_EQ(guess("name: caf\xE9\n"),
              "guess: Windows-1252 (Western European); read that way, line 1 says: name: caf«é»");
    EXPECT_EQ(guess("name: \xCC\xEE\xF1\xEA\xE2\xE0\n"),
              "guess: Windows-1251 (Cyrillic); read that way, line 1 says: name: «Москва»");
    EXPECT_EQ(guess("name: \xD8\xE6\xD1\xC7\n"),
              "guess: Windows-1256 (Arabic); read that way, line 1 says: name: «طورا»");
    EXPECT_EQ(guess("name: \xA7\n"), "help: save the file as UTF-8 in your editor")
        << "a sign alone is no word of any language";
}

}  // namespace
}  // namespace newswatch::settings
