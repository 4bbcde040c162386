#pragma once

#include <fmt/core.h>

/// Text with values in it. libfmt is seen here and in `base/log.h` only (g++ 12 has no <format>).
namespace newswatch {

using fmt::format;

}  // namespace newswatch
