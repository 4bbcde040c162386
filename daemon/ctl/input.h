#pragma once

#include <cstddef>
#include <string>

#include "base/error.h"
#include "ctl/console.h"

namespace newswatch::ctl {

/// The bytes of FILE, or of the console's input for `-`; at most `limit`.
[[nodiscard]] Result<std::string> read_input(const std::string& file, std::size_t limit, Console& console);

}  // namespace newswatch::ctl
