#include <algorithm>

#include "base/format.h"
#include "match/article_hits.h"
#include "match/evaluator.h"
#include "match/feed_limit.h"
#include "match/matcher.h"
#include "match/rule_tree.h"
#include "match/spans.h"

namespace newswatch::match {
namespace {

constexpr std::size_t kMostAlternatives = 3;
constexpr unsigned kFewestMet = 2;

/// What a clause asks for, for people: `Libya`, `ceasefire or truce`, `diplomacy`.
std::string wanted(const WatchlistSet::Compiled& set, const Node& node) {
    std::vector<std::string> names;
    switch (node.kind) {
        case RuleKind::everything:
            return "everything";
        case RuleKind::term:
        case RuleKind::exact:
        case RuleKind::regex:
            return node.rule->text;
        case RuleKind::concept_:
            return node.group == kNone ? node.rule->text : set.concepts[node.group].name;
        case RuleKind::region:
            for (const std::string& code : node.rule->regions) {
                const std::vector<std::uint16_t> numbers = set.regions->numbers_of(code);
                names.push_back(numbers.size() == 1 ? set.regions->name(numbers.front()) : code);
            }
            break;
        case RuleKind::terms:
        case RuleKind::any_of:
        case RuleKind::all_of:
        case RuleKind::none_of:
            for (const Node& child : node.children)
                names.push_back(wanted(set, child));
            break;
    }
    const bool all = node.kind == RuleKind::all_of;
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (i == kMostAlternatives && names.size() > kMostAlternatives + 1) {
            return text + newswatch::format(" {} {} more", all ? "and" : "or", names.size() - i);
        }
        if (i > 0) text += all ? " and " : " or ";
        text += names[i];
    }
    return text;
}

std::string closeness(const Within& within) {
    switch (within.unit) {
        case Within::Unit::words:
            return newswatch::format("all within {} words", within.words);
        case Within::Unit::sentence:
            return "all within one sentence";
        case Within::Unit::paragraph:
            return "all within one paragraph";
    }
    return {};
}

struct Clause {
    const Node* node{nullptr};
    FieldMask fields{0};
    bool closeness{false};  ///< not the elements of the node, but that they stand together
};

/// The clauses that a watchlist requires: what stands under its outermost all_of.
class Clauses {
  public:
    Clauses(const Evaluator& evaluator, const Node& root) : evaluator_{evaluator} {
        possible_ = add(root, field_mask(FieldSet::usual()));
    }
    [[nodiscard]] const std::vector<Clause>& list() const { return clauses_; }
    /// False where the article's language rules the watchlist out.
    [[nodiscard]] bool possible() const { return possible_; }

  private:
    bool add(const Node& node, FieldMask inherited) {
        const FieldMask fields = Evaluator::fields_of(node, inherited);
        if (!evaluator_.speaks(node.languages)) return false;
        if (node.kind == RuleKind::none_of) {
            // Each excluded thing stands against the watchlist by itself.
            clauses_.push_back({&node, inherited});
            return true;
        }
        if (node.kind != RuleKind::all_of) {
            clauses_.push_back({&node, inherited});
            return true;
        }
        const bool all =
            std::ranges::all_of(node.children, [&](const Node& child) { return add(child, fields); });
        if (node.rule->within) clauses_.push_back({&node, inherited, true});
        return all;
    }

    const Evaluator& evaluator_;
    std::vector<Clause> clauses_{};
    bool possible_{true};
};

std::optional<NearMatch> near_match(const WatchlistSet::Compiled& set, const ArticleHits& hits,
                                    const Evaluator& evaluator, const Watchlist& watchlist,
                                    const Node& root) {
    const Clauses clauses{evaluator, root};
    if (!clauses.possible()) return std::nullopt;
    const Clause* missing = nullptr;
    unsigned met = 0;
    std::vector<Evidence> evidence;
    NearMatch result{.watchlist = watchlist.id};
    for (const Clause& clause : clauses.list()) {
        const bool excludes = clause.node->kind == RuleKind::none_of;
        if (!excludes && !clause.closeness) ++result.clauses;
        // Elements that do not all occur cannot stand together: that is one thing missing, not two.
        if (clause.closeness && missing != nullptr) continue;
        if (evaluator.holds(*clause.node, clause.fields)) {
            if (!excludes && !clause.closeness) {
                evaluator.collect(*clause.node, clause.fields, evidence);
                ++met;
            }
            continue;
        }
        if (missing != nullptr) return std::nullopt;
        missing = &clause;
    }
    if (missing == nullptr || evidence.empty()) return std::nullopt;
    // One clause of two is every article on a country, and says nothing.
    const bool all_met = met == result.clauses;
    if (!all_met && met < kFewestMet) return std::nullopt;
    result.found = spans_of(hits, evidence);
    result.missing_rule = missing->node->rule->place.rule();
    if (missing->closeness) {
        result.missing = closeness(*missing->node->rule->within);
    } else if (missing->node->kind == RuleKind::none_of) {
        for (const Node& child : missing->node->children) {
            if (!evaluator.holds(child, Evaluator::fields_of(*missing->node, missing->fields))) continue;
            result.missing = "excluded by " + wanted(set, child);
            result.missing_rule = child.rule->place.rule();
            break;
        }
    } else {
        result.missing = wanted(set, *missing->node);
    }
    return result;
}

}  // namespace

std::vector<NearMatch> near_matches(const WatchlistSet& set, const Analysed& article,
                                    const FeedContext& feed) {
    const WatchlistSet::Compiled& compiled = set.compiled();
    const ArticleHits hits{compiled, article};
    const Evaluator evaluator{hits};
    std::vector<NearMatch> result;
    for (std::size_t i = 0; i < compiled.watchlists.size(); ++i) {
        const Watchlist& watchlist = set.watchlists()[i];
        if (!compiled.watchlists[i].can_match) continue;
        if (!is_from(feed, watchlist.feeds) || !evaluator.speaks(watchlist.languages)) continue;
        std::optional<NearMatch> near =
            near_match(compiled, hits, evaluator, watchlist, compiled.watchlists[i].root);
        if (near) result.push_back(std::move(*near));
    }
    return result;
}

}  // namespace newswatch::match
