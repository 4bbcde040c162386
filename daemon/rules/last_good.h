#pragma once

#include <filesystem>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "rules/rules.h"
#include "settings/settings.h"

/// The last good version of each edited file, so that a file that is broken when the daemon starts costs no
/// more than one that breaks while it runs (DESIGN.md §7).
namespace newswatch::rules {

/// `load` for a start: a file with an error is replaced by its last good version below `kept`, where there is
/// one.
[[nodiscard]] Result<Rules> load_at_start(const settings::Settings& settings, Time now,
                                          const std::filesystem::path& kept);

/// The feeds that the settings name; of a file with an error also those of its last good version below
/// `kept`. The error's help says so.
[[nodiscard]] settings::Read<std::vector<Feed>> read_feeds(const settings::Settings& settings,
                                                           const std::filesystem::path& kept);

/// Copies each file that is good now below `kept`, and forgets those that are gone. A file that was changed
/// after `read_at`, when it was read, waits for the next time. Files that are unchanged cost a look each. Any
/// thread, one at a time. Fails where something cannot be written, after trying all.
[[nodiscard]] Result<void> keep_last_good(const settings::Settings& settings,
                                          const std::vector<settings::Finding>& findings, Time read_at,
                                          const std::filesystem::path& kept);

}  // namespace newswatch::rules
