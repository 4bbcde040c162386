#include "match/why_not.h"

#include <algorithm>

#include "base/format.h"
#include "match/article_hits.h"
#include "match/clauses.h"
#include "match/evaluator.h"
#include "match/examination.h"
#include "match/nearest.h"
#include "match/proximity.h"
#include "match/spans.h"
#include "match/wording.h"

namespace newswatch::match {
namespace {

constexpr unsigned kWidest = 10'000;  // words that `within` may ask for

/// Everything there is to say of one watchlist and one article.
class Inquiry {
  public:
    Inquiry(const CompiledRules& rules, std::uint32_t number, const Analysed& article,
            std::span<const Occurrence> regions, const FeedContext& feed)
        : rules_{rules}, number_{number}, hits_{rules, article, regions}, feed_{feed} {}

    WhyNot run() {
        const CompiledWatchlist& watchlist = rules_.watchlists[number_];
        if (!is_from(feed_, rules_, watchlist)) {
            answer_.clauses.push_back({.obstacle = Obstacle::feed,
                                       .clause = "feeds: " + joined(rules_.feeds[watchlist.feeds]),
                                       .rule = rules_.place_of(number_, 0)});
        }
        if (!hits_.speaks(watchlist.languages)) {
            add_language(watchlist.languages, 0);
        }
        const Clauses clauses{hits_, watchlist.root};
        if (!clauses.speaks()) {
            const Clause& block = clauses.ruled_out_by_language();
            add_language(rules_.nodes[block.node].languages, block.ordinal);
        }
        for (const Clause& clause : clauses.list())
            ask(clause);
        answer_.matches = std::ranges::all_of(
            answer_.clauses, [](const ClauseAnswer& one) { return one.obstacle == Obstacle::none; });
        return std::move(answer_);
    }

  private:
    static std::string joined(const std::vector<std::string>& names) {
        std::string text;
        for (const std::string& name : names)
            text += (text.empty() ? "" : ", ") + name;
        return text;
    }

    void add_language(std::uint32_t languages, std::uint32_t ordinal) {
        answer_.clauses.push_back({.obstacle = Obstacle::language,
                                   .clause = "languages: " + joined(rules_.languages[languages]),
                                   .rule = rules_.place_of(number_, ordinal)});
    }

    void ask(const Clause& clause) {
        const Node& node = rules_.nodes[clause.node];
        if (node.kind == RuleKind::none_of) {
            ask_exclusion(clause, node);
            return;
        }
        ClauseAnswer one{.clause = clause.closeness ? closeness(node.within()) : wanted(rules_, clause.node),
                         .rule = rules_.place_of(number_, clause.ordinal)};
        if (clause.closeness) {
            const bool elements = std::ranges::all_of(
                rules_.children_of(node), [&](std::uint32_t child) { return evaluator_.holds(child); });
            if (!elements) return;  // what is missing has been said
            ask_closeness(clause, node, one);
        } else if (evaluator_.holds(clause.node)) {
            one.found = spans(clause.node, clause.ordinal);
        } else {
            say_what_is_missing(clause, node, one);
        }
        answer_.clauses.push_back(std::move(one));
    }

    void say_what_is_missing(const Clause& clause, const Node& node, ClauseAnswer& one) const {
        one.obstacle = Obstacle::absent;
        if (node.at_least > 1) {
            one.wanted = node.at_least;
            one.count = count(clause, node, one);
            if (*one.count > 0) one.obstacle = Obstacle::too_few;
        }
        if (one.obstacle == Obstacle::absent)
            one.near = nearest_to(evaluator_, number_, clause.node, clause.ordinal);
    }

    /// How many occurrences, or how many entries of an any_of, were found.
    unsigned count(const Clause& clause, const Node& node, ClauseAnswer& one) const {
        if (node.child_count == 0) {
            const std::vector<Evidence> found = evaluator_.element(clause.node, clause.ordinal);
            one.found = spans_of(hits_, number_, found);
            return static_cast<unsigned>(found.size());
        }
        unsigned met = 0;
        for_each_child(rules_, node, clause.ordinal, [&](std::uint32_t child, std::uint32_t ordinal) {
            if (!evaluator_.holds(child)) return;
            ++met;
            const std::vector<Span> more = spans(child, ordinal);
            one.found.insert(one.found.end(), more.begin(), more.end());
        });
        return met;
    }

    void ask_closeness(const Clause& clause, const Node& node, ClauseAnswer& one) const {
        if (evaluator_.holds(clause.node)) return;
        one.obstacle = Obstacle::apart;
        std::vector<std::vector<Occurrence>> elements;
        for_each_child(rules_, node, clause.ordinal, [&](std::uint32_t child, std::uint32_t ordinal) {
            std::vector<Occurrence>& element = elements.emplace_back();
            for (const Evidence& evidence : evaluator_.element(child, ordinal))
                element.push_back(evidence.occurrence);
            std::ranges::stable_sort(element, [](const Occurrence& a, const Occurrence& b) {
                return a.field != b.field ? a.field < b.field : a.first < b.first;
            });
        });
        if (node.unit == Within::Unit::words) one.wanted = node.words;
        one.count = nearest_distance(elements, node.ordered);
    }

