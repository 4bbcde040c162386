#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/error.h"
#include "match/region_table.h"
#include "model/analysed.h"
#include "model/article.h"
#include "model/match.h"
#include "model/watchlist.h"

namespace newswatch::match {

/// The regions, compiled once from the tables and shared by every WatchlistSet. Immutable; any thread may
/// read it.
class Regions;
[[nodiscard]] std::shared_ptr<const Regions> compile_regions(const RegionForms& forms);

/// Watchlists, compiled into one immutable index. Swapped whole on reload; any thread may read it.
class WatchlistSet {
  public:
    /// Every region and concept that a rule names must exist: `settings` has checked that.
    [[nodiscard]] static std::shared_ptr<const WatchlistSet> compile(std::vector<Watchlist> watchlists,
                                                                     const std::vector<Concept>& concepts,
                                                                     std::shared_ptr<const Regions> regions);
    ~WatchlistSet();

    [[nodiscard]] const std::vector<Watchlist>& watchlists() const { return watchlists_; }
    /// The watchlist of that id; null where there is none.
    [[nodiscard]] const Watchlist* find(std::string_view id) const;

    struct Compiled;
    [[nodiscard]] const Compiled& compiled() const { return *compiled_; }

  private:
    WatchlistSet();
    std::vector<Watchlist> watchlists_;
    std::unique_ptr<Compiled> compiled_;
};

/// What is known of the feed that an article came from, for `feeds:` limits.
struct FeedContext {
    std::string_view url{};
    std::string_view name{};
    std::string_view folder{};
};

/// Every watchlist that the article meets, with spans, in order of watchlist id. Pure; any thread may call.
[[nodiscard]] std::vector<Match> match(const WatchlistSet& set, const Analysed& article,
                                       const FeedContext& feed = {});

/// The watchlists of which at least two required clauses are met and exactly one is missing, or of which all
/// are met and only an exclusion stands against it. Asks every watchlist: for sets of thousands, not
/// millions. Pure.
[[nodiscard]] std::vector<NearMatch> near_matches(const WatchlistSet& set, const Analysed& article,
                                                  const FeedContext& feed = {});

/// One sentence for people: `Syria «سوريا» · Libya «ليبيا» · diplomacy «مباحثات»`.
[[nodiscard]] std::string explain(const Match& match);

}  // namespace newswatch::match
