#pragma once

#include <string>

#include "article_page/article.h"
#include "article_page/body.h"

namespace newswatch::article_page {

/// For people: where each fact was found, and block by block what was kept and why. Lines begin with `+` or
/// `-`.
[[nodiscard]] std::string explanation(const Outline& outline, const Body& body, const PageArticle& article);

}  // namespace newswatch::article_page
