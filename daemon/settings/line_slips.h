#pragma once

#include <cstddef>
#include <string_view>

#include "settings/clean_text.h"
#include "settings/source.h"

/// Slips at the start of a line that YAML takes for plain text. Each function reports one and says so;
/// without a finding the line is something else.
namespace newswatch::settings {

/// `• storm`, `– storm`: what a word processor makes of `- storm`. Y30.
bool report_foreign_dash(const CleanText& text, unsigned line, std::size_t at, Report& report);

/// `match` over deeper lines, `name = x`, `match：`: a key without the colon that makes it one. Y38.
bool report_missing_colon(const CleanText& text, unsigned line, std::size_t at, bool has_block_below,
                          Report& report);

}  // namespace newswatch::settings
