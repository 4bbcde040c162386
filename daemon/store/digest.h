#pragma once

#include <vector>

#include "model/alert.h"

namespace newswatch::store {

/// One alert in place of many of one watchlist from one feed (WIRE.md, Payload). `listed` is not empty. The
/// id is the hash of the watchlist, `digest` and the ids listed. Pure.
[[nodiscard]] Alert digest_of(const std::vector<Alert>& listed);

}  // namespace newswatch::store
