#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <system_error>
#include <utility>

#include "base/format.h"
#include "base/log.h"
#include "store/damage.h"
#include "store/journal_file.h"
#include "store/schema.h"

namespace newswatch::store {

namespace {

constexpr const char* kPragmas = R"(
PRAGMA synchronous = FULL;
PRAGMA temp_store = MEMORY;
PRAGMA cache_size = -8000;
PRAGMA journal_size_limit = 67108864;
)";

/// `20261124T134649Z`, for the name of a file.
std::string stamp(Time now) {
    const auto day = std::chrono::floor<std::chrono::days>(now);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss clock{std::chrono::floor<std::chrono::seconds>(now - day)};
    return newswatch::format("{:04}{:02}{:02}T{:02}{:02}{:02}Z", static_cast<int>(date.year()),
                             static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                             clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

/// Opens and checks. Gives an error for what a person must decide; throws a `damaged()` fault where the file
/// must be moved aside.
Result<Database> open_database(const std::filesystem::path& file) {
    Database database{file, Access::read_write};
    if (auto checked = check_schema(database); !checked) return tl::unexpected{checked.error()};
    // SQLite falls back to reading where it may not write, and says so only here.
    if (sqlite3_db_readonly(database.handle(), "main") == 1) {
        return fail(ErrorKind::storage, "cannot be written", file.string(),
                    newswatch::format("user {} needs to write the file and its folder", ::geteuid()));
    }
    if (const std::string damage = damage_in(database); !damage.empty()) {
        throw StorageFault{SQLITE_CORRUPT,
                           Error{ErrorKind::storage, "is damaged: " + damage, file.string(), {}}};
    }
    if (database.text("PRAGMA journal_mode = WAL") != "wal") {
        return fail(ErrorKind::storage, "cannot be kept in WAL mode here", file.string(),
                    "choose a folder on a local file system: WAL needs shared memory");
    }
    database.run(kPragmas);
    migrate(database);
    return database;
}

/// Moves the database with its WAL to `newswatch.db.damaged-TIME`, so that people can look at what is left.
Result<void> move_aside(const std::filesystem::path& file, const Error& why, Time now) {
    const std::string aside = file.string() + ".damaged-" + stamp(now);
    for (const char* suffix : {"", "-wal", "-shm"}) {
        const std::filesystem::path from = file.string() + suffix;
        std::error_code error;
        if (!std::filesystem::exists(from, error)) continue;
        std::filesystem::rename(from, aside + suffix, error);
        if (error) {
            return fail(ErrorKind::storage, "is damaged and cannot be moved aside: " + error.message(),
                        from.string(), "move it away by hand");
        }
    }
    std::error_code error;
    std::filesystem::remove(damage_mark(file.string()), error);
    log::error("store", "{}: {}; moved to {}, a new stream begins", why.where, why.what, aside);
    return {};
}

Result<Database> open_or_replace(const std::filesystem::path& file, Time now) {
    try {
        return open_database(file);
    } catch (const StorageFault& fault) {
        if (!fault.damaged()) return tl::unexpected{fault.error()};
        if (auto moved = move_aside(file, fault.error(), now); !moved) return tl::unexpected{moved.error()};
    }
    try {
        return open_database(file);
    } catch (const StorageFault& fault) {
        return tl::unexpected{fault.error()};
    }
}

/// Why the database cannot go on with the stream it names; empty where it can.
std::string reason_for_new_stream(const std::string& stream, std::uint64_t head,
                                  const std::optional<HighWater::Mark>& mark) {
    if (stream.empty()) return "the journal is new";
    if (!mark) return head == 0 ? "" : "head.hwm is missing: the database was copied or put back";
    if (mark->stream != stream)
        return "head.hwm belongs to another stream: the database was copied or put back";
    if (mark->head > head) {
        return newswatch::format(
            "the last alert is {} but {} was committed: an old backup, or its WAL was lost", head,
            mark->head);
    }
    return {};
}

/// The alerts that are there keep their numbers and can be replayed under the new name, so that a subscriber
/// who had not seen them yet gets them; `nwstream` in their payloads follows. (In JSON a quote inside a text
/// is escaped, so the pattern meets the attribute only.)
void mint_stream(Database& database, const std::string& former) {
    const std::string stream = random_uuid();
    Transaction transaction{database};
    Statement set{database,
                  "INSERT INTO meta(name, value) VALUES('stream', ?1)"
                  " ON CONFLICT(name) DO UPDATE SET value = ?1"};
    set.bind(1, stream).run();
    if (!former.empty()) {
        const std::string before = "\"nwstream\":\"" + former + '"';
        const std::string after = "\"nwstream\":\"" + stream + '"';
        Statement rename{database, "UPDATE alert SET payload = replace(payload, ?1, ?2)"};
        rename.bind(1, before).bind(2, after).run();
    }
    transaction.commit();
}

void settle_stream(Database& database, const std::optional<HighWater::Mark>& mark) {
    const std::string stream = database.text("SELECT value FROM meta WHERE name = 'stream'");
    const std::int64_t first = database.number("SELECT value FROM meta WHERE name = 'first'");
    const std::int64_t last = database.number("SELECT max(seq) FROM alert");
    const auto head = static_cast<std::uint64_t>(std::max(last, first - 1));
    const std::string reason = reason_for_new_stream(stream, head, mark);
    if (reason.empty()) return;
    mint_stream(database, stream);
    if (!stream.empty()) log::warning("store", "{}: {}; a new stream begins", database.path(), reason);
}

}  // namespace

Result<OpenedFiles> open_files(const std::filesystem::path& folder, Time now) {
    auto lock = FolderLock::take(folder);
    if (!lock) return tl::unexpected{lock.error()};
    auto high_water = HighWater::open(folder);
    if (!high_water) return tl::unexpected{high_water.error()};
    auto database = open_or_replace(folder / "newswatch.db", now);
    if (!database) return tl::unexpected{database.error()};
    try {
        settle_stream(*database, high_water->found());
    } catch (const StorageFault& fault) {
        return tl::unexpected{fault.error()};
    }
    return OpenedFiles{std::move(*lock), std::move(*high_water), std::move(*database)};
}

Result<std::unique_ptr<Journal>> Journal::open(const std::filesystem::path& folder, const Clock& clock,
                                               Encoder encoder) {
    auto files = open_files(folder, clock.now());
    if (!files) return tl::unexpected{files.error()};
    try {
        return std::make_unique<JournalFile>(std::move(*files), clock, std::move(encoder));
    } catch (const StorageFault& fault) {
        return tl::unexpected{fault.error()};
    }
}

}  // namespace newswatch::store
