#include "store/document_rows.h"

#include <cstring>

#include "store/seen_set.h"

namespace newswatch::store {

// Rows are read back on the machine that wrote them, or on another one of its byte order.
static_assert(sizeof(DocumentEntry) == 32);

std::uint64_t half_of(const Hash128& hash) {
    std::uint64_t half = 0;
    std::memcpy(&half, hash.bytes.data(), sizeof half);
    return half;
}

DocumentEntry entry_of(const ArticleKeys& keys) {
    return {.id = half_of(keys.id),
            .text = half_of(keys.fingerprint),
            .revision = half_of(revision_hash(keys)),
            .article = 0};
}

std::vector<DocumentEntry> read_entries(std::string_view blob) {
    if (blob.size() % sizeof(DocumentEntry) != 0) return {};
    std::vector<DocumentEntry> entries(blob.size() / sizeof(DocumentEntry));
    if (!blob.empty()) std::memcpy(entries.data(), blob.data(), blob.size());
    return entries;
}

DocumentRows::DocumentRows(Database& database)
    : read_{database, "SELECT entries FROM document WHERE feed = ?1"},
      save_{database,
            "INSERT INTO document(feed, entries) VALUES(?1, ?2)"
            " ON CONFLICT(feed) DO UPDATE SET entries = ?2"} {}

std::vector<DocumentEntry> DocumentRows::read(std::int64_t feed) {
    std::vector<DocumentEntry> entries;
    read_.bind(1, feed);
    while (read_.step())
        entries = read_entries(read_.blob(0));
    return entries;
}

void DocumentRows::save(std::int64_t feed, std::span<const DocumentEntry> entries) {
    save_.bind(1, feed).bind_blob(2, entries.data(), entries.size_bytes()).run();
}

}  // namespace newswatch::store
