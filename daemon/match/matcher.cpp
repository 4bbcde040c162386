#include "match/matcher.h"

#include <algorithm>

#include "match/article_hits.h"
#include "match/compiler.h"
#include "match/evaluator.h"
#include "match/feed_limit.h"
#include "match/rule_tree.h"
#include "match/spans.h"

namespace newswatch::match {

WatchlistSet::WatchlistSet() = default;
WatchlistSet::~WatchlistSet() = default;

std::shared_ptr<const WatchlistSet> WatchlistSet::compile(std::vector<Watchlist> watchlists,
                                                          const std::vector<Concept>& concepts,
                                                          std::shared_ptr<const Regions> regions) {
    std::shared_ptr<WatchlistSet> set{new WatchlistSet};
    std::ranges::stable_sort(watchlists, {}, &Watchlist::id);
    set->watchlists_ = std::move(watchlists);  // before compiling: the index points into it
    set->compiled_ = compile_rules(set->watchlists_, concepts, std::move(regions));
    return set;
}

const Watchlist* WatchlistSet::find(std::string_view id) const {
    const auto found = std::ranges::lower_bound(
        watchlists_, id, {}, [](const Watchlist& watchlist) { return std::string_view{watchlist.id}; });
    return found != watchlists_.end() && found->id == id ? &*found : nullptr;
}

std::vector<Match> match(const WatchlistSet& set, const Analysed& article, const FeedContext& feed) {
    const ArticleHits hits{set.compiled(), article};
    const Evaluator evaluator{hits};
    const FieldMask usual = field_mask(FieldSet::usual());
    std::vector<std::uint32_t> candidates = hits.candidates();
    std::ranges::sort(candidates);
    std::vector<Match> matches;
    std::vector<Evidence> evidence;
    for (const std::uint32_t number : candidates) {
        const Watchlist& watchlist = set.watchlists()[number];
        const Node& root = set.compiled().watchlists[number].root;
        if (!is_from(feed, watchlist.feeds) || !evaluator.speaks(watchlist.languages)) continue;
        if (!evaluator.holds(root, usual)) continue;
        evidence.clear();
        evaluator.collect(root, usual, evidence);
        matches.push_back(Match{.watchlist = watchlist.id, .spans = spans_of(hits, evidence)});
    }
    return matches;
}

}  // namespace newswatch::match
