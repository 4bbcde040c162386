#pragma once

#include <atomic>
#include <map>
#include <optional>
#include <shared_mutex>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "store/database.h"
#include "store/document_rows.h"
#include "store/feed_row.h"
#include "store/folder_lock.h"
#include "store/high_water.h"
#include "store/journal.h"
#include "store/page_rows.h"
#include "store/seen_log.h"
#include "store/seen_set.h"

namespace newswatch::store {

/// What must hold before a journal can be written: the folder locked, the schema current, the stream known.
struct OpenedFiles {
    FolderLock lock;
    HighWater high_water;
    Database database;
};

/// Opens the files of `folder`, moves a damaged database aside, and mints a stream where there is none or
/// where the database is older than `head.hwm` says (WIRE.md, "Stream identity").
[[nodiscard]] Result<OpenedFiles> open_files(const std::filesystem::path& folder, Time now);

/// The journal in `newswatch.db`.
class JournalFile final : public Journal {
  public:
    /// Reads the seen log and the topics into memory. Throws StorageFault.
    JournalFile(OpenedFiles files, const Clock& clock, Encoder encoder);
    ~JournalFile() override;

    [[nodiscard]] Result<Committed> commit(std::span<const Harvest> harvests) override;
    [[nodiscard]] Novelty novelty(const ArticleKeys& keys) const override;
    [[nodiscard]] StreamHead head() const override;
    [[nodiscard]] bool writable() const override { return !broken_; }
    [[nodiscard]] Result<std::vector<FeedState>> feed_states() override;
    [[nodiscard]] Result<std::vector<PageWish>> page_wishes() override;
    [[nodiscard]] Counts counts() const override;
    [[nodiscard]] Result<Retired> retire(std::chrono::hours keep_articles,
                                         std::chrono::hours keep_alerts) override;
    [[nodiscard]] Result<Shrunk> shrink(std::uint64_t most) override;
    [[nodiscard]] Result<bool> forget_some() override;

  private:
    struct Topic {
        std::int64_t row{0};
        std::uint64_t last{0};  ///< the last number with this topic
    };

    /// What a transaction under way will add to memory once it is committed.
    struct Pending {
        std::uint64_t head{0};
        Time now{};
        std::vector<Hash128> seen{};
        std::unordered_set<Hash128> seen_set{};
        std::unordered_map<std::string, Topic> topics{};
        std::int64_t pages{0};  ///< more, or fewer, that wait
        Committed committed{};
    };
    /// One harvest on its way through a transaction.
    struct Harvested {
        std::int64_t feed{0};
        std::unordered_map<Hash128, std::int64_t> rows{};     ///< of the articles archived now, by id
        std::map<std::string, std::vector<Alert>> digests{};  ///< what is to be listed, by watchlist
        std::unordered_set<Hash128> listed{};
    };

    void load_memory();
    void add_harvest(const Harvest& harvest, Pending& pending);
    void add_article(const HarvestedArticle& article, const Harvest& harvest, Harvested& harvested,
                     Pending& pending);
    void add_page(const PageResult& page, Pending& pending);
    void add_seen(std::int64_t feed, std::span<const Hash128> hashes, Pending& pending);
    void note_document(const std::vector<ArticleKeys>& document, const Harvested& harvested,
                       Pending& pending);
    [[nodiscard]] bool journalled(const Hash128& alert);
    /// The newest alert of this watchlist on this article.
    [[nodiscard]] std::optional<Hash128> earlier_alert(const Alert& alert);
    void add_alert(Alert alert, Pending& pending);
    /// Whether an alert of kind `updated` is to be journalled; makes of it what it proves to be.
    [[nodiscard]] bool settle_update(Alert& alert);
    [[nodiscard]] Topic& topic_in(Pending& pending, const std::string& name);
    void accept(const Pending& pending);
    void note_day(Time now);
    /// The fault as an error; after a failed write or flush no further commit is tried (FAULTS.md 18).
    [[nodiscard]] Error refused(const StorageFault& fault);
    /// The row of the oldest article; 0 where there is none.
    [[nodiscard]] std::int64_t first_article();
    /// Behind what is older than `time`, as far as one step looks.
    [[nodiscard]] std::uint64_t end_of_old_alerts(Time time);
    [[nodiscard]] std::int64_t end_of_old_articles(std::int64_t first, Time time);
    /// One transaction each; how many rows went.
    std::size_t remove_alerts_before(std::uint64_t number);
    std::size_t remove_articles_before(std::int64_t row);
    [[nodiscard]] std::uint64_t bytes_in_use();

    OpenedFiles files_;
    const Clock& clock_;
    const Encoder encoder_;
    FeedRows feeds_;
    DocumentRows documents_;
    PageRows pages_;
    SeenLog log_;
    Statement insert_article_;
    Statement insert_alert_;
    Statement alert_of_id_;
    Statement alerts_on_article_;
    Statement insert_topic_;
    Statement update_topic_;

    // Written by the writer thread only, under the lock; read by any thread under the shared lock.
    mutable std::shared_mutex mutex_;
    SeenSet seen_;                      // guarded by mutex_
    StreamHead head_;                   // guarded by mutex_
    std::uint64_t articles_{0};         // guarded by mutex_
    std::uint64_t pages_waiting_{0};    // guarded by mutex_
    std::chrono::sys_days day_{};       // guarded by mutex_
    std::uint64_t head_before_day_{0};  // guarded by mutex_; the last number of yesterday, UTC

    // The writer thread's own.
    std::unordered_map<std::string, Topic> topics_;
    std::optional<SeenLog::Compaction> compaction_{};
    std::optional<std::chrono::steady_clock::time_point> compacted_{};  ///< when the last one ended
    std::atomic<bool> broken_{false};
};

}  // namespace newswatch::store
