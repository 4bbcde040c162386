#pragma once

#include <filesystem>
#include <vector>

#include "model/watchlist.h"
#include "settings/finding.h"

namespace newswatch::rules {

/// What is right by the grammar of a watchlist and yet not what its writer can have meant (warnings, codes
/// W56 to W62). `base` is the folder that holds watchlists.d, from which the lines are quoted.
///
/// Only what is certain is said: a term or block that can never count, two watchlists that ask for the same,
/// a prefix or a word that nearly every article holds. Pure but for reading the files that it quotes.
[[nodiscard]] std::vector<settings::Finding> lint(const std::vector<Watchlist>& watchlists,
                                                  const std::filesystem::path& base);

}  // namespace newswatch::rules
