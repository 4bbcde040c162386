#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "match/matcher.h"
#include "model/watchlist.h"
#include "rules/inline_tests.h"
#include "rules/regions.h"
#include "settings/settings.h"

/// Concepts and watchlists from the files that people edit to one compiled set, inline tests included: the
/// same for the start of the daemon, for its reload and for `newswatchctl check`.
namespace newswatch::rules {

/// What is in force, and everything there is to say about the files it came from.
struct Rules {
    std::shared_ptr<const match::WatchlistSet> watchlists{};
    std::vector<Concept> concepts{};
    std::shared_ptr<const RegionTables> regions{};
    std::vector<settings::Finding> findings{};  ///< of concepts, watchlists and their tests, in that order
    std::vector<TestedWatchlist> tests{};       ///< of the files as they are now, refused ones included
    std::map<std::string, Time> as_of{};        ///< by file: when the version in force was read
    std::vector<std::string> kept{};            ///< files of which an older version stays in force
};

/// Reads, checks, tests and compiles what the settings name, beside the shipped concepts.
///
/// A file with an error, a failing inline test included, is left out by itself. Where `previous` knows a good
/// version of that file, this one stays in force and the file's last error says so in its help. A file that
/// was removed takes its watchlists with it. Fails only where the shipped region tables cannot be read.
/// `now` is what `as_of` says of new versions.
[[nodiscard]] Result<Rules> load(const settings::Settings& settings, Time now,
                                 const Rules* previous = nullptr);

}  // namespace newswatch::rules
