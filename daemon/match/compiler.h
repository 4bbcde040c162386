#pragma once

#include <memory>
#include <vector>

#include "match/rule_tree.h"

namespace newswatch::match {

/// Rules → the index. The watchlists must outlive the result: nodes point to their rules.
[[nodiscard]] std::unique_ptr<WatchlistSet::Compiled> compile_rules(const std::vector<Watchlist>& watchlists,
                                                                    const std::vector<Concept>& concepts,
                                                                    std::shared_ptr<const Regions> regions);

}  // namespace newswatch::match
