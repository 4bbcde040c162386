#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/error.h"
#include "model/alert.h"

namespace newswatch::store {

/// Committed alerts, for who publishes and who replays them: a read-only connection of its own.
///
/// One thread at a time. No transaction stays open between two calls, so that the WAL can be checkpointed
/// however slowly somebody replays (FAULTS.md 60).
class AlertReader {
  public:
    [[nodiscard]] static Result<std::unique_ptr<AlertReader>> open(const std::filesystem::path& folder);
    virtual ~AlertReader() = default;

    /// Committed alerts with numbers in (after, after + limit], in order.
    [[nodiscard]] virtual Result<std::vector<StoredAlert>> alerts_after(std::uint64_t after,
                                                                        std::size_t limit) = 0;

    /// What to look for: alerts with numbers in [from, until] whose topic begins with one of the prefixes.
    struct Wanted {
        std::uint64_t from{1};
        std::uint64_t until{0};
        std::span<const std::string> prefixes{};  ///< bytes, never patterns; "" is every topic
        std::size_t limit{256};
    };
    /// A part of the answer, read in one snapshot.
    struct Slice {
        std::vector<StoredAlert> alerts{};
        std::uint64_t next{0};  ///< everything before it was looked at; until + 1 (or head + 1): all
        StreamHead head{};      ///< of the same snapshot. `from < head.first`: what was there before is gone
    };
    /// At most `limit` alerts, and at most kLookedAt numbers looked at, so that a prefix that nothing meets
    /// costs milliseconds a call too: ask on from `next`.
    [[nodiscard]] virtual Result<Slice> alerts_of(const Wanted& wanted) = 0;
    static constexpr std::uint64_t kLookedAt = 4096;

    /// What is committed and kept: stream, last number, first number.
    [[nodiscard]] virtual Result<StreamHead> head() = 0;
};

}  // namespace newswatch::store
