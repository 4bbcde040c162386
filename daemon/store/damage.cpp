#include "store/damage.h"

#include <algorithm>
#include <fstream>
#include <system_error>

#include "base/log.h"

namespace newswatch::store {

namespace {

constexpr const char* kEnds[] = {
    "SELECT count(length(title || summary || content || more))"
    " FROM (SELECT * FROM article ORDER BY row DESC LIMIT 10000)",
    "SELECT count(length(payload)) FROM (SELECT payload FROM alert ORDER BY seq DESC LIMIT 10000)",
    "SELECT count(length(payload)) FROM (SELECT payload FROM alert ORDER BY seq LIMIT 1000)",
};

std::string verdict_of(Database& database, const char* check) {
    std::string verdict = database.text(check);
    if (verdict == "ok") return {};
    std::replace(verdict.begin(), verdict.end(), '\n', ' ');
    return verdict;
}

/// What every commit changes, and both ends of what grows; the log `seen` and `feed` are read whole anyway.
std::string damage_at_the_ends(Database& database) {
    for (const char* check : {"PRAGMA quick_check('meta')", "PRAGMA quick_check('topic_head')"}) {
        if (std::string verdict = verdict_of(database, check); !verdict.empty()) return verdict;
    }
    for (const char* end : kEnds)
        static_cast<void>(database.number(end));  // a page that cannot be read throws
    return {};
}

}  // namespace

std::filesystem::path damage_mark(const std::string& database) {
    return database + ".suspect";
}

std::string damage_in(Database& database, std::int64_t whole_up_to) {
    const std::filesystem::path mark = damage_mark(database.path());
    std::error_code error;
    const bool suspect = std::filesystem::exists(mark, error);
    const bool has_tables = database.number("SELECT count(*) FROM sqlite_schema WHERE name = 'alert'") > 0;
    const std::int64_t bytes = database.number("PRAGMA page_count") * database.number("PRAGMA page_size");
    if (has_tables && !suspect && bytes > whole_up_to) return damage_at_the_ends(database);
    // What was met may be an index that disagrees with its table: only the thorough check compares them.
    std::string verdict =
        verdict_of(database, suspect ? "PRAGMA integrity_check(1)" : "PRAGMA quick_check(1)");
    if (suspect) std::filesystem::remove(mark, error);
    return verdict;
}

void mark_damage(const std::string& database, const StorageFault& fault) {
    if (!fault.damaged()) return;
    const std::filesystem::path mark = damage_mark(database);
    std::error_code error;
    if (std::filesystem::exists(mark, error)) return;
    if (!std::ofstream{mark}) {
        log::error("store",
                   "{}: cannot be written, so the next start may not find the damage; remove {} by hand",
                   mark.string(), database);
    }
}

}  // namespace newswatch::store
