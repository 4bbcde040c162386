#pragma once

#include <string>
#include <string_view>

#include "settings/mapping_reader.h"

namespace newswatch::settings {

/// The address of a feed as it will be asked: absolute, http, https or file; `press.example/feed` gets
/// https://, and what RFC 3986 forbids in a path is percent-encoded. Empty after a finding U24 or U42.
[[nodiscard]] std::string feed_address(const Word& written, Report& report);

}  // namespace newswatch::settings
