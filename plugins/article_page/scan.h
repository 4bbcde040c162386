#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// What is handed to gumbo: a page cut to what an extraction needs, bounded whatever the page holds.
namespace newswatch::article_page {

/// Limits that no article needs, and without which gumbo takes minutes or dies (20,000 nested tags: 10 s).
inline constexpr std::size_t kDeepest = 512;
inline constexpr std::size_t kLargestPage = std::size_t{8} << 20;
inline constexpr std::size_t kMostTags = 200'000;
inline constexpr std::size_t kMostAttributes = 40;
inline constexpr std::size_t kLongestAttribute = 8192;
/// Formatting elements left open are opened again in every paragraph that follows (WHATWG HTML §13.2.4.3).
inline constexpr std::size_t kMostFormatting = 8;
inline constexpr std::size_t kMostStructured = 64;

struct ScannedPage {
    std::string html{};                          ///< without scripts, styles, comments and idle attributes
    std::vector<std::string_view> structured{};  ///< the JSON-LD scripts, as slices of the page
    bool cut{false};                             ///< something beyond the limits was left out
};

/// Walks once over the page; linear. `page` is valid UTF-8 and must outlive the result.
[[nodiscard]] ScannedPage scan(std::string_view page);

}  // namespace newswatch::article_page
