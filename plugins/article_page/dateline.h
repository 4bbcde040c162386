#pragma once

#include <string>
#include <string_view>

#include "article_page/blocks.h"
#include "article_page/facts.h"

/// When an article appeared. Pure: no clock is asked.
namespace newswatch::article_page {

struct Dates {
    Statement published{};
    Statement updated{};
};

/// In the publisher's own words, which `text::read_date` reads in `language`: what the page states, then
/// `<time>`, then what stands near the title in any language, then the address.
[[nodiscard]] Dates choose_dates(const Outline& outline, const Facts& facts, std::string_view url,
                                 std::string_view language, NodeIndex title, NodeIndex root);

/// The first date inside a line, as it stands there; empty where there is none.
[[nodiscard]] std::string date_inside(std::string_view line, std::string_view language);

}  // namespace newswatch::article_page
