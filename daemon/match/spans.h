#pragma once

#include <cstdint>
#include <vector>

#include "match/evaluator.h"
#include "model/match.h"

namespace newswatch::match {

/// Evidence for one watchlist → spans by field, then start; offsets in code points. What was found twice is
/// told once.
[[nodiscard]] std::vector<Span> spans_of(const ArticleHits& hits, std::uint32_t watchlist,
                                         const std::vector<Evidence>& evidence);

}  // namespace newswatch::match
