#include "parse/teaser.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include "text/code_points.h"

namespace newswatch::parse {

namespace {

/// Summaries that agencies send whole are some 200 to 500 letters long; an article is seldom shorter than
/// 900.
constexpr std::size_t kShortestArticle = 700;
/// A letter of Chinese, Japanese or Korean says as much as three of an alphabet.
constexpr std::size_t kWeightOfIdeograph = 3;
/// An ellipsis this near to the end is where the text breaks off; `Read more` may stand behind it.
constexpr std::size_t kTail = 60;

bool is_ideograph(char32_t c) {
    return (c >= 0x3040 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7A3) ||
           (c >= 0x20000 && c <= 0x3FFFF);
}

bool long_enough(std::string_view text) {
    std::size_t weight = 0;
    for (std::size_t at = 0; at < text.size() && weight < kShortestArticle;)
        weight += is_ideograph(text::next_code_point(text, at)) ? kWeightOfIdeograph : 1;
    return weight >= kShortestArticle;
}

bool breaks_off(std::string_view text) {
    constexpr std::array<std::string_view, 4> kEllipses{"…", "...", "[…]", "[...]"};
    const std::string_view tail = text.substr(text.size() - std::min(text.size(), kTail));
    return std::any_of(kEllipses.begin(), kEllipses.end(), [&](std::string_view ellipsis) {
        const std::size_t place = tail.rfind(ellipsis);
        // Nothing but a short call to read on behind it: no end of a sentence.
        return place != std::string_view::npos &&
               tail.substr(place + ellipsis.size()).find_first_of(".!?") == std::string_view::npos;
    });
}

}  // namespace

bool is_teaser(const Article& article) {
    const std::string_view body =
        article.content.size() >= article.summary.size() ? article.content : article.summary;
    return !long_enough(body) || breaks_off(body);
}

}  // namespace newswatch::parse
