#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "match/matcher.h"
#include "model/place.h"
#include "model/watchlist.h"
#include "settings/finding.h"

namespace newswatch::rules {

/// How the inline tests of one watchlist went.
struct TestedWatchlist {
    std::string watchlist{};  ///< id
    Place place{};
    unsigned passed{0};
    unsigned failed{0};
};

struct TestRun {
    std::vector<TestedWatchlist> watchlists{};  ///< every one that was asked, in order of id
    std::vector<settings::Finding> findings{};  ///< T40, one for each test that failed
};

/// Runs the `tests:` of these watchlists, which `set` was compiled from, through analyse and match (YAML.md
/// §1.6). A limit to some feeds is taken as met: a test says nothing of feeds. A finding quotes the line of
/// the watchlist's file, which is looked for below `base`, the folder that holds watchlists.d. Any thread may
/// call.
[[nodiscard]] TestRun run_tests(const match::WatchlistSet& set, const std::vector<Watchlist>& watchlists,
                                const std::filesystem::path& base);

}  // namespace newswatch::rules
