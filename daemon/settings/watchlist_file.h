#pragma once

#include <string>
#include <vector>

#include "model/watchlist.h"
#include "settings/source.h"
#include "settings/tree.h"
#include "settings/vocabulary.h"

namespace newswatch::settings {

/// Whether `id` may be a level of a topic: [a-z0-9][a-z0-9-]{0,62}.
[[nodiscard]] bool is_watchlist_id(std::string_view id);

/// The watchlists of one file: the file itself is one, or it lists several under `watchlists:`.
/// `usual_id` is the name of the file without its ending. Ids used twice inside the file are reported.
[[nodiscard]] std::vector<Watchlist> decode_watchlists(const TreeNode& root, const std::string& usual_id,
                                                       const Vocabulary& vocabulary, Report& report);

}  // namespace newswatch::settings
