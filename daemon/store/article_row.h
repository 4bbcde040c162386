#pragma once

#include <string>

#include "model/article.h"
#include "store/database.h"

/// An article as columns of `article`: what is asked for has a column, the rest is JSON in `more`.
namespace newswatch::store {

/// The columns in the order of `bind_article` and `read_article`.
inline constexpr std::string_view kArticleColumns =
    "published, updated, language, url, title, summary, content, more";

/// The value of `more`.
[[nodiscard]] std::string more_of(const Article& article);

/// Binds eight parameters from `first`. `article` and `more` must live until the statement has run.
void bind_article(Statement& statement, int first, const Article& article, const std::string& more);

/// Reads eight columns from `first`.
[[nodiscard]] Article read_article(const Statement& statement, int first);

}  // namespace newswatch::store
