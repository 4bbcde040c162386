#include <algorithm>
#include <mutex>
#include <utility>

#include "base/format.h"
#include "base/log.h"
#include "store/article_row.h"
#include "store/damage.h"
#include "store/digest.h"
#include "store/journal_file.h"

namespace newswatch::store {

namespace {

constexpr auto kCompactEvery = std::chrono::hours{24 * 7};

std::string insert_article_sql() {
    return newswatch::format(
        "INSERT INTO article(id, revision, feed, archived, {}) "
        "VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12)",
        kArticleColumns);
}

}  // namespace

JournalFile::JournalFile(OpenedFiles files, const Clock& clock, Encoder encoder)
    : files_{std::move(files)},
      clock_{clock},
      encoder_{std::move(encoder)},
      feeds_{files_.database},
      documents_{files_.database},
      pages_{files_.database},
      log_{files_.database},
      insert_article_{files_.database, insert_article_sql()},
      insert_alert_{files_.database,
                    "INSERT INTO alert(seq, id, article, prev, topic, at, payload)"
                    " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT(id) DO NOTHING"},
      alert_of_id_{files_.database, "SELECT 1 FROM alert WHERE id = ?1"},
      alerts_on_article_{files_.database,
                         "SELECT a.id, t.topic FROM alert a JOIN topic_head t ON t.row = a.topic"
                         " WHERE a.article = ?1 ORDER BY a.seq"},
      insert_topic_{files_.database, "INSERT INTO topic_head(topic, seq) VALUES(?1, 0)"},
      update_topic_{files_.database, "UPDATE topic_head SET seq = ?2 WHERE row = ?1"} {
    load_memory();
    files_.high_water.write_through({.stream = head_.stream, .head = head_.head});
}

JournalFile::~JournalFile() {
    files_.high_water.write_through({.stream = head_.stream, .head = head_.head});
}

void JournalFile::load_memory() {
    Database& database = files_.database;
    head_.stream = database.text("SELECT value FROM meta WHERE name = 'stream'");
    head_.first = static_cast<std::uint64_t>(database.number("SELECT value FROM meta WHERE name = 'first'"));
    const auto last = static_cast<std::uint64_t>(database.number("SELECT max(seq) FROM alert"));
    head_.head = std::max(last, head_.first - 1);  // where all were retired, the numbers go on

    // Rows are added at the end and retired from the start, so the ends tell how many there are; counting
    // would read the whole archive.
    articles_ = static_cast<std::uint64_t>(database.number(
        "SELECT coalesce((SELECT max(row) FROM article) - (SELECT min(row) FROM article) + 1, 0)"));

    pages_waiting_ = static_cast<std::uint64_t>(database.number("SELECT count(*) FROM page"));

    Statement topics{database, "SELECT topic, row, seq FROM topic_head"};
    while (topics.step()) {
        topics_[topics.text(0)] = {.row = topics.number(1),
                                   .last = static_cast<std::uint64_t>(topics.number(2))};
    }
    log_.read_all([this](const Hash128& hash) { seen_.insert(hash); });
    day_ = std::chrono::floor<std::chrono::days>(clock_.now());
    Statement yesterday{database, "SELECT seq FROM alert WHERE at < ?1 ORDER BY seq DESC LIMIT 1"};
    yesterday.bind(1, Time{day_});
    head_before_day_ = yesterday.step() ? static_cast<std::uint64_t>(yesterday.number(0)) : head_.first - 1;
}

Result<Committed> JournalFile::commit(std::span<const Harvest> harvests) {
    if (broken_) {
        return fail(ErrorKind::storage, "no more is written since the disk refused a write",
                    files_.database.path(), "restart newswatchd once the disk is well");
    }
    Pending pending;
    pending.now = clock_.now();
    pending.head = head_.head;  // this thread is the only one that writes it
    note_day(pending.now);
    try {
        Transaction transaction{files_.database};
        for (const Harvest& harvest : harvests)
            add_harvest(harvest, pending);
        for (const auto& [name, topic] : pending.topics)
            update_topic_.bind(1, topic.row).bind(2, topic.last).run();
        transaction.commit();
    } catch (const StorageFault& fault) {
        return tl::unexpected{refused(fault)};
    }
    pending.committed.head = pending.head;
    const Committed committed = pending.committed;
    accept(pending);
    return committed;
}

void JournalFile::add_harvest(const Harvest& harvest, Pending& pending) {
    if (harvest.page) {
        add_page(*harvest.page, pending);
        return;
    }
    Harvested harvested;
    harvested.feed = feeds_.save(harvest.feed, harvest.state);
    for (const HarvestedArticle& article : harvest.articles)
        add_article(article, harvest, harvested, pending);
    for (const auto& [watchlist, listed] : harvested.digests)
        add_alert(digest_of(listed), pending);
    for (const PageWish& wish : harvest.pages) {
        if (const auto row = harvested.rows.find(wish.keys.id); row != harvested.rows.end())
            pending.pages += pages_.add(wish, harvested.feed, row->second) ? 1 : 0;
    }
    note_document(harvest.still_there, harvested, pending);
}

void JournalFile::add_page(const PageResult& page, Pending& pending) {
    const Hash128& id = page.wish.keys.id;
    const std::optional<std::int64_t> feed = pages_.feed_of(id);
    if (!feed) return;  // settled before, or its article proved known
    if (page.again) {
        pages_.postpone(page.wish);
        return;
    }
    pages_.settle(id);
    --pending.pages;
    if (!page.article) return;
    if (page.archive) {
        // Beside the entry's own text, as a revision is: the newest row is how the article reads now.
        const std::string more = more_of(*page.article);
        insert_article_.bind(1, id).bind(2, page.wish.keys.revision).bind(3, *feed).bind(4, pending.now);
        bind_article(insert_article_, 5, *page.article, more);
        insert_article_.run();
        ++pending.committed.articles;
    }
    for (const Alert& alert : page.alerts) {
        if (!earlier_alert(alert)) add_alert(alert, pending);
    }
}

void JournalFile::add_article(const HarvestedArticle& article, const Harvest& harvest, Harvested& harvested,
                              Pending& pending) {
    const ArticleKeys& keys = article.keys;
    // Judged again here: since the worker asked, an earlier harvest may have brought the same article.
    const Novelty novelty = novelty_of(
        keys, [&](const Hash128& hash) { return seen_.contains(hash) || pending.seen_set.contains(hash); });
    if (novelty == Novelty::known) return;

    const std::string more = more_of(article.article);
    insert_article_.bind(1, keys.id).bind(2, keys.revision).bind(3, harvested.feed).bind(4, pending.now);
    bind_article(insert_article_, 5, article.article, more);
    insert_article_.run();
    harvested.rows[keys.id] = sqlite3_last_insert_rowid(files_.database.handle());
    add_seen(harvested.feed, novelty == Novelty::fresh ? hashes_of(keys) : revision_hashes_of(keys), pending);
    ++pending.committed.articles;

    for (const Alert& alert : article.alerts) {
        if (!harvest.digests.contains(alert.watchlist)) {
            add_alert(alert, pending);
        } else if (!journalled(alert.id) && harvested.listed.insert(alert.id).second) {
            Alert listed = alert;
            if (listed.kind != AlertKind::updated || settle_update(listed))
                harvested.digests[alert.watchlist].push_back(std::move(listed));
        }
    }
}

void JournalFile::add_seen(std::int64_t feed, std::span<const Hash128> hashes, Pending& pending) {
    log_.add(feed, pending.now, hashes);
    pending.seen.insert(pending.seen.end(), hashes.begin(), hashes.end());
    pending.seen_set.insert(hashes.begin(), hashes.end());
}

/// Keeps what the document holds now, and the new names of what was known already: a publisher rewrote its
/// ids, or another feed of the house carries the article too.
void JournalFile::note_document(const std::vector<ArticleKeys>& document, const Harvested& harvested,
                                Pending& pending) {
    if (document.empty()) return;  // an empty feed is more often a mishap than a farewell to all of it
    const auto known = [&](const Hash128& hash) {
        return seen_.contains(hash) || pending.seen_set.contains(hash);
    };
    const std::vector<DocumentEntry> before = documents_.read(harvested.feed);
    std::unordered_map<std::uint64_t, std::int64_t> rows;
    for (const DocumentEntry& entry : before) {
        rows.emplace(entry.text, entry.article);
        rows.insert_or_assign(entry.id, entry.article);
    }
    std::vector<DocumentEntry> entries;
    entries.reserve(document.size());
    for (const ArticleKeys& keys : document) {
        DocumentEntry& entry = entries.emplace_back(entry_of(keys));
        if (const auto archived = harvested.rows.find(keys.id); archived != harvested.rows.end()) {
            entry.article = archived->second;
        } else if (const auto by_id = rows.find(entry.id); by_id != rows.end()) {
            entry.article = by_id->second;
        } else if (const auto by_text = rows.find(entry.text); by_text != rows.end()) {
            entry.article = by_text->second;
        }
        if (known(keys.id) || known(shadow_hash(keys.id))) continue;
        if (known(keys.fingerprint)) {
            add_seen(harvested.feed, std::vector{keys.id, revision_hash(keys)}, pending);
        } else {
            add_seen(harvested.feed, std::vector{shadow_hash(keys.id)}, pending);
        }
    }
    if (entries != before) documents_.save(harvested.feed, entries);
}

bool JournalFile::journalled(const Hash128& alert) {
    alert_of_id_.bind(1, alert);
    const bool found = alert_of_id_.step();
    alert_of_id_.reset();
    return found;
}

void JournalFile::add_alert(Alert alert, Pending& pending) {
    if (alert.kind == AlertKind::updated && !settle_update(alert)) return;
    const std::string name = topic_of(alert.watchlist, alert.priority);
    Topic& topic = topic_in(pending, name);
    alert.number = pending.head + 1;
    alert.previous = topic.last;
    alert.stream = head_.stream;
    alert.time = pending.now;
    const std::string payload = encoder_(alert);
    insert_alert_.bind(1, alert.number).bind(2, alert.id);
    if (alert.article_id.empty()) {
        insert_alert_.bind_null(3);
    } else {
        insert_alert_.bind(3, alert.article_id);
    }
    insert_alert_.bind(4, alert.previous).bind(5, topic.row).bind(6, pending.now).bind(7, payload).run();
    if (sqlite3_changes(files_.database.handle()) == 0) return;  // this id has its number already
    topic.last = alert.number;
    pending.head = alert.number;
    ++pending.committed.alerts;
}

std::optional<Hash128> JournalFile::earlier_alert(const Alert& alert) {
    const std::string mine = "alert/" + alert.watchlist + "/";
    std::optional<Hash128> earlier;
    alerts_on_article_.bind(1, alert.article_id);
    while (alerts_on_article_.step()) {
        if (alerts_on_article_.text(1).compare(0, mine.size(), mine) == 0)
            earlier = alerts_on_article_.hash(0);
    }
    return earlier;
}

bool JournalFile::settle_update(Alert& alert) {
    const std::optional<Hash128> earlier = earlier_alert(alert);
    if (!earlier) {
        alert.kind = AlertKind::new_article;  // the revision meets a watchlist that the first text did not
        return true;
    }
    alert.related = earlier;
    return alert.wants_updates;
}

JournalFile::Topic& JournalFile::topic_in(Pending& pending, const std::string& name) {
    if (const auto found = pending.topics.find(name); found != pending.topics.end()) return found->second;
    if (const auto found = topics_.find(name); found != topics_.end())
        return pending.topics.emplace(name, found->second).first->second;
    insert_topic_.bind(1, name).run();
    const Topic fresh{.row = sqlite3_last_insert_rowid(files_.database.handle()), .last = 0};
    return pending.topics.emplace(name, fresh).first->second;
}

void JournalFile::accept(const Pending& pending) {
    for (auto& [name, topic] : pending.topics)
        topics_[name] = topic;
    {
        const std::unique_lock lock{mutex_};
        for (const Hash128& hash : pending.seen)
            seen_.insert(hash);
        head_.head = pending.head;
        articles_ += pending.committed.articles;
        pages_waiting_ += static_cast<std::uint64_t>(pending.pages);  // modulo 2^64: fewer is fewer
    }
    if (pending.committed.alerts > 0) files_.high_water.write({.stream = head_.stream, .head = head_.head});
}

Error JournalFile::refused(const StorageFault& fault) {
    const int code = fault.code();
    // After a failed write or flush the kernel may have dropped the pages: a second try could be told that
    // all is well. A full disk and a busy lock roll back cleanly and may be tried again.
    if (code == SQLITE_IOERR || code == SQLITE_CORRUPT || code == SQLITE_NOTADB || code == SQLITE_READONLY)
        broken_ = true;
    mark_damage(files_.database.path(), fault);
    return fault.error();
}

void JournalFile::note_day(Time now) {
    const auto today = std::chrono::floor<std::chrono::days>(now);
    if (today == day_) return;
    const std::unique_lock lock{mutex_};
    day_ = today;
    head_before_day_ = head_.head;
}

Novelty JournalFile::novelty(const ArticleKeys& keys) const {
    const std::shared_lock lock{mutex_};
    return novelty_of(keys, [&](const Hash128& hash) { return seen_.contains(hash); });
}

StreamHead JournalFile::head() const {
    const std::shared_lock lock{mutex_};
    return head_;
}

Result<std::vector<FeedState>> JournalFile::feed_states() {
    try {
        return feeds_.all();
    } catch (const StorageFault& fault) {
        return tl::unexpected{refused(fault)};
    }
}

Result<std::vector<PageWish>> JournalFile::page_wishes() {
    try {
        return pages_.all();
    } catch (const StorageFault& fault) {
        return tl::unexpected{refused(fault)};
    }
}

Journal::Counts JournalFile::counts() const {
    const auto today = std::chrono::floor<std::chrono::days>(clock_.now());
    const std::shared_lock lock{mutex_};
    const std::uint64_t before = today == day_ ? head_before_day_ : head_.head;
    return {.articles = articles_,
            .alerts = head_.head + 1 - head_.first,
            .alerts_today = head_.head - std::max(before, head_.first - 1),
            .pages_waiting = pages_waiting_};
}

Result<bool> JournalFile::forget_some() {
    const auto now = clock_.steady_now();
    if (broken_ || (!compaction_ && compacted_ && now - *compacted_ < kCompactEvery)) return true;
    if (!compaction_) compaction_.emplace();
    SeenLog::Compaction step = *compaction_;
    try {
        Transaction transaction{files_.database};
        log_.compact(step, clock_.now(), documents_);
        transaction.commit();
    } catch (const StorageFault& fault) {
        return tl::unexpected{refused(fault)};
    }
    {
        const std::unique_lock lock{mutex_};
        for (const Hash128& hash : step.forgotten)
            seen_.erase(hash);
    }
    if (!step.done) {
        compaction_ = std::move(step);
        return false;
    }
    if (step.removed > 0) log::info("store", "{} entries that left their feeds are forgotten", step.removed);
    compaction_.reset();
    compacted_ = now;
    return true;
}

}  // namespace newswatch::store
