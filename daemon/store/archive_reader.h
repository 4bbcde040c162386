#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "base/hash.h"
#include "model/article.h"
#include "model/feed.h"

namespace newswatch::store {

/// One archived article, as stored.
struct ArchivedArticle {
    std::int64_t row{0};  ///< grows with the time of archiving
    Hash128 id{};
    FeedId feed{};
    std::string feed_url{};
    std::string feed_title{};
    Article article{};
    Time archived{};
};

/// What to look for in the archive. The words are cut and folded as ArticleIndex::Words cuts an article.
struct ArchiveQuery {
    /// Words that stand one behind the other; `beginning`: the last one is only the beginning of a word.
    struct Phrase {
        std::vector<std::string> words{};
        bool beginning{false};
    };
    std::vector<Phrase> all_of{};  ///< at least one
    std::vector<Phrase> none_of{};
    std::optional<Time> since{};  ///< archived then or later
    std::string feed{};           ///< a part of its address or title, case of ASCII aside; empty: any
    std::optional<std::int64_t> before_row{};  ///< to go on behind an earlier answer
    std::size_t limit{20};
};

struct ArchiveAnswer {
    std::vector<ArchivedArticle>
        articles{};                ///< the newest first, each once: its newest text that has the words
    bool more{false};              ///< there are older ones
    std::uint64_t not_indexed{0};  ///< articles that no search finds yet
};

/// All articles that are kept. Read-only connections of its own; one thread at a time.
class ArchiveReader {
  public:
    [[nodiscard]] static Result<std::unique_ptr<ArchiveReader>> open(const std::filesystem::path& folder);
    virtual ~ArchiveReader() = default;

    /// By full text. What came in the last moments may not be indexed yet: the answer says how much.
    [[nodiscard]] virtual Result<ArchiveAnswer> search(const ArchiveQuery& query) = 0;

    /// Hands over the newest articles first, each once, as it reads now, until `take` says false or the
    /// archive ends.
    [[nodiscard]] virtual Result<void> newest(const std::function<bool(ArchivedArticle)>& take) = 0;

    /// The article whose id is or begins with `id` (8 characters at least); bad_input where there is none.
    [[nodiscard]] virtual Result<ArchivedArticle> by_id(std::string_view id) = 0;
};

}  // namespace newswatch::store
