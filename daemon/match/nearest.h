#pragma once

#include <cstdint>
#include <vector>

#include "match/evaluator.h"
#include "match/why_not.h"

namespace newswatch::match {

/// What in the article came nearest to a clause that was not found; the nearest first, a few.
[[nodiscard]] std::vector<NearThing> nearest_to(const Evaluator& evaluator, std::uint32_t watchlist,
                                                std::uint32_t node, std::uint32_t ordinal);

}  // namespace newswatch::match
