#include <algorithm>
#include <mutex>

#include "store/journal_file.h"

/// What goes from the journal, by age and by size. Alerts go from the first on and `first` with them, so that
/// whoever asks for one that is gone is told so (WIRE.md, "gone").
namespace newswatch::store {

namespace {

/// How many rows one transaction deletes, so that commits wait milliseconds, not minutes.
constexpr std::int64_t kRetireBatch = 2000;

}  // namespace

Result<std::size_t> JournalFile::retire(std::chrono::hours keep_articles, std::chrono::hours keep_alerts) {
    if (broken_) return std::size_t{0};
    const Time now = clock_.now();
    try {
        return retire_alerts(now - keep_alerts) + retire_articles(now - keep_articles);
    } catch (const StorageFault& fault) {
        return tl::unexpected{refused(fault)};
    }
}

std::uint64_t JournalFile::first_alert_since(Time time) {
    // The first that is young enough ends the search: where the clock jumped, an old one behind it stays.
    Statement young{files_.database, "SELECT seq FROM alert WHERE at >= ?1 ORDER BY seq LIMIT 1"};
    young.bind(1, time);
    return young.step() ? static_cast<std::uint64_t>(young.number(0)) : head_.head + 1;
}

std::int64_t JournalFile::first_article_since(Time time) {
    Statement young{files_.database, "SELECT row FROM article WHERE archived >= ?1 ORDER BY row LIMIT 1"};
    young.bind(1, time);
    return young.step() ? young.number(0) : files_.database.number("SELECT max(row) FROM article") + 1;
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

std::size_t JournalFile::retire_alerts(Time before) {
    const std::uint64_t keep_from = first_alert_since(before);
    std::size_t gone = 0;
    while (head_.first < keep_from)
        gone += remove_alerts_before(std::min<std::uint64_t>(keep_from, head_.first + kRetireBatch));
    return gone;
}

std::size_t JournalFile::retire_articles(Time before) {
    const std::int64_t keep_from = first_article_since(before);
    std::size_t gone = 0;
    for (std::int64_t first = files_.database.number("SELECT min(row) FROM article");
         first != 0 && first < keep_from;) {
        first = std::min(keep_from, first + kRetireBatch);
        gone += remove_articles_before(first);
    }
    return gone;
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
        const std::int64_t first = files_.database.number("SELECT min(row) FROM article");
        const std::uint64_t alerts = head_.head + 1 - head_.first;
        if (const std::int64_t until = first_article_since(before); first != 0 && first < until) {
            step.articles =
                remove_articles_before(std::min(until, first + static_cast<std::int64_t>(rows(articles_))));
        } else if (const std::uint64_t young = first_alert_since(before); head_.first < young) {
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
