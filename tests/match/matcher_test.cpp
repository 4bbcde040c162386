#include "match/matcher.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "rules.h"

namespace newswatch::match {
namespace {

TEST(Term, matches_whole_words_only) {
    EXPECT_TRUE(holds(term("rice"), article("Rice prices")));
    EXPECT_FALSE(holds(term("rice"), article("Price of oil")));
}

TEST(Term, inflects_by_the_language_of_the_article) {
    EXPECT_TRUE(holds(term("harbour"), article("Harbours reopen")));
    EXPECT_TRUE(holds(term("Hafen"), article("Hafens", {}, "de")));
}

TEST(Term, does_not_look_into_addresses) {
    EXPECT_FALSE(holds(term("rice"), article("See https://a.example/rice")));
}

TEST(Phrase, its_words_stand_one_behind_the_other) {
    EXPECT_TRUE(holds(term("water treaty"), article("A water-treaty draft")));
    EXPECT_TRUE(holds(term("water treaty"), article("The “water” 🌊 treaties")));
    EXPECT_FALSE(holds(term("water treaty"), article("Water and treaty")));
}

TEST(Phrase, ends_with_its_sentence_and_its_field) {
    EXPECT_FALSE(holds(term("water treaty"), article("They need water. Treaty talks")));
    EXPECT_FALSE(holds(term("water treaty"), article("Water", "Treaty")));
    EXPECT_FALSE(holds(term("water treaty"), article("Water\ntreaty")));
}

TEST(Phrase, may_have_a_full_stop_of_its_own) {
    EXPECT_TRUE(holds(term("Mt. Kenya"), article("On Mt. Kenya")));
    EXPECT_TRUE(holds(term("Mt. Kenya"), article("On Mt Kenya")));
    EXPECT_FALSE(holds(term("Mt. Kenya"), article("On Mt! Kenya")));
}

TEST(Prefix, begins_a_word_with_or_without_clitics) {
    EXPECT_TRUE(holds(term("fish*"), article("The fisheries")));
    EXPECT_TRUE(holds(term("fishe*"), article("The fisheries")));
    EXPECT_TRUE(holds(term("fisherie*"), article("The fisheries")));
    EXPECT_FALSE(holds(term("fish*"), article("The fis")));
    EXPECT_FALSE(holds(term("fish*"), article("A selfish act")));
    EXPECT_TRUE(holds(term("دبلوماس*"), article("بالدبلوماسية", {}, "ar")));
    EXPECT_TRUE(holds(term("sea fish*"), article("The sea fisheries")));
}

TEST(Exact, compares_case_and_accents) {
    EXPECT_TRUE(holds(exact("Rice"), article("General Rice spoke")));
    EXPECT_FALSE(holds(exact("Rice"), article("General rice spoke")));
    EXPECT_FALSE(holds(exact("Peru"), article("Perú")));
    EXPECT_FALSE(holds(exact("Rice"), article("Ｒｉｃｅ")));
}

TEST(Exact, takes_a_part_at_an_apostrophe) {
    EXPECT_TRUE(holds(exact("Rice"), article("General Rice’s plan")));
    EXPECT_TRUE(holds(exact("U.K."), article("The U.K. left")));
    EXPECT_TRUE(holds(exact("New Deal"), article("A New Deal")));
    EXPECT_FALSE(holds(exact("New Deal"), article("A new deal")));
}

TEST(Regex, looks_at_the_text_and_ignores_case) {
    EXPECT_TRUE(holds(regex("flight [A-Z]{2}\\d+"), article("Flight qz8501 landed")));
    EXPECT_FALSE(holds(regex("flight [A-Z]{2}\\d+"), article("Flight landed")));
    EXPECT_FALSE(holds(regex("(broken"), article("(broken")));
}

TEST(Everything, is_met_by_every_article_without_spans) {
    EXPECT_TRUE(holds(leaf(RuleKind::everything, {}), article("")));
    EXPECT_TRUE(spans(leaf(RuleKind::everything, {}), article("Any")).empty());
}

TEST(Groups, all_any_and_none) {
    const Rule rule = all_of({term("port"), any_of({term("strike"), term("fire")}), none_of({term("game")})});
    EXPECT_TRUE(holds(rule, article("Port", "A fire broke out")));
    EXPECT_FALSE(holds(rule, article("Port")));
    EXPECT_FALSE(holds(rule, article("Port fire", "It was a game")));
}

TEST(Groups, at_least_counts_different_children) {
    const Rule rule = at_least(2, any_of({term("army"), term("navy"), term("police")}));
    EXPECT_TRUE(holds(rule, article("Army and navy")));
    EXPECT_FALSE(holds(rule, article("Army meets army")));
}

TEST(Groups, groups_lie_in_groups) {
    const Rule dam =
        all_of({any_of({term("dam"), term("barrage")}), any_of({term("burst*"), term("collapse")})});
    const Rule rule = any_of({term("flood"), dam});
    EXPECT_TRUE(holds(rule, article("The dam is bursting")));
    EXPECT_FALSE(holds(rule, article("The dam is old")));
}

TEST(Groups, a_leaf_counts_its_separate_occurrences) {
    EXPECT_TRUE(holds(at_least(2, term("gas")), article("Gas", "More gas")));
    EXPECT_FALSE(holds(at_least(2, term("gas")), article("Gas")));
    EXPECT_FALSE(holds(at_least(2, term("no no")), article("No no no")));
}

TEST(Fields, in_limits_a_node_and_what_is_below_it) {
    const Rule rule = in({.title = true}, any_of({term("flood"), term("storm")}));
    EXPECT_TRUE(holds(rule, article("Storm")));
    EXPECT_FALSE(holds(rule, article("Calm", "A storm")));
}

TEST(Fields, author_link_and_category_must_be_asked_for) {
    Article tagged = article("Calm");
    tagged.categories = {"Sea", "Storm"};
    tagged.url = "https://a.example/flood";
    tagged.authors = {{.name = "Ada Stone"}};
    EXPECT_FALSE(holds(term("storm"), tagged));
    EXPECT_TRUE(holds(in({.category = true}, term("storm")), tagged));
    EXPECT_TRUE(holds(in({.link = true}, term("flood")), tagged));
    EXPECT_TRUE(holds(in({.author = true}, term("stone")), tagged));
    EXPECT_EQ(spans(in({.category = true}, term("storm")), tagged).at(0).index, 1U);
}

TEST(Fields, the_lead_is_the_summary_or_the_first_paragraph) {
    const Rule rule = in({.lead = true}, term("storm"));
    EXPECT_TRUE(holds(rule, article("Calm", "A storm came.\nIt went.")));
    EXPECT_FALSE(holds(rule, article("Calm", "It went.\nA storm came.")));
    Article summed = article("Calm", "A storm came.");
    summed.summary = "Nothing.";
    EXPECT_FALSE(holds(rule, summed));
}

TEST(Languages, limit_a_node_and_a_watchlist) {
    EXPECT_FALSE(holds(in_languages({"fr"}, term("port")), article("Port")));
    EXPECT_TRUE(holds(in_languages({"fr", "en"}, term("port")), article("Port")));
    Watchlist french = watchlist(term("port"));
    french.languages = {"fr"};
    EXPECT_TRUE(match(*compile({french}), analyse::analyse(article("Port"))).empty());
}

TEST(Languages, terms_are_those_of_the_article_and_the_star) {
    Rule rule = leaf(RuleKind::terms, {});
    rule.by_language["fr"] = {term("pain")};
    rule.by_language["*"] = {term("OPEC")};
    EXPECT_FALSE(holds(rule, article("Pain")));
    EXPECT_TRUE(holds(rule, article("Pain", {}, "fr")));
    EXPECT_TRUE(holds(rule, article("OPEC")));
    EXPECT_TRUE(holds(rule, article("Pain", {}, "")));
}

TEST(Except, masks_occurrences_that_lie_inside) {
    const Rule rule = except({"ice cream"}, term("ice"));
    EXPECT_FALSE(holds(rule, article("Ice cream")));
    EXPECT_TRUE(holds(rule, article("Ice cream on ice")));
}

TEST(Within, a_number_of_words_in_any_order) {
    const Rule rule = within(all_of({term("envoy"), term("Cairo")}), words(3));
    EXPECT_TRUE(holds(rule, article("Cairo welcomes an envoy")));
    EXPECT_TRUE(holds(rule, article("An envoy. Cairo waits")));
    EXPECT_FALSE(holds(rule, article("Cairo does welcome an envoy")));
    EXPECT_FALSE(holds(rule, article("Envoy", "Cairo")));
}

TEST(Within, in_order) {
    const Rule rule = within(all_of({term("envoy"), term("Cairo")}), words(3, true));
    EXPECT_TRUE(holds(rule, article("Envoy in Cairo")));
    EXPECT_FALSE(holds(rule, article("Cairo welcomes an envoy")));
}

TEST(Within, elements_need_words_of_their_own) {
    EXPECT_FALSE(
        holds(within(all_of({term("fire"), term("forest fire")}), words(5)), article("A forest fire")));
    EXPECT_TRUE(holds(within(all_of({term("fire"), term("forest fire")}), words(5)),
                      article("A forest fire, a fire")));
}

TEST(Within, counts_to_the_last_word_of_a_phrase) {
    const Rule rule = within(all_of({term("Cairo"), term("forest fire")}), words(3));
    EXPECT_TRUE(holds(rule, article("Cairo sees forest fire")));
    EXPECT_FALSE(holds(rule, article("Cairo sees a forest fire")));
}

TEST(Within, a_sentence_or_a_paragraph) {
    const std::vector<Rule> both{term("envoy"), term("Cairo")};
    EXPECT_TRUE(holds(within(all_of(both), sentence()), article("The envoy came late to Cairo. He left.")));
    EXPECT_FALSE(holds(within(all_of(both), sentence()), article("The envoy came. Cairo waited.")));
    EXPECT_TRUE(holds(within(all_of(both), paragraph()), article("The envoy came. Cairo waited.")));
    EXPECT_FALSE(holds(within(all_of(both), paragraph()), article("The envoy came.\nCairo waited.")));
}

TEST(Within, takes_regions_concepts_and_alternatives) {
    Concept sport;
    sport.id = "sport";
    sport.terms["en"] = {term("football")};
    const Rule rule = within(
        all_of({region({"SY"}), concept_named("sport"), any_of({term("cup"), term("medal")})}), words(5));
    EXPECT_TRUE(holds(rule, article("Syria wins the football cup"), {sport}));
    EXPECT_FALSE(holds(rule, article("Syria wins. Then, days later, came football and a cup"), {sport}));
}

TEST(Within, tells_only_what_stands_close) {
    const Rule rule = within(all_of({term("envoy"), term("Cairo")}), words(2));
    const std::vector<Span> found =
        spans(rule, article("Envoy in Cairo; and much later that day another envoy"));
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].start, 0U);
    EXPECT_EQ(found[1].start, 9U);
}

