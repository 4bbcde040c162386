#pragma once

#include <string>
#include <string_view>
#include <vector>

/// What JSON-LD says about an article (schema.org), however the publisher's template wraps it. Pure.
namespace newswatch::article_page {

struct LinkedArticle {
    bool of_page_only{false};  ///< a WebPage: of lesser worth than an article
    std::string headline{};
    std::string url{};
    std::string body{};
    std::string description{};
    std::string published{};
    std::string modified{};
    std::string language{};
    std::string image{};
    std::string publisher{};
    std::vector<std::string> authors{};
};

struct LinkedData {
    std::vector<LinkedArticle> articles{};  ///< in document order
    std::string site{};                     ///< the WebSite's name, else an Organization's
};

/// Reads the scripts of one page: objects, arrays, `@graph`, references by `@id`, broken JSON. Bounded in
/// depth and in the number of values.
[[nodiscard]] LinkedData read_linked_data(const std::vector<std::string_view>& scripts);

}  // namespace newswatch::article_page
