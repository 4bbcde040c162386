#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "analyse/analyser.h"
#include "match/matcher.h"
#include "sentences.h"
#include "settings/settings.h"

/// term_sentences.tsv and concept_sentences.tsv: newspaper sentences that a rule or a concept meets or not.
namespace newswatch::match {
namespace {

const settings::RegionLookup& regions_by_name() {
    static const settings::RegionLookup lookup{
        .find = [](std::string_view written) { return find_region(shipped_regions(), written); },
        .name = [](std::string_view code) { return std::string{code}; }};
    return lookup;
}

const std::shared_ptr<const Regions>& compiled_regions() {
    static const std::shared_ptr<const Regions> compiled = compile_regions(shipped_regions());
    return compiled;
}

const std::vector<Concept>& shipped_concepts() {
    static const std::vector<Concept> concepts =
        settings::read_concepts(source_folder() / "config/concepts", source_folder() / "config/concepts")
            .value;
    return concepts;
}

std::vector<Match> matches(const std::vector<Watchlist>& watchlists, const Article& article,
                           const std::string& place) {
    const auto set = WatchlistSet::compile(watchlists, shipped_concepts(), compiled_regions());
    std::vector<Match> found = match(*set, analyse::analyse(article));
    for (const Match& each : found) {
        for (const Span& span : each.spans)
            EXPECT_EQ(span.text, slice(article.content, span.start, span.end)) << place;
    }
    return found;
}

std::string where(const std::vector<Match>& found) {
    std::string line;
    for (const Match& each : found) {
        for (const Span& span : each.spans)
            line += "«" + span.text + "» for " + span.term + "; ";
    }
    return line;
}

TEST(TermSentences, are_met_by_their_rule_or_not) {
    const std::vector<Sentence> sentences = read_sentences("term_sentences.tsv", 5);
    ASSERT_FALSE(sentences.empty());
    for (const Sentence& sentence : sentences) {
        const std::string& yaml = sentence.columns[1];
        const settings::Read<Rule> rule =
            settings::decode_rule(yaml, sentence.place, shipped_concepts(), regions_by_name());
        ASSERT_FALSE(settings::has_errors(rule.findings)) << sentence.place << ": " << yaml;
        Watchlist watchlist;
        watchlist.id = "sentence";
        watchlist.match = rule.value;
        const std::vector<Match> found =
            matches({watchlist}, article_of(sentence.columns[0], sentence.columns[3]), sentence.place);
        EXPECT_EQ(found.empty() ? "no" : "match", sentence.columns[2])
            << sentence.place << ": " << yaml << " | " << sentence.columns[3] << "\n  found " << where(found)
            << "\n  why: " << sentence.columns[4];
    }
}

/// Every concept, each in a watchlist of its own.
const std::shared_ptr<const WatchlistSet>& every_concept() {
    static const std::shared_ptr<const WatchlistSet> set = [] {
        std::vector<Watchlist> watchlists;
        for (const Concept& each : shipped_concepts()) {
            Watchlist watchlist;
            watchlist.id = each.id;
            watchlist.match.kind = RuleKind::concept_;
            watchlist.match.text = each.id;
            watchlists.push_back(std::move(watchlist));
        }
        return WatchlistSet::compile(std::move(watchlists), shipped_concepts(), compiled_regions());
    }();
    return set;
}

TEST(ConceptSentences, are_met_by_their_concept_or_not) {
    const std::vector<Sentence> sentences = read_sentences("concept_sentences.tsv", 4);
    ASSERT_FALSE(sentences.empty());
    for (const Sentence& sentence : sentences) {
        const std::string& wanted = sentence.columns[1];
        const Article article = article_of(sentence.columns[0], sentence.columns[3]);
        std::vector<Match> found = match(*every_concept(), analyse::analyse(article));
        std::erase_if(found, [&](const Match& each) { return each.watchlist != wanted; });
        EXPECT_EQ(found.empty() ? "no" : "match", sentence.columns[2])
            << sentence.place << ": " << wanted << " | " << article.content << "\n  found " << where(found);
    }
}

/// A word of a list that no sentence can meet is a slip: each term must meet itself.
TEST(ConceptTerms, meet_themselves) {
    for (const Concept& each : shipped_concepts()) {
        for (const auto& [language, terms] : each.terms) {
            for (const Rule& term : terms) {
                std::string text = term.text;
                std::erase(text, '*');
                const Article article = article_of(language, text);
                const std::vector<Match> found = match(*every_concept(), analyse::analyse(article));
                EXPECT_TRUE(
                    std::ranges::any_of(found, [&](const Match& met) { return met.watchlist == each.id; }))
                    << each.id << ' ' << language << ": " << term.text;
            }
        }
    }
}

}  // namespace
}  // namespace newswatch::match