TEST(Concept, is_any_of_its_terms_in_every_language) {
    Concept shared;
    shared.id = "embassy";
    shared.names[""] = "Embassies";
    shared.terms["en"] = {term("embassy")};
    shared.terms["ar"] = {term("سفارة")};
    const Rule rule = concept_named("embassy");
    EXPECT_TRUE(holds(rule, article("The embassies closed"), {shared}));
    EXPECT_TRUE(holds(rule, article("أغلقت السفارة", {}, "ar"), {shared}));
    EXPECT_FALSE(holds(rule, article("The port closed"), {shared}));
    const std::vector<Span> found = spans(rule, article("The embassies closed"), {shared});
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].meaning, "Embassies");
    EXPECT_EQ(found[0].term, "embassy");
}

TEST(Dictionary, a_term_ends_where_words_of_the_text_end) {
    EXPECT_TRUE(holds(term("東京"), article("東京都の天気", {}, "ja")));
    EXPECT_FALSE(holds(term("京都"), article("東京都の天気", {}, "ja")));
    EXPECT_TRUE(holds(term("東京都"), article("東京都の天気", {}, "ja")));
}

TEST(Spans, count_code_points_and_name_term_and_rule) {
    const std::vector<Span> found = spans(term("ميناء"), article("🌊 في الميناء اليوم", {}, "ar"));
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].field, FieldName::title);
    EXPECT_EQ(found[0].start, 5U);
    EXPECT_EQ(found[0].end, 12U);
    EXPECT_EQ(found[0].text, "الميناء");
    EXPECT_EQ(found[0].term, "ميناء");
    EXPECT_EQ(found[0].rule, "rule.yaml:1");
}

