#pragma once

#include <memory>
#include <vector>

#include "match/rule_tree.h"

namespace newswatch::match {

/// Watchlists → the index. Uses the cores of the machine for the words of the terms, which take most of the
/// time.
[[nodiscard]] std::shared_ptr<const CompiledRules> compile_rules(const std::vector<Watchlist>& watchlists,
                                                                 const std::vector<Concept>& concepts,
                                                                 std::shared_ptr<const Regions> regions);

}  // namespace newswatch::match
