#pragma once

#include <string>
#include <vector>

#include "ctl/console.h"

namespace newswatch::ctl {

/// `newswatchctl ARGUMENTS…`: reads the arguments, runs the verb, answers the exit code: 0, 1 for findings or
/// a refusal, 2 for wrong usage.
[[nodiscard]] int run(const std::vector<std::string>& arguments, Console& console);

}  // namespace newswatch::ctl
