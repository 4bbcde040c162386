#pragma once

#include <string_view>

namespace newswatch {

/// The release, from the project() line of the top-level CMakeLists.txt.
inline constexpr std::string_view kVersion = NEWSWATCH_VERSION;

}  // namespace newswatch
