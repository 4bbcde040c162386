#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "regions.h"
#include "settings/settings.h"

namespace newswatch::settings {
namespace {

Concept a_concept(std::string id) {
    Concept known;
    known.id = std::move(id);
    Rule term;
    term.kind = RuleKind::term;
    term.text = "embassy";
    known.terms["en"].push_back(term);
    return known;
}

Read<Rule> decode(std::string_view yaml) {
    return decode_rule(yaml, "test.yaml", {a_concept("diplomacy")}, test_regions());
}

Rule rule_of(std::string_view yaml) {
    Read<Rule> read = decode(yaml);
    for (const Finding& finding : read.findings)
        EXPECT_NE(finding.severity, Severity::error) << render(finding);
    return read.value;
}

/// The codes of all errors, in the order of the file.
std::vector<std::string> errors_of(std::string_view yaml) {
    std::vector<std::string> codes;
    for (const Finding& finding : decode(yaml).findings) {
        if (finding.severity == Severity::error) codes.push_back(finding.code);
    }
    return codes;
}

using Codes = std::vector<std::string>;

TEST(Rule, a_bare_word_is_a_term) {
    const Rule rule = rule_of("\"embassy\"");
    EXPECT_EQ(rule.kind, RuleKind::term);
    EXPECT_EQ(rule.text, "embassy");
}

TEST(Rule, flow_style_reads_like_block_style) {
    const Rule rule = rule_of("{all_of: [{region: SY}, \"grain deal\"], within: 4}");
    ASSERT_EQ(rule.kind, RuleKind::all_of);
    ASSERT_EQ(rule.children.size(), 2U);
    EXPECT_EQ(rule.children[0].regions, std::vector<std::string>{"SY"});
    EXPECT_EQ(rule.children[1].text, "grain deal");
    ASSERT_TRUE(rule.within);
    EXPECT_EQ(rule.within->words, 4U);
}

TEST(Rule, keys_combined_in_one_mapping_are_all_required) {
    const Rule rule = rule_of("{all_of: [embassy, envoy], none_of: [football], within: sentence}");
    ASSERT_EQ(rule.kind, RuleKind::all_of);
    ASSERT_EQ(rule.children.size(), 2U);
    EXPECT_EQ(rule.children[0].kind, RuleKind::all_of);
    EXPECT_EQ(rule.children[0].within->unit, Within::Unit::sentence);
    EXPECT_FALSE(rule.within);
    EXPECT_EQ(rule.children[1].kind, RuleKind::none_of);
}

TEST(Rule, at_least_belongs_to_the_any_of_or_the_word_beside_it) {
    EXPECT_EQ(rule_of("{any_of: [a, b, c], at_least: 2}").at_least, 2U);
    EXPECT_EQ(rule_of("{term: embassy, at_least: ٣}").at_least, 3U);
    EXPECT_EQ(errors_of("{any_of: [a, b], at_least: 3}"), Codes{"W43"});
    EXPECT_EQ(errors_of("{all_of: [a, b], at_least: 2}"), Codes{"W43"});
}

TEST(Rule, within_takes_words_sentence_or_paragraph) {
    EXPECT_EQ(rule_of("{all_of: [a, b], within: 60 words}").within->words, 60U);
    EXPECT_EQ(rule_of("{all_of: [a, b], within: paragraph}").within->unit, Within::Unit::paragraph);
    EXPECT_TRUE(rule_of("{all_of: [a, b], within: 3, ordered: true}").within->ordered);
    EXPECT_EQ(errors_of("{all_of: [a, b], within: near}"), Codes{"W44"});
    EXPECT_EQ(errors_of("{any_of: [a, b], within: 4}"), Codes{"W44"});
    EXPECT_EQ(errors_of("{all_of: [a, {regex: b}], within: 4}"), Codes{"W44"});
    EXPECT_EQ(errors_of("{all_of: [a, b], ordered: yes}"), Codes{"W44"});
}

TEST(Rule, a_region_is_a_code_or_a_name_one_or_several) {
    EXPECT_EQ(rule_of("{region: ليبيا}").regions, std::vector<std::string>{"LY"});
    EXPECT_EQ(rule_of("{region: [SY, ly, Libya]}").regions, (std::vector<std::string>{"SY", "LY"}));
}

TEST(Rule, a_region_nobody_knows_gets_the_nearest_name) {
    const Read<Rule> read = decode("{region: Lybia}");
    ASSERT_EQ(read.findings.size(), 1U);
    EXPECT_EQ(read.findings[0].code, "W07");
    EXPECT_EQ(read.findings[0].label, "did you mean `LY` (Libya)?");
}

TEST(Rule, terms_by_language_keep_their_language) {
    const Rule rule = rule_of("{terms: {ar: [سفارة], en: [embassy, \"consul*\"], \"*\": [SANA]}}");
    ASSERT_EQ(rule.kind, RuleKind::terms);
    EXPECT_EQ(rule.by_language.at("ar").size(), 1U);
    EXPECT_EQ(rule.by_language.at("en").at(1).text, "consul*");
    EXPECT_EQ(rule.by_language.at("*").at(0).text, "SANA");
    EXPECT_EQ(errors_of("{terms: {jp: [大使館]}}"), Codes{"W46"});
}

TEST(Rule, in_languages_and_except_stay_with_their_block) {
    const Rule rule =
        rule_of("{region: TR, except: [Turkey breast], in: [title, lead], languages: [en, pt-BR]}");
    EXPECT_EQ(rule.except, std::vector<std::string>{"Turkey breast"});
    EXPECT_TRUE(rule.in->title);
    EXPECT_TRUE(rule.in->lead);
    EXPECT_FALSE(rule.in->content);
    EXPECT_EQ(rule.languages, (std::vector<std::string>{"en", "pt"}));
    EXPECT_EQ(errors_of("{term: a, in: headline}"), Codes{"W45"});
    EXPECT_EQ(errors_of("{any_of: [a], except: [b]}"), Codes{"W42"});
}

TEST(Rule, everything_is_every_article_but_the_word_can_be_searched) {
    EXPECT_EQ(rule_of("everything").kind, RuleKind::everything);
    EXPECT_EQ(rule_of("{term: everything}").kind, RuleKind::term);
}

TEST(Rule, null_and_no_are_words) {
    const Rule rule = rule_of("{any_of: [null, ~, no, 010]}");
    ASSERT_EQ(rule.children.size(), 4U);
    EXPECT_EQ(rule.children[0].text, "null");
    EXPECT_EQ(rule.children[1].text, "~");
    EXPECT_EQ(rule.children[2].text, "no");
    EXPECT_EQ(rule.children[3].text, "010");
}

TEST(Rule, a_star_stands_at_the_end_of_a_word_of_three_letters_or_more) {
    EXPECT_EQ(rule_of("\"foreign minist*\"").text, "foreign minist*");
    EXPECT_EQ(errors_of("\"li*\""), Codes{"W12"});
    EXPECT_EQ(errors_of("\"*libya\""), Codes{"Y11"});
    EXPECT_EQ(errors_of("\"lib*a\""), Codes{"Y11"});
    EXPECT_EQ(errors_of("{exact: \"SAN*\"}"), Codes{"W12"});
}

TEST(Rule, a_pure_negative_is_refused) {
    EXPECT_EQ(errors_of("{none_of: [football]}"), Codes{"W10"});
    EXPECT_EQ(errors_of("{any_of: [embassy, {none_of: [football]}]}"), Codes{"W10"});
    EXPECT_EQ(errors_of("{all_of: [embassy, {none_of: [football]}]}"), Codes{});
    EXPECT_EQ(errors_of("{all_of: [everything], none_of: [football]}"), Codes{});
    EXPECT_EQ(errors_of("{region: SY, none_of: [football]}"), Codes{});
}

TEST(Rule, blocks_are_at_most_four_deep) {
    EXPECT_EQ(errors_of("{all_of: [{any_of: [{all_of: [{any_of: [a]}]}]}]}"), Codes{});
    EXPECT_EQ(errors_of("{all_of: [{any_of: [{all_of: [{any_of: [{all_of: [a]}]}]}]}]}"), Codes{"W47"});
}

TEST(Rule, nothing_to_look_for_is_an_error) {
    EXPECT_EQ(errors_of(""), Codes{"W09"});
    EXPECT_EQ(errors_of("{any_of: []}"), Codes{"W09"});
    EXPECT_EQ(errors_of("{in: title}"), Codes{"W09"});
    EXPECT_EQ(errors_of("{any_of: [\"\"]}"), Codes{"W52"});
    EXPECT_EQ(errors_of("[a, b]"), Codes{"W08"});
    EXPECT_EQ(errors_of("{any_of: [[a, b]]}"), Codes{"W08"});
    EXPECT_EQ(errors_of("{any_of: a}"), Codes{});
    EXPECT_EQ(errors_of("{any_of: \"a, b\"}"), Codes{"W42"});
}

TEST(Rule, a_phrase_has_at_most_fifty_words) {
    std::string phrase = "word";
    for (int words = 1; words < 50; ++words)
        phrase += " word";
    EXPECT_EQ(errors_of(phrase), Codes{});
    EXPECT_EQ(errors_of(phrase + " word"), Codes{"W48"});
}

TEST(Rule, a_list_has_at_most_ten_thousand_terms) {
    std::string list = "{any_of: [a";
    for (int terms = 1; terms < 10'000; ++terms)
        list += ",a";
    EXPECT_EQ(errors_of(list + "]}"), Codes{});
    EXPECT_EQ(errors_of(list + ",a]}"), Codes{"W49"});
}

TEST(Rule, a_concept_must_be_known) {
    EXPECT_EQ(rule_of("{concept: diplomacy}").text, "diplomacy");
    const Read<Rule> read = decode("{concept: diplomasy}");
    ASSERT_EQ(read.findings.size(), 1U);
    EXPECT_EQ(read.findings[0].code, "W35");
    EXPECT_EQ(read.findings[0].label, "did you mean `diplomacy`? (1 term in 1 language)");
}

TEST(Rule, all_mistakes_of_a_rule_are_reported_at_once) {
    EXPECT_EQ(errors_of("{any_of: [{region: UK}, {concept: sprot}, \"li*\"], whithin: 4}"),
              (Codes{"W07", "W35", "W12", "W06"}));
}

TEST(Rule, every_word_knows_its_line) {
    const Rule rule = rule_of("any_of:\n  - embassy\n  - سفارة\n  - region: LY\n");
    EXPECT_EQ(rule.place.rule(), "test.yaml:1");
    EXPECT_EQ(rule.children[1].place.rule(), "test.yaml:3");
    EXPECT_EQ(rule.children[2].place.column, 13U);
}

}  // namespace
}  // namespace newswatch::settings
