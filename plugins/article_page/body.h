#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "article_page/blocks.h"

/// Which blocks of a page are its article. Pure.
namespace newswatch::article_page {

struct Verdict {
    bool kept{false};
    std::string_view reason{};  ///< static: `a heading with nothing under it`
};

struct Body {
    NodeIndex root{kNobody};          ///< the element that holds the article
    std::vector<Verdict> verdicts{};  ///< one for each block of the outline
    std::string text{};               ///< the kept blocks, a line each
};

/// `title` is the article's headline, which the text does not repeat; `stated` the text of JSON-LD, may be
/// empty.
[[nodiscard]] Body choose_body(const Outline& outline, std::string_view title, std::string_view stated);

}  // namespace newswatch::article_page
