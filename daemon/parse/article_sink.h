#pragma once

#include <newswatch/parser_plugin.h>

#include <string>
#include <string_view>

#include "parse/parser.h"

namespace newswatch::parse {

/// What a document may bring at most; what is more is left out and noted.
inline constexpr std::size_t kMostArticles = 10'000;
inline constexpr std::size_t kMostInList = 100;  ///< authors, categories, enclosures of one article
inline constexpr std::size_t kLongestText = std::size_t{1} << 20;
inline constexpr std::size_t kLongestPersonPart = 4096;  ///< a name, an e-mail address or a page of somebody
inline constexpr std::size_t kMostProblems = 20;

/// The bytes that all articles of a document may hold. What a feed says once, its articles inherit, so that a
/// small document could become gigabytes.
[[nodiscard]] constexpr std::size_t most_bytes_held(std::size_t document_size) {
    return (std::size_t{16} << 20) + 4 * document_size;
}

/// Builds a ParsedDocument from what a plug-in hands over: URLs resolved, dates read, HTML made plain text,
/// limits kept. Lives for one call of a plug-in's `parse`, on its thread. No exception leaves it.
class ArticleSink {
  public:
    /// `document_url` is where the document was found; may be empty.
    ArticleSink(std::string_view document_url, std::size_t document_size);
    ArticleSink(const ArticleSink&) = delete;
    ArticleSink& operator=(const ArticleSink&) = delete;

    [[nodiscard]] const nw_sink& abi() const { return abi_; }

    /// True where the sink said stop because the document is too large: what came so far counts.
    [[nodiscard]] bool full() const { return full_; }
    /// What went wrong inside the host; empty where nothing did.
    [[nodiscard]] const std::string& failure() const { return failure_; }

    /// What the plug-in complained of last; empty where it did not.
    [[nodiscard]] const std::string& last_problem() const { return last_problem_; }

    /// The result, with the feed's facts inherited by its articles. `language` is what the operator says.
    [[nodiscard]] ParsedDocument take(std::string_view language);

  private:
    struct Calls;  // the functions of the ABI
    friend struct Calls;

    enum class Answer : int { go_on = 0, stop = -1 };

    Answer feed_field(std::string_view name, nw_kind kind, std::string_view value, std::string_view base);
    Answer begin_article();
    Answer field(std::string_view name, nw_kind kind, std::string_view value, std::string_view base);
    Answer person(std::string_view name, std::string_view email, std::string_view uri);
    Answer enclosure(std::string_view url, std::string_view type, std::string_view length,
                     std::string_view base);
    Answer end_article();

    Answer leave_out_the_rest(std::string why);
    void note(std::string problem);
    void date(std::optional<Time>& time, std::string& raw, std::string_view value);
    [[nodiscard]] std::string plain(nw_kind kind, std::string_view value, std::string_view field_name);
    [[nodiscard]] std::string title(nw_kind kind, std::string_view value);
    [[nodiscard]] std::string absolute(std::string_view url, std::string_view base);

    nw_sink abi_{};
    std::string document_url_;
    ParsedDocument result_{};
    Article article_{};
    std::string failure_{};
    std::string last_problem_{};
    std::string last_base_{};           ///< the base of the last URL …
    std::string last_absolute_base_{};  ///< … and what it came to: most fields of a feed share one
    std::size_t bytes_left_;            ///< of what all articles may hold
    bool in_article_{false};
    bool encoded_twice_{false};  ///< some text was, and that is noted
    bool full_{false};
};

}  // namespace newswatch::parse
