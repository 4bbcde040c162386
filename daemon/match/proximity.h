#pragma once

#include <cstdint>
#include <vector>

#include "match/occurrence.h"
#include "model/analysed.h"
#include "model/watchlist.h"

namespace newswatch::match {

/// For each element of an `all_of … within`, where it occurs, in order of field and position → for each
/// element, the occurrences that stand close enough to all the others. All empty where nothing does.
///
/// Different elements need different words. Bounded: in a text made to be hostile some occurrences may be
/// left out of the answer, after many thousand tries.
[[nodiscard]] std::vector<std::vector<Occurrence>> close_together(
    const Analysed& article, const std::vector<std::vector<Occurrence>>& elements, const Within& within);

}  // namespace newswatch::match
