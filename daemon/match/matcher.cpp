#include "match/matcher.h"

#include <algorithm>
#include <chrono>

#include "match/article_hits.h"
#include "match/compiler.h"
#include "match/evaluator.h"
#include "match/examination.h"
#include "match/rule_tree.h"
#include "match/spans.h"

namespace newswatch::match {
namespace {

/// The watchlists of one part of a set that one article meets.
class PartMatcher {
  public:
    PartMatcher(const WatchlistSet::Part& part, const Analysed& article, std::span<const Occurrence> regions,
                const FeedContext& feed)
        : part_{part}, rules_{*part.rules}, hits_{rules_, article, regions}, feed_{feed} {}

    void run(std::vector<Match>& matches) {
        thread_local std::uint32_t articles = 0;
        is_counted_ = rules_.counters.takes(articles++);
        for (const std::uint32_t clause : hits_.clauses()) {
            if (!evaluator_.holds(rules_.clause_nodes[clause])) continue;
            if (is_counted_) rules_.counters.clause_met(clause);
            try_postings(clause, matches);
        }
    }

    [[nodiscard]] std::optional<Match> one(std::uint32_t number) {
        if (!holds(number)) return std::nullopt;
        return found(number);
    }

  private:
    void try_postings(std::uint32_t clause, std::vector<Match>& matches) {
        std::uint32_t second = kNone;
        bool second_holds = true;
        for (const Posting& posting : rules_.postings.of(clause)) {
            if (posting.second != second) {
                second = posting.second;
                second_holds = second == kNone || evaluator_.holds(second);
            }
            if (!second_holds || !part_.has(posting.watchlist)) continue;
            if (is_counted_ ? counted_holds(posting.watchlist) : holds(posting.watchlist)) {
                rules_.counters.matched(posting.watchlist);
                matches.push_back(found(posting.watchlist));
            }
        }
    }

    /// What costs least is asked first.
    [[nodiscard]] bool holds(std::uint32_t number) const {
        const CompiledWatchlist& watchlist = rules_.watchlists[number];
        return hits_.speaks(watchlist.languages) && is_from(feed_, rules_, watchlist) &&
               evaluator_.holds(watchlist.root);
    }

    [[nodiscard]] bool counted_holds(std::uint32_t number) const {
        const auto begin = std::chrono::steady_clock::now();
        const bool answer = holds(number);
        const auto took = std::chrono::steady_clock::now() - begin;
        rules_.counters.verified(number);
        rules_.counters.took(number, static_cast<std::uint32_t>(std::chrono::nanoseconds{took}.count()));
        return answer;
    }

    [[nodiscard]] Match found(std::uint32_t number) const {
        std::vector<Evidence> evidence;
        evaluator_.collect(rules_.watchlists[number].root, 0, evidence);
        return {.watchlist = std::string{rules_.id_of(number)}, .spans = spans_of(hits_, number, evidence)};
    }

    const WatchlistSet::Part& part_;
    const CompiledRules& rules_;
    ArticleHits hits_;
    Evaluator evaluator_{hits_};
    const FeedContext& feed_;
    bool is_counted_{false};
};

}  // namespace

std::vector<Match> match(const WatchlistSet& set, const Analysed& article, const FeedContext& feed) {
    const std::vector<Occurrence> regions = regions_in(set, article);
    std::vector<Match> matches;
    for (const WatchlistSet::Part& part : set.parts())
        PartMatcher{part, article, regions, feed}.run(matches);
    std::ranges::sort(matches, {}, &Match::watchlist);
    return matches;
}

std::optional<Match> match_one(const WatchlistSet& set, std::string_view watchlist, const Analysed& article,
                               const FeedContext& feed) {
    for (const WatchlistSet::Part& part : set.parts()) {
        const std::optional<std::uint32_t> number = part.rules->find(watchlist);
        if (!number || !part.has(*number)) continue;
        return PartMatcher{part, article, regions_in(set, article), feed}.one(*number);
    }
    return std::nullopt;
}

}  // namespace newswatch::match
