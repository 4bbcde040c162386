#pragma once

#include <string>
#include <string_view>

#include "article_page/blocks.h"
#include "article_page/facts.h"

/// An article's title and its site's name. Pure.
namespace newswatch::article_page {

struct Headline {
    std::string title{};
    std::string_view source{};  ///< static; for people
    NodeIndex node{kNobody};    ///< the heading that shows it; kNobody where none does
};

/// What the page states, as far as a heading shows it; without the site's name at its end.
[[nodiscard]] Headline choose_title(const Outline& outline, const Facts& facts, std::string_view site);

/// The site's name; by its host where the page gives none.
[[nodiscard]] Statement choose_site(const Facts& facts, std::string_view url);

}  // namespace newswatch::article_page
