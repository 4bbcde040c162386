#pragma once

#include <cstdint>
#include <string>
#include <string_view>

/// What publishers call the parts of their pages, and what they write around their articles. The words
/// themselves are in names.inc and phrases.inc. Pure; any thread may call.
namespace newswatch::article_page {

/// What an element's class or id says that it holds.
struct NameHints {
    bool body{false};     ///< the text of an article: `entry-content`, `articleBody`
    bool article{false};  ///< the article with what belongs to it: `post`, `story`
    bool junk{false};     ///< nothing of the article: `share`, `related`, `sidebar`
    bool comments{false};
    bool author{false};
    bool date{false};
    bool caption{false};
    bool title{false};
    bool lead{false};         ///< the standfirst above a text
    bool meta{false};         ///< the lines about the article: date, section, reading time
    std::string_view word{};  ///< the word that said `junk` or `comments`; static
};
/// `names` is the class and the id of an element, separated by a space.
[[nodiscard]] NameHints hints_of(std::string_view names);

/// What a line of text is where it begins with words that articles do not begin with.
enum class Phrase : std::uint8_t {
    none,
    read_also,
    share,
    source,
    author,
    tags,
    comments,
    subscribe,
    cookies,
    copyright,
    advertisement,
    credit,     ///< of a picture
    published,  ///< before a date
    updated,
    reading_time,
    print,
};
struct PhraseFound {
    Phrase phrase{Phrase::none};
    std::size_t size{0};  ///< bytes of the folded text
};
/// The longest phrase at the beginning of a text that `text::fold` has folded.
[[nodiscard]] PhraseFound phrase_at(std::string_view folded);
/// For people: `read also`.
[[nodiscard]] std::string_view phrase_name(Phrase phrase);

}  // namespace newswatch::article_page
