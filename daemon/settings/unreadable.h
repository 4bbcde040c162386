#pragma once

#include <filesystem>
#include <string>

#include "base/error.h"
#include "settings/finding.h"

namespace newswatch::settings {

/// F14: a file that could not be read, with its owner, group and mode, who we are, and the command that
/// helps.
[[nodiscard]] Finding describe_unreadable(const std::filesystem::path& path, const std::string& shown_as,
                                          const Error& error);

}  // namespace newswatch::settings
