#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.h"
#include "model/article.h"
#include "model/match.h"

/// Articles and matches as JSON Lines: what `newswatchctl match` reads and prints.
namespace newswatch::ctl {

/// One line of input → the article: the fields that `newswatchctl parse` prints, unknown ones ignored, null
/// and missing ones empty; authors are names or objects. The error says what was expected.
[[nodiscard]] Result<Article> read_article(std::string_view json);

/// `{"article","watchlist","spans":[…]}`, one line without its end. `article` is the article's id, else the
/// number of its line.
[[nodiscard]] std::string write_match(const Article& article, std::size_t line, const Match& match);

}  // namespace newswatch::ctl
