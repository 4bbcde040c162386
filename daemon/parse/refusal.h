#pragma once

#include <string_view>

#include "base/error.h"

namespace newswatch::parse {

/// Why nobody could read a document, in one line for the operator: what it is instead of a feed, and what to
/// do. `text` is UTF-8; `url` may be empty.
[[nodiscard]] Error refusal(std::string_view text, std::string_view url);

}  // namespace newswatch::parse
