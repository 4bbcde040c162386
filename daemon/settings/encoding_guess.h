#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "settings/finding.h"

namespace newswatch::settings {

/// F15: the bytes stop being UTF-8 at `offset`. Names the place, the byte, and the encoding that they look
/// like, with the line as it reads then.
[[nodiscard]] Finding describe_not_utf8(std::string_view bytes, std::size_t offset,
                                        const std::string& shown_as);

}  // namespace newswatch::settings
