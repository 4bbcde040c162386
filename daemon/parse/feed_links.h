#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/document.h"

namespace newswatch::parse {

/// An address that a web page gives for a feed.
struct FeedLink {
    std::string url{};      ///< absolute, http or https
    std::string title{};    ///< what the page calls it; may be empty
    bool announced{false};  ///< by rel=alternate or rel=feed; else it only looks like a feed's address
};

/// What a page may bring at most; what is more is left out.
inline constexpr std::size_t kMostFeedLinks = 20;

/// The feeds of a web page: those it announces (WHATWG HTML §4.6.7.1; RSS Advisory Board, RSS Autodiscovery)
/// in its order, then links that look like feeds. Each address once, at most kMostFeedLinks; whether one is a
/// feed only its content tells. `page` is UTF-8; relative addresses count from <base> and `url`. Pure.
[[nodiscard]] std::vector<FeedLink> feed_links(std::string_view page, std::string_view url);

/// The same of a document in any encoding.
[[nodiscard]] std::vector<FeedLink> feed_links(const Document& document);

/// `feed:https://…`, `feed://…` and what podcast programs made of it, as http or https; anything else as it
/// is.
[[nodiscard]] std::string without_feed_scheme(std::string address);

/// Whether a document is a web page, by what it begins with.
[[nodiscard]] bool is_web_page(std::string_view text);

}  // namespace newswatch::parse
