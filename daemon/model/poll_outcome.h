#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "base/error.h"
#include "model/document.h"
#include "model/feed.h"

namespace newswatch {

/// What `fetch` is asked for.
struct PollRequest {
    Feed feed{};
    std::string url{};   ///< the address to ask: the feed's, or where it moved for good
    std::string etag{};  ///< sent back byte for byte where not empty
    std::string last_modified{};
};

/// What the publisher asked for in its last answer; empty where it said nothing.
/// Never negative and at most ten years: the readers saturate.
struct PublisherWishes {
    std::optional<std::chrono::seconds> retry_after{};  ///< RFC 9110 §10.2.3, seconds or date, any status
    std::optional<std::chrono::seconds> max_age{};  ///< Cache-Control or Expires, RFC 9111 §5.2.2.1, §5.3
    std::optional<std::chrono::minutes> ttl{};      ///< RSS 2.0 <ttl>, sy:updatePeriod
};

enum class PollEnd : std::uint8_t {
    fetched,       ///< 200 with a document
    not_modified,  ///< 304: a good answer
    gone,          ///< 410
    refused,       ///< 429, or 503 with Retry-After: the publisher asks us to wait
    failed,        ///< anything else: time-out, DNS, 4xx, 5xx, too large
    unreadable,    ///< 200, but no plug-in could read it
};

/// What one transfer ended with. `document` is there for `fetched` only.
struct FetchAnswer {
    PollRequest request{};
    PollEnd end{PollEnd::failed};
    long status{0};       ///< HTTP status of the last answer; 0: none came
    std::string error{};  ///< one sentence; empty for fetched and not_modified
    PublisherWishes wishes{};
    std::optional<Document> document{};
    std::string etag{};  ///< a 304 may refresh the validators
    std::string last_modified{};
    std::string moved_to{};  ///< where 301 and 308 answers led; empty where there was none
};

/// What became of a poll: the one value that travels back to `schedule`.
struct PollOutcome {
    FeedId feed{};
    PollEnd end{PollEnd::failed};
    long status{0};
    std::string error{};
    PublisherWishes wishes{};
    std::string moved_to{};  ///< where 301 and 308 answers led; empty where there was none
    unsigned new_articles{0};
    unsigned matched_articles{0};                ///< of the new ones
    std::size_t bytes{0};                        ///< of the document; 0 for a 304
    std::optional<std::chrono::seconds> span{};  ///< age of the oldest article of a first document
    unsigned articles{0};                        ///< in the document
    Time at{};
};

}  // namespace newswatch
