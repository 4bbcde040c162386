#include <algorithm>
#include <unordered_set>

#include "match/article_hits.h"
#include "match/clauses.h"
#include "match/evaluator.h"
#include "match/examination.h"
#include "match/matcher.h"
#include "match/rule_tree.h"
#include "match/spans.h"
#include "match/wording.h"

namespace newswatch::match {
namespace {

constexpr unsigned kFewestMet = 2;
constexpr std::size_t kMostAsked = 20'000;  // watchlists for one article

/// The watchlists of one part of a set that one article nearly meets.
class NearSearch {
  public:
    NearSearch(const WatchlistSet::Part& part, const Analysed& article, std::span<const Occurrence> regions,
               const FeedContext& feed)
        : part_{part}, rules_{*part.rules}, hits_{rules_, article, regions}, feed_{feed} {}

    void run(std::size_t most, std::vector<NearMatch>& found) {
        for (const std::uint32_t clause : hits_.clauses()) {
            if (!evaluator_.holds(rules_.clause_nodes[clause])) continue;
            for (const Lists<Posting>* postings : {&rules_.postings, &rules_.near_postings}) {
                for (const Posting& posting : postings->of(clause)) {
                    if (found.size() >= most || asked_.size() >= kMostAsked) return;
                    ask(posting.watchlist, found);
                }
            }
        }
    }

  private:
    void ask(std::uint32_t number, std::vector<NearMatch>& found) {
        const CompiledWatchlist& watchlist = rules_.watchlists[number];
        if (!part_.has(number) || !hits_.speaks(watchlist.languages)) return;
        if (!is_from(feed_, rules_, watchlist) || !asked_.insert(number).second) return;
        if (std::optional<NearMatch> near = near_match(number)) found.push_back(std::move(*near));
    }

    std::optional<NearMatch> near_match(std::uint32_t number) const {
        const Clauses clauses{hits_, rules_.watchlists[number].root};
        if (!clauses.speaks()) return std::nullopt;
        const Clause* missing = nullptr;
        std::vector<const Clause*> met;
        NearMatch result;
        for (const Clause& clause : clauses.list()) {
            const bool counts = !clause.closeness && rules_.nodes[clause.node].kind != RuleKind::none_of;
            if (counts) ++result.clauses;
            // Elements that do not all occur cannot stand together: that is one thing missing, not two.
            if (clause.closeness && missing != nullptr) continue;
            if (evaluator_.holds(clause.node)) {
                if (counts) met.push_back(&clause);
                continue;
            }
            if (missing != nullptr) return std::nullopt;
            missing = &clause;
        }
        // One clause of two is every article on a country, and says nothing.
        const bool all_met = met.size() == result.clauses;
        if (missing == nullptr || met.empty() || (!all_met && met.size() < kFewestMet)) return std::nullopt;
        std::vector<Evidence> evidence;
        for (const Clause* clause : met)
            evaluator_.collect(clause->node, clause->ordinal, evidence);
        if (evidence.empty()) return std::nullopt;
        result.watchlist = std::string{rules_.id_of(number)};
        result.found = spans_of(hits_, number, evidence);
        say_what_is_missing(number, *missing, result);
        return result;
    }

    void say_what_is_missing(std::uint32_t number, const Clause& missing, NearMatch& result) const {
        const Node& node = rules_.nodes[missing.node];
        result.missing_rule = rules_.place_of(number, missing.ordinal);
        if (missing.closeness) {
            result.missing = closeness(node.within());
        } else if (node.kind == RuleKind::none_of) {
            // Each excluded thing stands against the watchlist by itself; the first is told.
            for_each_child(rules_, node, missing.ordinal, [&](std::uint32_t child, std::uint32_t ordinal) {
                if (!result.missing.empty() || !evaluator_.holds(child)) return;
                result.missing = "excluded by " + wanted(rules_, child);
                result.missing_rule = rules_.place_of(number, ordinal);
            });
        } else {
            result.missing = wanted(rules_, missing.node);
        }
    }

    const WatchlistSet::Part& part_;
    const CompiledRules& rules_;
    ArticleHits hits_;
    Evaluator evaluator_{hits_};
    const FeedContext& feed_;
    std::unordered_set<std::uint32_t> asked_{};
};

}  // namespace

std::vector<NearMatch> near_matches(const WatchlistSet& set, const Analysed& article, const FeedContext& feed,
                                    std::size_t most) {
    const std::vector<Occurrence> regions = regions_in(set, article);
    std::vector<NearMatch> found;
    for (const WatchlistSet::Part& part : set.parts())
        NearSearch{part, article, regions, feed}.run(most, found);
    std::ranges::sort(found, {}, &NearMatch::watchlist);
    return found;
}

}  // namespace newswatch::match
