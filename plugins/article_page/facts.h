#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "article_page/json_ld.h"
#include "article_page/page.h"

/// What a page says about itself in places made for machines. Pure.
namespace newswatch::article_page {

/// One statement and where it was found, for people: `Open Graph`.
struct Statement {
    std::string value{};
    std::string_view source{};
};

/// Each list in the order in which its statements are worth belief.
struct Facts {
    std::vector<Statement> titles{};
    std::vector<Statement> authors{};
    std::vector<Statement> published{};
    std::vector<Statement> updated{};
    std::vector<Statement> sites{};
    std::vector<Statement> images{};
    std::vector<Statement> languages{};
    std::vector<Statement> addresses{};
    std::vector<Statement> bodies{};  ///< the article's text, as JSON-LD has it
    std::vector<Statement> descriptions{};
    std::string title_element{};
    std::string next_page{};  ///< of an article in several pages
    std::string base{};       ///< `<base href>`
    bool paged{false};
};

/// `url` is the page's own address; may be empty.
[[nodiscard]] Facts read_facts(const Page& page, const LinkedData& linked, std::string_view url);

}  // namespace newswatch::article_page
