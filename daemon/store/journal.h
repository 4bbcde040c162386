#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "model/alert.h"
#include "model/harvest.h"
#include "store/alert_reader.h"

/// The journal: what was accepted, numbered, for ever in the same order. The only SQLite.
namespace newswatch::store {

/// What a commit gave.
struct Committed {
    std::uint64_t head{0};    ///< the last number after the commit
    std::size_t alerts{0};    ///< journalled now
    std::size_t articles{0};  ///< archived now (fresh or revised)
};

/// Lives on the writer thread, but `novelty`, `head`, `writable` and `counts`, which any thread may call.
class Journal {
  public:
    /// Writes the payload of an alert whose number, previous, stream and time are set
    /// (publish::encode_payload).
    using Encoder = std::function<std::string(const Alert&)>;

    /// Opens or creates `folder/newswatch.db`, brings its schema up to date (forward only) and takes the
    /// lock: one daemon a database. Errors name the path, the user and the mode: permission denied,
    /// read-only, locked by process N, written by a newer version.
    [[nodiscard]] static Result<std::unique_ptr<Journal>> open(const std::filesystem::path& folder,
                                                               const Clock& clock, Encoder encoder);
    virtual ~Journal() = default;

    /// All harvests in ONE transaction, flushed to the disk (synchronous=FULL): articles, alerts with their
    /// numbers, feed states. An article that proves known, or whose alert id is journalled already, adds
    /// nothing. Alerts of a harvest's `digests` are one numbered digest for each of these watchlists: it
    /// lists those that are new, which have no numbers of their own. An alert of kind `updated` whose
    /// watchlist alerted on the article before is kept where it `wants_updates`, with `related` set to that
    /// alert, and dropped otherwise; where the watchlist did not, it is journalled as `new_article`: the
    /// revision newly matches. A harvest of a page settles its wish: the article is archived with the
    /// text, and its alerts are journalled for watchlists that have not alerted on the article before
    /// (fetched text is no revision). On an error nothing was stored and nothing may be acknowledged.
    [[nodiscard]] virtual Result<Committed> commit(std::span<const Harvest> harvests) = 0;

    /// Whether this feed (or another one, by `across_feeds`) brought the article before. Any thread may call;
    /// O(1), in memory.
    [[nodiscard]] virtual Novelty novelty(const ArticleKeys& keys) const = 0;

    /// What is committed now. Any thread may call.
    [[nodiscard]] virtual StreamHead head() const = 0;

    /// False once a write or a flush failed: nothing more will be committed, and the daemon must end (75), so
    /// that the next start reads what really is on the disk. A full disk is no such thing: commit again once
    /// there is room. Any thread may call.
    [[nodiscard]] virtual bool writable() const = 0;

    [[nodiscard]] virtual Result<std::vector<FeedState>> feed_states() = 0;

    /// The pages that were wished for and are not settled, for the start.
    [[nodiscard]] virtual Result<std::vector<PageWish>> page_wishes() = 0;

    struct Counts {
        std::uint64_t articles{0};
        std::uint64_t alerts{0};
        std::uint64_t alerts_today{0};   ///< since midnight UTC
        std::uint64_t pages_waiting{0};  ///< wished for and not settled
    };
    /// Any thread may call; O(1), in memory.
    [[nodiscard]] virtual Counts counts() const = 0;

    struct Retired {
        std::size_t rows{0};
        bool done{true};  ///< nothing is left that is too old
    };
    /// Some milliseconds of deleting alerts and articles older than these ages; `first` moves in the same
    /// transaction as the alerts.
    [[nodiscard]] virtual Result<Retired> retire(std::chrono::hours keep_articles,
                                                 std::chrono::hours keep_alerts) = 0;

    struct Shrunk {
        std::size_t articles{0};
        std::size_t alerts{0};
        std::uint64_t bytes{0};  ///< in use now
        bool done{true};         ///< small enough, or nothing is left that may go
    };
    /// Some milliseconds of work towards at most `most` bytes in use: the oldest articles go first, and where
    /// none is left that may go the oldest alerts, `first` in the same transaction. What is younger than
    /// kNeverRetired stays whatever its size. The file does not get smaller: its free pages are used again.
    [[nodiscard]] virtual Result<Shrunk> shrink(std::uint64_t most) = 0;
    static constexpr std::chrono::hours kNeverRetired{1};

    /// Some milliseconds of work on what was seen: entries that left their feeds 90 days ago and more are
    /// forgotten, never those that are still there (FAULTS.md 29). True where all is done for now.
    [[nodiscard]] virtual Result<bool> forget_some() = 0;
};

/// The alerts and beside them the archive. A read-only connection of its own; one thread at a time.
class JournalReader : public AlertReader {
  public:
    [[nodiscard]] static Result<std::unique_ptr<JournalReader>> open(const std::filesystem::path& folder);

    /// The alert whose id is or begins with `id`; bad_input where none or several do.
    [[nodiscard]] virtual Result<StoredAlert> alert_by_id(std::string_view id) = 0;

    /// The text that the entry of the feed's current document had before its last change; nothing where it is
    /// not kept any more.
    [[nodiscard]] virtual Result<std::optional<Article>> text_of(const FeedId& feed,
                                                                 const Hash128& article) = 0;
};

}  // namespace newswatch::store
