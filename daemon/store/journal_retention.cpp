#include <algorithm>
#include <mutex>

#include "store/journal_file.h"

/// What goes from the journal, by age and by size. Alerts go from the first on and `first` with them, so that
/// whoever asks for one that is gone is told so (WIRE.md, "gone").
namespace newswatch::store {

namespace {

/// How many rows one step looks at and deletes, so that commits wait milliseconds, not minutes.
constexpr std::int64_t kRetireBatch = 2000;

}  // namespace

Result<Journal::Retired> JournalFile::retire(std::chrono::hours keep_articles,
                                             std::chrono::hours keep_alerts) {
    if (broken_) return Retired{};
    const Time now = clock_.now();
    try {
        if (const std::uint64_t end = end_of_old_alerts(now - keep_alerts); head_.first < end)
            return Retired{.rows = remove_alerts_before(end), .done = false};
        const std::int64_t first = first_article();
        if (const std::int64_t end = end_of_old_articles(first, now - keep_articles); first < end)
            return Retired{.rows = remove_articles_before(end), .done = false};
        return Retired{};
    } catch (const StorageFault& fault) {
        return tl::unexpected{refused(fault)};
    }
}

std::int64_t JournalFile::first_article() {
    return files_.database.number("SELECT min(row) FROM article");
}

// The first that is young enough ends the search: where the clock jumped, an old one behind it stays.
std::uint64_t JournalFile::end_of_old_alerts(Time time) {
    Statement young{files_.database,
                    "SELECT seq FROM alert WHERE seq >= ?1 AND seq < ?2 AND at >= ?3 ORDER BY seq LIMIT 1"};
    const std::uint64_t limit = std::min<std::uint64_t>(head_.head + 1, head_.first + kRetireBatch);
    young.bind(1, head_.first).bind(2, limit).bind(3, time);
    return young.step() ? static_cast<std::uint64_t>(young.number(0)) : limit;
}

std::int64_t JournalFile::end_of_old_articles(std::int64_t first, Time time) {
    if (first == 0) return 0;
    Statement young{
        files_.database,
        "SELECT row FROM article WHERE row >= ?1 AND row < ?2 AND archived >= ?3 ORDER BY row LIMIT 1"};
    young.bind(1, first).bind(2, first + kRetireBatch).bind(3, time);
    return young.step() ? young.number(0) : first + kRetireBatch;
}

std::size_t JournalFile::remove_alerts_before(std::uint64_t number) {
    Database& database = files_.database;
    Statement remove{database, "DELETE FROM alert WHERE seq < ?1"};
    Statement move{database, "UPDATE meta SET value = ?1 WHERE name = 'first'"};
    Transaction transaction{database};
    remove.bind(1, number).run();
    const auto removed = static_cast<std::size_t>(sqlite3_changes(database.handle()));
    move.bind(1, number).run();
    transaction.commit();
    const std::unique_lock lock{mutex_};
    head_.first = number;
    return removed;
}

std::size_t JournalFile::remove_articles_before(std::int64_t row) {
    Database& database = files_.database;
    Statement remove{database, "DELETE FROM article WHERE row < ?1"};
    Transaction transaction{database};
    remove.bind(1, row).run();
    const auto removed = static_cast<std::size_t>(sqlite3_changes(database.handle()));
    transaction.commit();
    const std::unique_lock lock{mutex_};
    articles_ -= std::min<std::uint64_t>(articles_, removed);
    return removed;
}

std::uint64_t JournalFile::bytes_in_use() {
    Database& database = files_.database;
    const std::int64_t pages =
        database.number("PRAGMA page_count") - database.number("PRAGMA freelist_count");
    return static_cast<std::uint64_t>(pages * database.number("PRAGMA page_size"));
}

Result<Journal::Shrunk> JournalFile::shrink(std::uint64_t most) {
    if (broken_) return Shrunk{};
    Shrunk step;
    try {
        step.bytes = bytes_in_use();
        if (step.bytes <= most) return step;
        // As if everything were of one kind, which takes rather too few: the next step takes the rest.
        const auto rows = [&](std::uint64_t all) {
            const std::uint64_t each = step.bytes / std::max<std::uint64_t>(all, 1) + 1;
            return std::clamp<std::uint64_t>((step.bytes - most) / each, 1, kRetireBatch);
        };
        const Time before = clock_.now() - kNeverRetired;
        const std::int64_t first = first_article();
        const std::uint64_t alerts = head_.head + 1 - head_.first;
        if (const std::int64_t until = end_of_old_articles(first, before); first < until) {
            step.articles =
                remove_articles_before(std::min(until, first + static_cast<std::int64_t>(rows(articles_))));
        } else if (const std::uint64_t young = end_of_old_alerts(before); head_.first < young) {
            step.alerts = remove_alerts_before(std::min(young, head_.first + rows(alerts)));
        } else {
            return step;
        }
        step.bytes = bytes_in_use();
        step.done = step.bytes <= most;
        return step;
    } catch (const StorageFault& fault) {
        return tl::unexpected{refused(fault)};
    }
}

}  // namespace newswatch::store
