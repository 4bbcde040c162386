#pragma once

#include <cstdint>

#include "settings/source.h"
#include "settings/tree.h"

namespace newswatch::settings {

/// The folder says what a file is (YAML.md §2).
enum class FileKind : std::uint8_t { settings, feeds, concepts, watchlist };

/// Reports F43 where a file is plainly of another kind than its folder: `this is a watchlist; move it to
/// watchlists.d`. True where it did.
bool report_wrong_folder(const TreeNode& root, FileKind expected, Report& report);

}  // namespace newswatch::settings
