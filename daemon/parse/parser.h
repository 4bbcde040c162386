#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "model/article.h"
#include "model/document.h"

namespace newswatch::parse {

/// What one document said.
struct ParsedDocument {
    std::string format{};   ///< `rss-2.0`, `atom-1.0` … (DESIGN.md §5)
    bool recovered{false};  ///< malformed and repaired
    FeedFacts feed{};
    std::vector<Article> articles{};      ///< in document order
    std::vector<std::string> problems{};  ///< what was repaired or left out, one sentence each, at most 20
};

/// The loaded parser plug-ins. Immutable once loaded: any thread may read it.
class ParserRegistry {
  public:
    /// Loads every `*.so` of the folder. A plug-in that is missing a symbol, too new, or refuses, is left out
    /// and reported once in `problems()` with its path; the others go on.
    [[nodiscard]] static ParserRegistry load(const std::filesystem::path& folder);

    ParserRegistry(ParserRegistry&&) noexcept;
    ParserRegistry& operator=(ParserRegistry&&) noexcept;
    ~ParserRegistry();

    [[nodiscard]] std::vector<std::string> names() const;
    [[nodiscard]] const std::vector<Error>& problems() const;

    struct Loaded;
    [[nodiscard]] const std::vector<Loaded>& loaded() const { return loaded_; }

  private:
    ParserRegistry();
    std::vector<Loaded> loaded_;
    std::vector<Error> problems_;
};

/// Document → articles: decides the encoding, asks every plug-in how sure it is, lets the surest one parse,
/// and does what every plug-in would repeat (URLs, dates, plain text, limits). The operator's
/// `document.reader` goes before the probe. Errors say what was expected: `not a feed: an HTML page (…)`.
/// Pure; any thread may call.
[[nodiscard]] Result<ParsedDocument> parse(const ParserRegistry& registry, const Document& document);

/// The keys of an article inside its feed (DESIGN.md §4). Pure.
[[nodiscard]] ArticleKeys article_keys(const FeedId& feed, const Article& article);
/// The keys of a document's articles, in their order: as `article_keys`, but an id (or, without ids, an
/// address) that several different entries share tells nothing, and what comes next in the order decides.
/// Pure.
[[nodiscard]] std::vector<ArticleKeys> document_keys(const FeedId& feed, std::span<const Article> articles);

/// The JSON object that `newswatchctl parse` prints (DESIGN.md §5), one line, UTF-8.
[[nodiscard]] std::string to_json(const ParsedDocument& document);
/// One of its articles, written the same way.
[[nodiscard]] std::string to_json(const Article& article);

}  // namespace newswatch::parse
