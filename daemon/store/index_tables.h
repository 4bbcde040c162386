#pragma once

#include <cstdint>
#include <vector>

#include "store/database.h"

namespace newswatch::store {

/// The tables `words_N` of `search.db`, as N, the newest first.
[[nodiscard]] std::vector<std::int64_t> index_tables(Database& index);

}  // namespace newswatch::store
