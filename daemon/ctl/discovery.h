#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "model/poll_outcome.h"
#include "parse/parser.h"

/// From an address that somebody has to the feeds behind it. Pure but for the fetching that is handed in.
namespace newswatch::ctl {

/// Requests for one discovery at most, the first included.
inline constexpr std::size_t kMostRequests = 11;

/// An address whose content is a feed.
struct FoundFeed {
    std::string url{};       ///< where it was found, after redirects
    std::string title{};     ///< its own, else what the page calls it
    std::string format{};    ///< `rss-2.0` …
    std::string language{};  ///< as it says, else as its articles read; may be empty
    std::size_t articles{0};
    std::optional<Time> newest{};  ///< the date of its newest article
    bool announced{false};         ///< by the page; else by a link, or it is the address itself
    bool recovered{false};         ///< malformed, and read all the same
};

/// An address that proved to be no feed.
struct NoFeed {
    std::string url{};
    std::string reason{};
};

struct Discovery {
    bool is_page{false};  ///< the address is a web page's
    std::vector<FoundFeed> feeds{};
    std::vector<NoFeed> others{};
};

/// A valid feed is that feed, whatever it is labelled. Of a web page, the feeds that it announces and those
/// that its links lead to, each read to be sure; the same document at two addresses counts once. An address
/// that cannot be asked or read is the only entry of `others`.
[[nodiscard]] Discovery discover(const std::string& url, const parse::ParserRegistry& parsers,
                                 const std::function<FetchAnswer(const std::string&)>& fetch, Time now);

}  // namespace newswatch::ctl
