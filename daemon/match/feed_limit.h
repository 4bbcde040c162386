#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "match/matcher.h"

namespace newswatch::match {

/// True where the feed is one of `feeds`, by address, name or folder; where `feeds` is empty; and where
/// nothing is known of the feed (a rule that is tried by hand).
[[nodiscard]] inline bool is_from(const FeedContext& feed, const std::vector<std::string>& feeds) {
    if (feeds.empty() || (feed.url.empty() && feed.name.empty() && feed.folder.empty())) return true;
    return std::ranges::any_of(feeds, [&](const std::string& wanted) {
        return !wanted.empty() && (wanted == feed.url || wanted == feed.name || wanted == feed.folder);
    });
}

}  // namespace newswatch::match