TEST(Spans, come_by_field_then_by_place) {
    const std::vector<Span> found = spans(any_of({term("sea"), term("port")}), article("Port", "Sea port"));
    ASSERT_EQ(found.size(), 3U);
    EXPECT_EQ(found[0].field, FieldName::title);
    EXPECT_EQ(found[1].text, "Sea");
    EXPECT_EQ(found[2].text, "port");
}

TEST(Spans, none_come_from_what_is_excluded_or_did_not_hold) {
    const Rule rule = all_of({term("port"), none_of({term("game")})});
    EXPECT_EQ(spans(rule, article("Port")).size(), 1U);
    const Rule alternatives = any_of({term("port"), all_of({term("sea"), term("sky")})});
    EXPECT_EQ(spans(alternatives, article("Port by the sea")).size(), 1U);
}

TEST(Match, comes_in_order_of_watchlist_id) {
    const auto set =
        compile({watchlist(term("port"), "b"), watchlist(term("port"), "a"), watchlist(term("sky"), "c")});
    const std::vector<Match> matches = match(*set, analyse::analyse(article("Port")));
    ASSERT_EQ(matches.size(), 2U);
    EXPECT_EQ(matches[0].watchlist, "a");
    EXPECT_EQ(matches[1].watchlist, "b");
    EXPECT_EQ(set->find("c")->id, "c");
    EXPECT_FALSE(set->find("d"));
}

