#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "model/article.h"
#include "store/database.h"

namespace newswatch::store {

/// What is remembered of one entry of a feed's current document. Inside one feed half of a hash tells enough.
struct DocumentEntry {
    std::uint64_t id{0};        ///< of ArticleKeys::id
    std::uint64_t text{0};      ///< of ArticleKeys::fingerprint
    std::uint64_t revision{0};  ///< of revision_hash()
    std::int64_t article{0};    ///< the row of its newest text in `article`; 0: not known

    bool operator==(const DocumentEntry&) const = default;
};

/// The first half of a hash, as a DocumentEntry keeps it.
[[nodiscard]] std::uint64_t half_of(const Hash128& hash);

[[nodiscard]] DocumentEntry entry_of(const ArticleKeys& keys);

/// The entries behind the blob `document.entries`; none where it is not one.
[[nodiscard]] std::vector<DocumentEntry> read_entries(std::string_view blob);

/// The rows of `document`: the entries of each feed's current document. They tell what may not be forgotten
/// (FAULTS.md 29), which text an edited entry had before, and which one a renamed entry was.
class DocumentRows {
  public:
    explicit DocumentRows(Database& database);

    [[nodiscard]] std::vector<DocumentEntry> read(std::int64_t feed);
    void save(std::int64_t feed, std::span<const DocumentEntry> entries);

  private:
    Statement read_;
    Statement save_;
};

}  // namespace newswatch::store
