#include "store/backup.h"

#include <fcntl.h>

#include <cerrno>
#include <memory>
#include <system_error>

#include "base/format.h"
#include "store/damage.h"
#include "store/database.h"
#include "store/schema.h"

namespace newswatch::store {

namespace {

constexpr int kPagesAtOnce = 1024;
/// What a copy leaves free for the journal: its WAL at its largest, twice.
constexpr std::uint64_t kRoomLeft = std::uint64_t{128} << 20;

/// A file without a name, from the beginning (a daemon that was killed may have left one) to the end.
class Nameless {
  public:
    explicit Nameless(std::filesystem::path file) : file_{std::move(file)} { remove(); }
    ~Nameless() { remove(); }
    Nameless(const Nameless&) = delete;
    Nameless& operator=(const Nameless&) = delete;

  private:
    void remove() const {
        std::error_code ignored;  // what cannot be removed cannot be made anew, and that is reported
        std::filesystem::remove(file_, ignored);
    }
    const std::filesystem::path file_;
};

struct Finish {
    void operator()(sqlite3_backup* backup) const { sqlite3_backup_finish(backup); }
};

/// A read transaction of the source is held throughout: a page that the writer changes meanwhile is read as
/// it was, and the copy never begins anew (https://www.sqlite.org/c3ref/backup_finish.html).
///
/// False where it was given up.
bool copy_pages(Database& from, Database& to, const std::function<bool()>& go_on) {
    from.run("BEGIN");
    static_cast<void>(from.number("SELECT count(*) FROM meta"));
    const std::unique_ptr<sqlite3_backup, Finish> backup{
        sqlite3_backup_init(to.handle(), "main", from.handle(), "main")};
    if (!backup) to.refuse(sqlite3_errcode(to.handle()));
    int code = SQLITE_OK;
    while (code == SQLITE_OK) {
        code = sqlite3_backup_step(backup.get(), kPagesAtOnce);
        if (!go_on()) return false;
    }
    if (code != SQLITE_DONE) to.refuse(code);
    return true;
}

Result<void> check_room(Database& journal, const std::filesystem::path& folder) {
    std::error_code error;
    const std::uint64_t room = std::filesystem::space(folder, error).available;
    if (error) return {};  // it is tried then, and the disk says what it has to say
    const auto size =
        static_cast<std::uint64_t>(journal.number("PRAGMA page_count") * journal.number("PRAGMA page_size"));
    if (room >= size + kRoomLeft) return {};
    return fail(ErrorKind::storage,
                newswatch::format("there is no room for a copy of {} MB: {} MB are free, and {} MB must stay",
                                  size / 1'000'000, room / 1'000'000, kRoomLeft / 1'000'000),
                folder.string(), "free some room there; the copy is removed at once");
}

}  // namespace

Result<Descriptor> copy_journal(const std::filesystem::path& folder, const std::function<bool()>& go_on) {
    const std::filesystem::path copy = folder / "backup.tmp";
    const Nameless nameless{copy};
    Descriptor file{::open(copy.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600)};
    if (file.get() < 0) {
        return fail(ErrorKind::storage, "cannot write: " + std::generic_category().message(errno),
                    copy.string(), "a backup needs room for a copy of the journal beside it");
    }
    const std::filesystem::path journal = folder / "newswatch.db";
    try {
        Database from{journal, Access::read_only};
        if (auto checked = check_schema(from); !checked) return tl::unexpected{checked.error()};
        if (auto room = check_room(from, folder); !room) return tl::unexpected{room.error()};
        Database to{copy, Access::read_write};
        // Until it is whole nobody will ask for it.
        to.run("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;");
        if (!copy_pages(from, to, go_on)) {
            return fail(ErrorKind::unavailable, "newswatchd ends: the backup was given up", journal.string());
        }
    } catch (const StorageFault& fault) {
        mark_damage(journal.string(), fault);  // the copy is new: what is damaged is the journal
        return tl::unexpected{fault.error()};
    }
    return file;
}

}  // namespace newswatch::store
