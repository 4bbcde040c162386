#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "base/error.h"
#include "model/article.h"

namespace newswatch::store {

/// The full text of the archive: `search.db` beside the journal, read by ArchiveReader::search.
///
/// A file of its own, written by a thread of its own, because it holds nothing that cannot be made again: it
/// takes nothing from the journal's rate, is left out of backups, and is thrown away and filled anew where
/// it is damaged or belongs to another journal. Contentless FTS5, one table for each kIndexSpan articles, so
/// that what retention took goes by dropping a table.
class ArticleIndex {
  public:
    /// The words of an article, folded, with a space between them, as an ArchiveQuery has them too: letters
    /// and digits of any script, '.' and ','; other ASCII signs divide words.
    using Words = std::function<std::string(const Article&)>;

    /// `version` names what `words` does: an index that another one filled is filled anew.
    [[nodiscard]] static Result<std::unique_ptr<ArticleIndex>> open(const std::filesystem::path& folder,
                                                                    std::string version, Words words);
    virtual ~ArticleIndex() = default;

    /// Takes in at most `most` articles more, the oldest first; how many it was. 0: all are in.
    [[nodiscard]] virtual Result<std::size_t> index_some(std::size_t most) = 0;
};

/// Articles in one FTS5 table; as rows of the journal's `article`.
inline constexpr std::int64_t kIndexSpan = std::int64_t{1} << 18;

/// `FOLDER/search.db`.
[[nodiscard]] inline std::filesystem::path index_file(const std::filesystem::path& folder) {
    return folder / "search.db";
}

}  // namespace newswatch::store
