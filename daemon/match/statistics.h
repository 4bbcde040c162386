#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>

#include "match/matcher.h"

/// What each watchlist costs and brings, counted while articles are matched. Any thread may count and read;
/// a figure may be a moment old.
namespace newswatch::match {

/// Counting costs memory traffic and reading the clock as much as asking a rule. So in a large set one
/// article in so many is counted, and as so many; matches are always counted.
inline constexpr std::uint32_t kSampledArticles = 32;
inline constexpr std::size_t kLargeSet = 1000;  // watchlists

class Counters {
  public:
    Counters() = default;
    Counters(std::size_t watchlists, std::size_t clauses)
        : verified_{std::make_unique<std::atomic<std::uint32_t>[]>(watchlists)},
          matched_{std::make_unique<std::atomic<std::uint32_t>[]>(watchlists)},
          nanoseconds_{std::make_unique<std::atomic<std::uint32_t>[]>(watchlists)},
          candidates_{std::make_unique<std::atomic<std::uint32_t>[]>(clauses)},
          watchlists_{watchlists},
          clauses_{clauses},
          every_{watchlists < kLargeSet ? 1 : kSampledArticles} {}

    /// True where this article, the `number`-th of a thread, is one of those that are counted.
    [[nodiscard]] bool takes(std::uint32_t number) const { return number % every_ == 0; }

    /// The rarest clause of these watchlists was met.
    void clause_met(std::size_t clause) { add(candidates_[clause], 1); }
    void verified(std::size_t watchlist) { add(verified_[watchlist], 1); }
    void matched(std::size_t watchlist) { add(matched_[watchlist], 1); }
    void took(std::size_t watchlist, std::uint32_t nanoseconds) { add(nanoseconds_[watchlist], nanoseconds); }

    [[nodiscard]] WatchlistStatistics of(std::size_t watchlist, std::optional<std::size_t> clause) const {
        return {.candidates = clause ? read(candidates_[*clause]) * every_ : 0,
                .verified = read(verified_[watchlist]) * every_,
                .matched = read(matched_[watchlist]),
                .microseconds = read(nanoseconds_[watchlist]) * every_ / 1000};
    }
    [[nodiscard]] std::size_t memory() const {
        return (3 * watchlists_ + clauses_) * sizeof(std::atomic<std::uint32_t>);
    }

  private:
    using Count = std::atomic<std::uint32_t>;
    static void add(Count& count, std::uint32_t more) { count.fetch_add(more, std::memory_order_relaxed); }
    static std::uint64_t read(const Count& count) { return count.load(std::memory_order_relaxed); }

    std::unique_ptr<Count[]> verified_{};
    std::unique_ptr<Count[]> matched_{};
    std::unique_ptr<Count[]> nanoseconds_{};
    std::unique_ptr<Count[]> candidates_{};
    std::size_t watchlists_{0};
    std::size_t clauses_{0};
    std::uint32_t every_{1};
};

}  // namespace newswatch::match
