#pragma once

#include <optional>

#include "match/rule_tree.h"

namespace newswatch::match {

/// What must be found, at least one of it, before a node can hold; the cheapest clause of those that it
/// needs. Empty where it can never hold.
[[nodiscard]] std::optional<Filing> filing_of(const Node& node, const WatchlistSet::Compiled& compiled);

}  // namespace newswatch::match
