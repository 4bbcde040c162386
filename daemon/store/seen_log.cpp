#include "store/seen_log.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "store/seen_set.h"

namespace newswatch::store {

namespace {

/// Rows that one step looks at: a commit that waits behind it waits some milliseconds.
constexpr std::int64_t kRowsPerStep = 1000;

std::vector<Hash128> hashes_in(std::string_view blob) {
    std::vector<Hash128> hashes(blob.size() / sizeof(Hash128));
    for (std::size_t i = 0; i < hashes.size(); ++i) {
        std::copy_n(blob.data() + i * sizeof(Hash128), sizeof(Hash128),
                    reinterpret_cast<char*>(hashes[i].bytes.data()));
    }
    return hashes;
}

/// The names of the rows that a document keeps.
std::unordered_set<std::uint64_t> kept_by(const std::vector<DocumentEntry>& document) {
    std::unordered_set<std::uint64_t> names;
    for (const DocumentEntry& entry : document) {
        names.insert(entry.id);
        names.insert(entry.revision);
        names.insert(shadow_half(entry.id));
    }
    return names;
}

struct OldRow {
    std::int64_t row{0};
    std::int64_t feed{0};
    Time at{};
    std::vector<Hash128> hashes{};
};

}  // namespace

SeenLog::SeenLog(Database& database)
    : database_{database},
      add_{database, "INSERT INTO seen(feed, at, hashes) VALUES(?1, ?2, ?3)"},
      old_{database, "SELECT row, feed, at, hashes FROM seen WHERE row >= ?1 ORDER BY row LIMIT ?2"},
      remove_{database, "DELETE FROM seen WHERE row = ?1"} {}

void SeenLog::add(std::int64_t feed, Time at, std::span<const Hash128> hashes) {
    static_assert(sizeof(Hash128) == 16);
    add_.bind(1, feed).bind(2, at).bind_blob(3, hashes.data(), hashes.size_bytes()).run();
}

void SeenLog::read_all(const std::function<void(const Hash128&)>& take) {
    Statement log{database_, "SELECT hashes FROM seen"};
    while (log.step()) {
        for (const Hash128& hash : hashes_in(log.blob(0)))
            take(hash);
    }
}

void SeenLog::compact(Compaction& compaction, Time now, DocumentRows& documents) {
    compaction.forgotten.clear();
    std::vector<OldRow> rows;
    old_.bind(1, compaction.next_row).bind(2, kRowsPerStep);
    while (old_.step()) {
        rows.push_back({.row = old_.number(0),
                        .feed = old_.number(1),
                        .at = old_.time(2),
                        .hashes = hashes_in(old_.blob(3))});
    }
    std::unordered_map<std::int64_t, std::unordered_set<std::uint64_t>> kept;
    for (const OldRow& row : rows) {
        // The first that is young enough ends the search: where the clock jumped, an old one behind it waits.
        if (row.at >= now - kNoticedWithin) {
            compaction.done = true;
            return;
        }
        compaction.next_row = row.row + 1;
        auto names = kept.find(row.feed);
        if (names == kept.end()) names = kept.emplace(row.feed, kept_by(documents.read(row.feed))).first;
        const bool still_there = !row.hashes.empty() && names->second.contains(half_of(row.hashes.front()));
        if (!still_there && row.at >= now - kNoticedWithin - kRememberedFor) continue;
        remove_.bind(1, row.row).run();
        if (still_there) {
            add(row.feed, now, row.hashes);
        } else {
            compaction.forgotten.insert(compaction.forgotten.end(), row.hashes.begin(), row.hashes.end());
            ++compaction.removed;
        }
    }
    compaction.done = rows.size() < static_cast<std::size_t>(kRowsPerStep);
}

}  // namespace newswatch::store
