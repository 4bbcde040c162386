#pragma once

#include "settings/source.h"

namespace newswatch::settings {

/// What yaml-cpp would accept in silence or report far from its cause, found line by line before it is asked
/// (YAML.md §4): tabs, invisible characters, a second `: `, missing spaces, open quotes, special first signs.
/// Every finding, not only the first.
void scan_lines(Report& report);

}  // namespace newswatch::settings
