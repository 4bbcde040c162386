#include "match/why_not.h"

#include <gtest/gtest.h>

#include "rules.h"

namespace newswatch::match {
namespace {

WhyNot ask(const Rule& rule, const Article& article) {
    return *why_not(*compile({watchlist(rule)}), "w", analyse::analyse(article));
}

/// The first clause that is not met.
ClauseAnswer obstacle(const Rule& rule, const Article& article) {
    for (const ClauseAnswer& one : ask(rule, article).clauses)
        if (one.obstacle != Obstacle::none) return one;
    return {};
}

TEST(WhyNot, names_the_clause_that_is_missing) {
    const ClauseAnswer one = obstacle(all_of({term("zorb"), term("tavog")}), article("zorb"));
    EXPECT_EQ(one.obstacle, Obstacle::absent);
    EXPECT_EQ(one.clause, "tavog");
}

TEST(WhyNot, shows_a_word_that_begins_alike) {
    const ClauseAnswer one = obstacle(term("Libya"), article("The Libyan coast"));
    ASSERT_FALSE(one.near.empty());
    EXPECT_EQ(one.near.front().nearness, Nearness::beginning);
    EXPECT_EQ(one.near.front().span.text, "Libyan");
}

TEST(WhyNot, shows_the_word_in_a_field_that_is_not_looked_at) {
    FieldSet title;
    title.title = true;
    const ClauseAnswer one = obstacle(in(title, term("zorb")), article("tavog", "zorb"));
    ASSERT_FALSE(one.near.empty());
    EXPECT_EQ(one.near.front().nearness, Nearness::other_field);
}

TEST(WhyNot, shows_the_word_that_an_exception_masks) {
    const ClauseAnswer one = obstacle(except({"zorb smith"}, term("zorb")), article("zorb smith"));
    ASSERT_FALSE(one.near.empty());
    EXPECT_EQ(one.near.front().nearness, Nearness::masked);
}

TEST(WhyNot, shows_what_exact_would_have_to_be) {
    const ClauseAnswer one = obstacle(exact("Zorb"), article("zorb"));
    ASSERT_FALSE(one.near.empty());
    EXPECT_EQ(one.near.front().nearness, Nearness::spelling);
}

TEST(WhyNot, says_how_far_apart_the_words_are) {
    const ClauseAnswer one =
        obstacle(within(all_of({term("zorb"), term("tavog")}), words(2)), article("zorb a b c tavog"));
    EXPECT_EQ(one.obstacle, Obstacle::apart);
    EXPECT_EQ(one.count, 4U);
}

TEST(WhyNot, shows_the_excluded_word) {
    const ClauseAnswer one = obstacle(all_of({term("zorb"), none_of({term("cup")})}), article("zorb cup"));
    EXPECT_EQ(one.obstacle, Obstacle::excluded);
    ASSERT_EQ(one.found.size(), 1U);
    EXPECT_EQ(one.found.front().text, "cup");
}

TEST(WhyNot, counts_what_was_too_few) {
    const ClauseAnswer one = obstacle(at_least(3, term("zorb")), article("zorb zorb"));
    EXPECT_EQ(one.obstacle, Obstacle::too_few);
    EXPECT_EQ(one.count, 2U);
}

TEST(WhyNot, says_that_the_article_is_in_another_language) {
    EXPECT_EQ(obstacle(in_languages({"ar"}, term("zorb")), article("zorb")).obstacle, Obstacle::language);
}

TEST(WhyNot, is_told_in_plain_words) {
    EXPECT_EQ(explain(ask(all_of({term("zorb"), term("Libya")}), article("zorb Libyan"))),
              "met       zorb (rule.yaml:1)\n"
              "            «zorb» (title, character 1)\n"
              "missing   Libya (rule.yaml:1)\n"
              "            nearest: «Libyan» (title, character 6) begins like `Libya` but is another word");
}

}  // namespace
}  // namespace newswatch::match
