#pragma once

#include "settings/clean_text.h"
#include "settings/source.h"

namespace newswatch::settings {

/// What yaml-cpp would accept in silence or report far from its cause, found line by line before it is asked
/// (YAML.md §4): tabs, lines that do not line up, missing spaces, a second `: `, open quotes, special first
/// signs, a second document. Every finding, not only the first.
void scan_lines(const CleanText& text, Report& report);

}  // namespace newswatch::settings
