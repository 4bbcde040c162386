#pragma once

#include <filesystem>
#include <functional>

#include "base/descriptor.h"
#include "base/error.h"

namespace newswatch::store {

/// Copies the journal of `folder` as it stands now, while its writer goes on (FAULTS.md 30): one consistent
/// snapshot, by SQLite's online backup. `head.hwm` is no part of it, so that a copy that was put back is
/// noticed.
///
/// The copy is a file of the folder that has lost its name already, so that it is gone with its descriptor,
/// however the process ends. Where it would leave the writer without room it is not begun. `go_on` is asked
/// every few megabytes; false gives up. Any thread may call. Errors name the file and what the disk said.
[[nodiscard]] Result<Descriptor> copy_journal(const std::filesystem::path& folder,
                                              const std::function<bool()>& go_on);

}  // namespace newswatch::store
