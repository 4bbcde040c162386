#pragma once

#include "match/matcher.h"
#include "model/alert.h"
#include "model/feed.h"
#include "model/harvest.h"
#include "model/match.h"

namespace newswatch {

/// The alert that a match asks for: everything but number, previous, stream and time, which `store` gives it.
/// Pure; any thread may call.
[[nodiscard]] Alert alert_for(const match::WatchlistFacts& watchlist, const Match& match, const Feed& feed,
                              const FeedState& state, const HarvestedArticle& harvested);

}  // namespace newswatch
