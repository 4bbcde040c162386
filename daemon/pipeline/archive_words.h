#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "model/article.h"
#include "store/archive_reader.h"

/// What the full text of the archive is made of: an article and a search are cut into words alike. Pure.
namespace newswatch {

/// Names the cut: an index that another cut filled is filled anew. Change it with `archive_words`, and with
/// what `text` says of words and folding.
inline constexpr std::string_view kArchiveCut = "1";

/// The words of an article's title, summary, content, authors and categories, folded as WATCHLISTS.md §2
/// says, with a space between them. Where a script has no spaces (Chinese, Japanese, Thai …) every character
/// is a word: a search for several is a phrase, whatever the words around it. Apostrophes divide words, so
/// that `Libya` finds `Libya's` and `Égypte` finds `l'Égypte`.
[[nodiscard]] std::string archive_words(const Article& article);

/// What a person typed: words that must all be there, in any order; `"two words"` side by side; `word*` a
/// beginning; `-word` must not be there. The error says what is missing.
[[nodiscard]] Result<store::ArchiveQuery> read_search(std::string_view typed);

}  // namespace newswatch
