#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "text/language.h"

namespace newswatch::text {

/// The Snowball stems of a word in `language`, appended to `stems`: of the case-folded word with its accents
/// and of the folded one, each stemmed until it no longer changes, Arabic once (WATCHLISTS.md §3 a and b).
/// Nothing where Snowball does not know the language. Each thread keeps its own stemmers.
void append_stems(Language language, std::string_view accented, std::string_view folded,
                  std::vector<std::string>& stems);

}  // namespace newswatch::text
