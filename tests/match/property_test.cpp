#include <gtest/gtest.h>

#include <random>
#include <set>
#include <string>
#include <vector>

#include "match/why_not.h"
#include "naive_matcher.h"
#include "rules.h"

namespace newswatch::match {
namespace {

/// Forms that count in a text of any language.
RegionForms three_regions() {
    RegionForms forms;
    for (const auto& [region, form] :
         {std::pair{"SY", "Syria"}, {"SY", "Damascus"}, {"LB", "Lebanon"}, {"IQ", "Iraq"}})
        forms.forms.push_back({.region = region, .language = "*", .kind = FormKind::name, .form = form});
    forms.groups.push_back({"levant", {"SY", "LB"}});
    return forms;
}

/// Random watchlists and articles over few words, with every node in every other, so that much meets and much
/// nearly does. The seed is fixed: a failure comes again.
class Worlds {
  public:
    explicit Worlds(unsigned seed) : random_{seed} {
        for (int i = 0; i < 2; ++i) {
            Concept made;
            made.id = "concept" + std::to_string(i);
            made.terms["pl"] = {plain_term(), plain_term()};
            made.terms["*"] = {plain_term()};
            concepts.push_back(std::move(made));
        }
    }

    std::vector<Concept> concepts{};
    RegionForms regions{three_regions()};

    Watchlist random_watchlist(int number) {
        Watchlist made = watchlist(group(3), "w" + std::to_string(100 + number));
        if (below(8) == 0) made.languages = {language()};
        if (below(8) == 0) made.feeds = {below(2) == 0 ? "here" : "there"};
        return made;
    }

    Article random_article() {
        Article made = article(text(8), text(30), language());
        if (below(2) == 0) made.summary = text(10);
        if (below(3) == 0) made.categories = {text(3)};
        return made;
    }

    std::string feed() { return below(2) == 0 ? "here" : "elsewhere"; }

    naive::World naive_world(const Article& article) const {
        naive::World world{.language = article.language,
                           .has_summary = !article.summary.empty(),
                           .concepts = &concepts,
                           .regions = &regions};
        const auto add = [&](FieldName name, const std::string& text) {
            if (!text.empty()) world.fields.push_back(naive::read_field(name, text));
        };
        add(FieldName::title, article.title);
        add(FieldName::summary, article.summary);
        add(FieldName::content, article.content);
        for (const std::string& category : article.categories)
            add(FieldName::category, category);
        return world;
    }

  private:
    std::size_t below(std::size_t limit) {
        return std::uniform_int_distribution<std::size_t>{0, limit - 1}(random_);
    }

    /// Snowball has no stemmer for either: words meet in their own form only.
    std::string language() { return below(2) == 0 ? "pl" : "cs"; }

    std::string word() {
        static const std::vector<std::string> words{"zorb",  "kupli", "mibra", "tavog", "zorbek", "kupt",
                                                    "dralm", "fexin", "yolt",  "wubra", "mibran", "hask"};
        return words[below(words.size())];
    }

    std::string text(std::size_t most) {
        static const std::vector<std::string> names{"Syria", "Damascus", "Lebanon", "Iraq", "iraq"};
        std::string text;
        for (std::size_t i = 0, count = below(most); i < count; ++i) {
            std::string next = below(8) == 0 ? names[below(names.size())] : word();
            if (below(8) == 0) next[0] = static_cast<char>(std::toupper(next[0]));
            text += next;
            text += below(6) == 0 ? ". " : below(12) == 0 ? "\n" : " ";
        }
        return text;
    }

    Rule plain_term() {
        std::string text = word();
        if (below(4) == 0) text += " " + word();
        if (below(8) == 0) text += " " + word();
        if (below(5) == 0) text = text.substr(0, text.find_last_of(' ') + 1) + word().substr(0, 4) + "*";
        return term(text);
    }

    FieldSet some_fields() {
        FieldSet fields;
        bool* const all[] = {&fields.title, &fields.lead, &fields.summary, &fields.content, &fields.category};
        *all[below(5)] = true;
        *all[below(5)] = true;
        return fields;
    }

    Rule with_limits(Rule rule) {
        if (below(7) == 0) rule.in = some_fields();
        if (below(10) == 0) rule.languages = {language()};
        return rule;
    }

    /// Something that has a place: an element of `within`.
    Rule placed(bool counted) {
        Rule rule = plain_term();
        switch (below(6)) {
            case 0:
                rule = below(3) == 0 ? region({"levant"}) : region({below(2) == 0 ? "SY" : "IQ"});
                break;
            case 1: {
                std::string text = word();
                if (below(2) == 0) text[0] = static_cast<char>(std::toupper(text[0]));
                rule = exact(text);
                break;
            }
            default:
                break;
        }
        if (below(5) == 0) rule.except = {word() + " " + word(), word() + " zorb"};
        if (counted && below(6) == 0) rule.at_least = 2;
        return with_limits(std::move(rule));
    }

    Rule element() {
        switch (below(6)) {
            case 0:
                return with_limits(any_of({placed(false), placed(false)}));
            case 1:
                return concept_named("concept" + std::to_string(below(2)));
            default:
                return placed(false);
        }
    }