TEST(Match, is_limited_to_the_feeds_that_a_watchlist_names) {
    Watchlist limited = watchlist(term("port"));
    limited.feeds = {"Harbour News", "https://b.example/rss", "Ports"};
    const auto set = compile({limited});
    const Article found = article("Port");
    const Analysed analysed = analyse::analyse(found);
    EXPECT_TRUE(match(*set, analysed, {.url = "https://a.example/rss", .name = "Other"}).empty());
    EXPECT_FALSE(match(*set, analysed, {.url = "https://b.example/rss"}).empty());
    EXPECT_FALSE(match(*set, analysed, {.url = "https://c.example/rss", .name = "Harbour News"}).empty());
    EXPECT_FALSE(match(*set, analysed, {.url = "https://c.example/rss", .folder = "Ports"}).empty());
}

TEST(Match, an_empty_article_meets_nothing) {
    EXPECT_FALSE(holds(term("port"), Article{}));
}

TEST(NearMatches, name_the_one_clause_that_is_missing) {
    const auto set = compile({watchlist(all_of({region({"SY"}), region({"LY"}), term("envoy")}))});
    const Article nearly = article("Syrian envoy lands");
    const std::vector<NearMatch> near = near_matches(*set, analyse::analyse(nearly));
    ASSERT_EQ(near.size(), 1U);
    EXPECT_EQ(near[0].clauses, 3U);
    EXPECT_EQ(near[0].missing, "Libya");
    EXPECT_EQ(near[0].missing_rule, "rule.yaml:1");
    EXPECT_EQ(near[0].found.size(), 2U);
}

TEST(NearMatches, name_what_excludes) {
    const auto set = compile({watchlist(all_of({all_of({term("envoy")}), none_of({term("football")})}))});
    const Article excluded = article("Envoy plays football");
    const std::vector<NearMatch> near = near_matches(*set, analyse::analyse(excluded));
    ASSERT_EQ(near.size(), 1U);
    EXPECT_EQ(near[0].missing, "excluded by football");
}

TEST(NearMatches, say_when_everything_is_there_but_too_far_apart) {
    const auto set = compile({watchlist(within(all_of({term("envoy"), term("Cairo")}), words(2)))});
    const Article far = article("Envoy leaves for the city of Cairo");
    const std::vector<NearMatch> near = near_matches(*set, analyse::analyse(far));
    ASSERT_EQ(near.size(), 1U);
    EXPECT_EQ(near[0].missing, "all within 2 words");
}

TEST(NearMatches, are_neither_matches_nor_two_clauses_away) {
    const auto set = compile({watchlist(all_of({term("envoy"), term("Cairo"), term("treaty")}))});
    const Article all = article("Envoy signs treaty in Cairo");
    const Article one = article("Envoy lands");
    EXPECT_TRUE(near_matches(*set, analyse::analyse(all)).empty());
    EXPECT_TRUE(near_matches(*set, analyse::analyse(one)).empty());
}

TEST(Explain, tells_what_was_met_by_which_words) {
    const auto set = compile({watchlist(all_of({region({"SY"}), term("envoy")}))});
    const Article found = article("سوريا", "Envoys, an envoy, Syrian", "ar");
    const std::vector<Match> matches = match(*set, analyse::analyse(found));
    ASSERT_EQ(matches.size(), 1U);
    EXPECT_EQ(explain(matches[0]), "Syria «سوريا», «Syrian» · envoy «Envoys», «envoy»");
}

}  // namespace
}  // namespace newswatch::match
