#pragma once

#include <chrono>
#include <functional>
#include <span>
#include <vector>

#include "base/clock.h"
#include "base/hash.h"
#include "store/database.h"
#include "store/document_rows.h"

namespace newswatch::store {

/// An entry that left its feed is known for this long at least; then it is new when it comes back.
inline constexpr std::chrono::hours kRememberedFor = std::chrono::hours{24} * 90;
/// How late the log may notice that an entry is still in its feed.
inline constexpr std::chrono::hours kNoticedWithin = std::chrono::hours{24} * 30;

/// The log `seen`: rows are added at the end, and compacted from the start (DESIGN.md §6).
///
/// A row holds the hashes of one article or revision; the first of them names the row. No two rows hold the
/// same hash, so that what a row that goes had said is forgotten exactly.
class SeenLog {
  public:
    explicit SeenLog(Database& database);

    void add(std::int64_t feed, Time at, std::span<const Hash128> hashes);
    /// Every hash of the log.
    void read_all(const std::function<void(const Hash128&)>& take);

    /// Where a compaction has come to.
    struct Compaction {
        std::int64_t next_row{0};
        bool done{false};
        std::size_t removed{0};
        std::vector<Hash128> forgotten{};  ///< by the last step
    };
    /// One step, a few milliseconds, inside the caller's transaction: rows of entries that are still in their
    /// feeds' documents move to the end of the log as seen `now`; rows not seen for kRememberedFor beyond
    /// kNoticedWithin go. A row that the document does not name but is younger stays where it is.
    void compact(Compaction& compaction, Time now, DocumentRows& documents);

  private:
    Database& database_;
    Statement add_;
    Statement old_;
    Statement remove_;
};

}  // namespace newswatch::store
