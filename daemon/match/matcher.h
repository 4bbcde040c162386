#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
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

/// A part of a WatchlistSet, compiled at one time and shared by the sets that came after.
struct CompiledRules;

/// What an alert says of its watchlist. Lives as long as the set.
struct WatchlistFacts {
    std::string_view id{};
    std::string_view name{};
    std::string_view rev{};
    std::string_view file{};
    unsigned line{0};
    Priority priority{Priority::normal};
    bool updates{false};
};

/// What a watchlist has cost and brought since it was loaded.
struct WatchlistStatistics {
    std::uint64_t candidates{0};    ///< articles in which the rarest of its clauses was met
    std::uint64_t verified{0};      ///< of these, articles for which its whole rule was asked
    std::uint64_t matched{0};       ///< and held
    std::uint64_t microseconds{0};  ///< spent on asking; an estimate from a sample
};

/// Watchlists, compiled into an immutable index. Swapped whole on reload; any thread may read it.
///
/// A set made by `with_changes` shares what it keeps with the set before: a reload compiles what changed and
/// nothing else.
class WatchlistSet {
  public:
    /// Every region and concept that a rule names must exist: `settings` has checked that.
    [[nodiscard]] static std::shared_ptr<const WatchlistSet> compile(const std::vector<Watchlist>& watchlists,
                                                                     const std::vector<Concept>& concepts,
                                                                     std::shared_ptr<const Regions> regions);

    using Keep = std::function<bool(const WatchlistFacts& facts)>;
    /// The watchlists of `old` for which `keep_old` says yes and those of `fresh` for which `keep_fresh`
    /// does. No id may be in both.
    [[nodiscard]] static std::shared_ptr<const WatchlistSet> with_changes(const WatchlistSet& old,
                                                                          const Keep& keep_old,
                                                                          const WatchlistSet& fresh,
                                                                          const Keep& keep_fresh);
    ~WatchlistSet();

    [[nodiscard]] std::size_t size() const { return size_; }
    /// The watchlist of that id; empty where there is none.
    [[nodiscard]] std::optional<WatchlistFacts> find(std::string_view id) const;
    [[nodiscard]] WatchlistStatistics statistics(std::string_view id) const;
    /// In order of id.
    [[nodiscard]] std::vector<WatchlistFacts> watchlists() const;
    /// Bytes that the index takes, without the regions.
    [[nodiscard]] std::size_t memory() const;

    /// `retired[i]`: watchlist i of `rules` is not in this set any more; empty: all are.
    struct Part {
        std::shared_ptr<const CompiledRules> rules{};
        std::shared_ptr<const std::vector<bool>> retired{};
        [[nodiscard]] bool has(std::uint32_t watchlist) const {
            return retired == nullptr || !(*retired)[watchlist];
        }
    };
    /// Every part costs a look at each word of an article: after many changes it pays to compile anew.
    [[nodiscard]] const std::vector<Part>& parts() const { return parts_; }
    /// True where so much was changed since the set was compiled that it should be compiled anew.
    [[nodiscard]] bool is_worn() const;

  private:
    WatchlistSet();
    std::vector<Part> parts_;
    std::size_t size_{0};
};

/// What is known of the feed that an article came from, for `feeds:` limits.
struct FeedContext {
    std::string_view url{};
    std::string_view name{};
    std::string_view folder{};
};

/// Every watchlist that the article meets, with spans, in order of watchlist id. Any thread may call.
[[nodiscard]] std::vector<Match> match(const WatchlistSet& set, const Analysed& article,
                                       const FeedContext& feed = {});

/// The same for one watchlist, which is asked whether or not its clauses make it likely.
[[nodiscard]] std::optional<Match> match_one(const WatchlistSet& set, std::string_view watchlist,
                                             const Analysed& article, const FeedContext& feed = {});

/// The watchlists of which at least two required clauses are met and exactly one is missing, or of which all
/// are met and only an exclusion or the distance stands against it; in order of id, at most `most`. Only
/// watchlists of which one of the two rarest clauses is met are asked, so the cost hardly grows with the set.
[[nodiscard]] std::vector<NearMatch> near_matches(const WatchlistSet& set, const Analysed& article,
                                                  const FeedContext& feed = {}, std::size_t most = 100);

/// Why RE2 refuses a `regex:`; empty where it does not. Any thread may call.
[[nodiscard]] std::string regex_error(std::string_view regex);

/// One sentence for people: `Syria «سوريا» · Libya «ليبيا» · diplomacy «مباحثات»`.
[[nodiscard]] std::string explain(const Match& match);

}  // namespace newswatch::match