    Rule single() {
        switch (below(10)) {
            case 0:
                return with_limits(concept_named("concept" + std::to_string(below(2))));
            case 1: {
                Rule rule = leaf(RuleKind::terms, {});
                rule.by_language["pl"] = {placed(true)};
                rule.by_language["cs"] = {placed(true), placed(true)};
                if (below(2) == 0) rule.by_language["*"] = {placed(true)};
                return with_limits(std::move(rule));
            }
            case 2:
                if (below(4) == 0) return leaf(RuleKind::everything, "everything");
                return placed(true);
            default:
                return placed(true);
        }
    }

    std::vector<Rule> some(std::size_t least, int depth) {
        std::vector<Rule> rules;
        for (std::size_t i = 0, count = least + below(3); i < count; ++i)
            rules.push_back(depth > 0 && below(3) == 0 ? group(depth - 1) : single());
        return rules;
    }

    Rule close_group() {
        std::vector<Rule> elements;
        for (std::size_t i = 0, count = 2 + below(2); i < count; ++i)
            elements.push_back(element());
        const bool ordered = below(2) == 0;
        Within distance = words(static_cast<unsigned>(1 + below(8)), ordered);
        if (below(3) == 0) distance = sentence(ordered);
        if (below(4) == 0) {
            distance = paragraph();
            distance.ordered = ordered;
        }
        return within(all_of(std::move(elements)), distance);
    }

    Rule group(int depth) {
        switch (below(5)) {
            case 0:
                return with_limits(close_group());
            case 1: {
                Rule any = any_of(some(2, depth));
                any.at_least = static_cast<unsigned>(1 + below(2));
                return with_limits(std::move(any));
            }
            case 2:
                return with_limits(all_of({all_of(some(1, depth)), none_of(some(1, 1))}));
            case 3:
                return with_limits(all_of({close_group(), with_limits(none_of(some(1, 0)))}));
            default:
                return with_limits(all_of(some(1, depth)));
        }
    }

    std::mt19937 random_;
};

TEST(Property, the_index_finds_what_the_naive_matcher_finds) {
    unsigned met = 0;
    for (unsigned seed = 0; seed < 250; ++seed) {
        Worlds worlds{seed};
        std::vector<Watchlist> watchlists;
        for (int i = 0; i < 40; ++i)
            watchlists.push_back(worlds.random_watchlist(i));
        const auto set = WatchlistSet::compile(watchlists, worlds.concepts, compile_regions(worlds.regions));
        for (int i = 0; i < 8; ++i) {
            const Article text = worlds.random_article();
            const std::string feed = worlds.feed();
            const naive::World world = worlds.naive_world(text);
            const Analysed analysed = analyse::analyse(text);
            const FeedContext context{.name = feed};
            std::set<std::string> expected;
            for (const Watchlist& one : watchlists) {
                if (naive::holds(one, world, feed)) expected.insert(one.id);
            }
            std::set<std::string> found;
            for (const Match& one : match(*set, analysed, context))
                found.insert(one.watchlist);
            met += static_cast<unsigned>(expected.size());
            ASSERT_EQ(found, expected)
                << "seed " << seed << ": " << text.title << " / " << text.summary << " / " << text.content;
            for (const Watchlist& one : watchlists) {
                ASSERT_EQ(why_not(*set, one.id, analysed, context)->matches, expected.contains(one.id))
                    << "seed " << seed << ", " << one.id << ": why_not and match disagree";
            }
        }
    }
    EXPECT_GT(met, 2000U) << "the texts must meet something, or nothing is tested";
}

TEST(Property, a_set_that_was_changed_finds_what_one_compiled_anew_finds) {
    for (unsigned seed = 0; seed < 60; ++seed) {
        Worlds worlds{seed};
        const auto regions = compile_regions(worlds.regions);
        std::vector<Watchlist> before;
        std::vector<Watchlist> after;
        for (int i = 0; i < 30; ++i) {
            Watchlist one = worlds.random_watchlist(i);
            if (i < 20) before.push_back(one);
            if (i >= 10) after.push_back(one);
        }
        const std::vector<Watchlist> added{after.begin() + 10, after.end()};
        const auto changed = WatchlistSet::with_changes(
            *WatchlistSet::compile(before, worlds.concepts, regions),
            [](const WatchlistFacts& facts) { return facts.id >= "w110"; },
            *WatchlistSet::compile(added, worlds.concepts, regions),
            [](const WatchlistFacts&) { return true; });
        const auto anew = WatchlistSet::compile(after, worlds.concepts, regions);
        ASSERT_EQ(changed->size(), anew->size());
        for (int i = 0; i < 6; ++i) {
            const Article text = worlds.random_article();
            const Analysed analysed = analyse::analyse(text);
            const auto ids = [&](const WatchlistSet& set) {
                std::vector<std::string> all;
                for (const Match& one : match(set, analysed))
                    all.push_back(one.watchlist);
                return all;
            };
            ASSERT_EQ(ids(*changed), ids(*anew)) << "seed " << seed;
        }
    }
}

}  // namespace
}  // namespace newswatch::match
