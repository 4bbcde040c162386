#pragma once

#include <filesystem>
#include <vector>

#include "base/clock.h"
#include "model/poll_outcome.h"

namespace newswatch::fetch {

/// A `file://` feed, read where one of `allow_folders` holds it after every symbolic link is followed.
///
/// Its time of change is its Last-Modified, that time to the nanosecond with its size its ETag. Blocks on the
/// disk. What cannot be read is `failed`.
[[nodiscard]] FetchAnswer read_local_file(PollRequest request,
                                          const std::vector<std::filesystem::path>& allow_folders,
                                          std::size_t limit, Time now);

}  // namespace newswatch::fetch
