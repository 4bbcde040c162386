#pragma once

#include <cstdint>
#include <vector>

#include "match/feed_limit.h"
#include "match/matcher.h"
#include "match/occurrence.h"
#include "match/regions.h"
#include "match/rule_tree.h"

namespace newswatch::match {

/// The regions that an article speaks of; found once for all parts of a set.
[[nodiscard]] inline std::vector<Occurrence> regions_in(const WatchlistSet& set, const Analysed& article) {
    for (const WatchlistSet::Part& part : set.parts()) {
        if (part.rules->uses_regions) return part.rules->regions->find(article);
    }
    return {};
}

/// True where the article's feed is one that the watchlist is limited to.
[[nodiscard]] inline bool is_from(const FeedContext& feed, const CompiledRules& rules,
                                  const CompiledWatchlist& watchlist) {
    return watchlist.feeds == 0 || is_from(feed, rules.feeds[watchlist.feeds]);
}

}  // namespace newswatch::match
