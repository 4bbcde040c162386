#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "base/clock.h"
#include "model/feed.h"

namespace newswatch {

/// The bytes that one fetch brought.
struct Document {
    FeedId feed{};
    std::string url{};               ///< where it was found, after redirects: the base of relative URLs
    std::string content_location{};  ///< the header as sent, may be relative; empty where there is none
    std::string content_type{};      ///< the header as sent, `text/xml; charset=utf-8`; may be empty or a lie
    std::string bytes{};             ///< decoded from gzip; any encoding
    std::string etag{};
    std::string last_modified{};
    Time fetched_at{};
    std::string language{};  ///< the operator's word on the feed's language, may be empty
    std::string reader{};    ///< the plug-in the operator named, may be empty
    std::string reader_settings{"{}"};
};

}  // namespace newswatch