    /// The fewest words that all elements stand within; empty where they never stand in one field.
    [[nodiscard]] std::optional<unsigned> nearest_distance(
        const std::vector<std::vector<Occurrence>>& elements, bool ordered) const {
        const auto fit = [&](unsigned words) {
            const Within within{.unit = Within::Unit::words, .words = words, .ordered = ordered};
            return std::ranges::none_of(close_together(hits_.article(), elements, within),
                                        [](const auto& element) { return element.empty(); });
        };
        if (!fit(kWidest)) return std::nullopt;
        unsigned too_few = 0;
        unsigned enough = kWidest;
        while (enough - too_few > 1) {
            const unsigned middle = too_few + (enough - too_few) / 2;
            (fit(middle) ? enough : too_few) = middle;
        }
        return enough;
    }

    void ask_exclusion(const Clause& clause, const Node& node) {
        for_each_child(rules_, node, clause.ordinal, [&](std::uint32_t child, std::uint32_t ordinal) {
            if (!evaluator_.holds(child)) return;
            answer_.clauses.push_back({.obstacle = Obstacle::excluded,
                                       .clause = wanted(rules_, child),
                                       .rule = rules_.place_of(number_, ordinal),
                                       .found = spans(child, ordinal)});
        });
    }

    [[nodiscard]] std::vector<Span> spans(std::uint32_t node, std::uint32_t ordinal) const {
        std::vector<Evidence> evidence;
        evaluator_.collect(node, ordinal, evidence);
        return spans_of(hits_, number_, evidence);
    }

    const CompiledRules& rules_;
    std::uint32_t number_;
    ArticleHits hits_;
    Evaluator evaluator_{hits_};
    const FeedContext& feed_;
    WhyNot answer_{};
};

std::string shown(const Span& span) {
    return newswatch::format("«{}» ({}, character {})", span.text, field_of(span), span.start + 1);
}

std::string shown(const NearThing& near) {
    std::string word = shown(near.span);
    switch (near.nearness) {
        case Nearness::other_field:
            return word + " stands in a field that is not looked at";
        case Nearness::other_language:
            return word + " counts only in articles of another language";
        case Nearness::masked:
            return word + " stands inside an `except`";
        case Nearness::spelling:
            return word + " has other capitals or accents than `exact` asks for";
        case Nearness::beginning:
            return newswatch::format("{} begins like `{}` but is another word", word, near.span.term);
        case Nearness::part:
            return newswatch::format("{} is a word of `{}`, not the whole", word, near.span.term);
        case Nearness::other_region:
            return word + " is another country";
    }
    return word;
}

std::string line_of(const ClauseAnswer& one) {
    const std::string where = newswatch::format("{} ({})", one.clause, one.rule);
    std::string line;
    switch (one.obstacle) {
        case Obstacle::none:
            line = "met       " + where;
            break;
        case Obstacle::language:
            line = newswatch::format("stops     {}: the article is in none of these", where);
            break;
        case Obstacle::feed:
            line = newswatch::format("stops     {}: the article is from none of these", where);
            break;
        case Obstacle::absent:
            line = "missing   " + where;
            break;
        case Obstacle::too_few:
            line = newswatch::format("too few   {}: {} of {}", where, one.count.value_or(0), one.wanted);
            break;
        case Obstacle::apart:
            line = "apart     " + where;
            line += one.count ? newswatch::format(": at best within {} words", *one.count)
                              : std::string{": never in one field, or never in that order"};
            break;
        case Obstacle::excluded:
            line = "excluded  " + where;
            break;
    }
    for (const Span& span : one.found) {
        // Two terms of a list may have met the same word.
        const std::string word = "\n            " + shown(span);
        if (line.find(word) == std::string::npos) line += word;
    }
    for (const NearThing& near : one.near)
        line += "\n            nearest: " + shown(near);
    return line;
}

}  // namespace

std::optional<WhyNot> why_not(const WatchlistSet& set, std::string_view watchlist, const Analysed& article,
                              const FeedContext& feed) {
    for (const WatchlistSet::Part& part : set.parts()) {
        const std::optional<std::uint32_t> number = part.rules->find(watchlist);
        if (!number || !part.has(*number)) continue;
        return Inquiry{*part.rules, *number, article, regions_in(set, article), feed}.run();
    }
    return std::nullopt;
}

std::string explain(const WhyNot& answer) {
    std::string text;
    for (const ClauseAnswer& one : answer.clauses) {
        if (!text.empty()) text += '\n';
        text += line_of(one);
    }
    return text;
}

}  // namespace newswatch::match
