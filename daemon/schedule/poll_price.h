#pragma once

#include <array>
#include <cstddef>

#include "base/clock.h"
#include "model/feed.h"
#include "schedule/rhythm.h"

namespace newswatch::schedule {

/// What a poll is worth at present: everything that the next poll of one feed must know of all the others.
struct Tariff {
    double price{0};  ///< article-minutes of waiting that are worth one request; 0: ask as often as allowed
    double usual_share{0.05};  ///< of all articles, those that matched a watchlist
    HourProfile hours{flat_profile()};
};

/// Finds the price at which all feeds together spend the budget (POLLING.md §2).
///
/// Keeps sums over the feeds and never walks over them: a feed that changes costs O(1), a new price the same
/// for ten feeds as for a million. For that, feeds of about the same rate are counted together, a quarter of
/// an octave wide, and limits of single feeds (`every:`, ttl) are left to the correction by what was really
/// sent. Not thread-safe.
class PollPrice {
  public:
    struct Limits {
        double budget_per_minute{1200};  ///< requests in all, at most
        Minutes usual{15};               ///< between two polls of a feed, on average over all feeds
        Minutes shortest{5};
        Minutes longest{240};
    };

    PollPrice(Limits limits, Time now);

    void add(const FeedState& feed) { count(feed, 1); }
    void remove(const FeedState& feed) { count(feed, -1); }
    /// A poll of `cost` requests was sent.
    void sent(double cost) { sent_ += cost; }

    /// The price at `now`; found anew once enough has changed, and corrected every hour by what was sent.
    [[nodiscard]] const Tariff& tariff(Time now);

  private:
    static constexpr std::size_t kBuckets = 192;
    struct Group {
        double feeds{0};
        double cost{0};  ///< the sum
    };

    void count(const FeedState& feed, int sign);
    void correct(Time now);
    void find_price();
    [[nodiscard]] double spent_at(double price) const;
    [[nodiscard]] double planned() const;

    Limits limits_;
    std::array<Group, kBuckets> groups_{};  // by rate / cost
    std::array<double, 24> hours_{};        // shares, summed
    double with_hours_{0};                  // feeds that have some
    double matches_{0};
    double judged_{0};
    double feeds_{0};
    double changes_{0};
    double sent_{0};
    double bias_{1};
    Time corrected_;
    Tariff tariff_{};
};

}  // namespace newswatch::schedule
