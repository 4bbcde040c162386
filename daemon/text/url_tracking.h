#pragma once

#include <string_view>

namespace newswatch::text {

/// Whether a parameter of a query (`name=value`) says how a reader came, not what is read. Pure.
[[nodiscard]] bool tracks(std::string_view parameter);

}  // namespace newswatch::text
