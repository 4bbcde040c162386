#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "base/error.h"

namespace newswatch {

/// The bytes of a regular file of at most `limit` bytes. Errors name the path and what the system said.
[[nodiscard]] Result<std::string> read_file(const std::filesystem::path& path, std::size_t limit);

/// Writes beside the file, flushes to the disk and renames over it: a reader sees the old bytes or the new.
[[nodiscard]] Result<void> write_file(const std::filesystem::path& path, std::string_view bytes);

}  // namespace newswatch
