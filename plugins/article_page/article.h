#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "article_page/facts.h"

namespace newswatch::article_page {

/// What an article page holds. Every fact with where it was found.
struct PageArticle {
    Statement title{};
    std::string text{};  ///< a line each paragraph
    std::vector<Statement> authors{};
    Statement published{};  ///< in the publisher's words
    Statement updated{};
    Statement language{};
    Statement site{};
    Statement image{};
    Statement url{};  ///< the canonical address; may be relative to `base`
    std::string base{};
    std::string next_page{};
    bool paged{false};
    bool cut{false};  ///< the page went beyond the limits of scan.h
    std::string explanation{};
};

enum class Explain : bool { no, yes };

/// The article of a page of valid UTF-8; `url` is the page's address and may be empty. Time and memory are
/// linear in the page and bounded by the limits of scan.h. Pure; any thread may call.
[[nodiscard]] PageArticle read_article(std::string_view html, std::string_view url,
                                       Explain explain = Explain::no);

}  // namespace newswatch::article_page
