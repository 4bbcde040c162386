#pragma once

#include <string>
#include <vector>

#include "article_page/blocks.h"
#include "article_page/facts.h"

/// Who wrote an article. Pure.
namespace newswatch::article_page {

/// Names as people write them, without `By`; what the page states goes before what it shows. `site` is never
/// an author.
[[nodiscard]] std::vector<Statement> choose_authors(const Outline& outline, const Facts& facts,
                                                    const std::string& site, NodeIndex title, NodeIndex root);

}  // namespace newswatch::article_page
