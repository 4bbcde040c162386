#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/hash.h"
#include "model/place.h"
#include "model/rhythm.h"

namespace newswatch {

/// The hash of the address first configured; kept through permanent redirects (DESIGN.md §4).
using FeedId = Hash128;

/// Whether the page behind an entry's link is read too.
enum class FullText : std::uint8_t {
    never,
    automatic,  ///< where the entry is only a teaser
    always
};

/// An address we poll, as the operator wrote it.
struct Feed {
    FeedId id{};
    std::string url{};                            ///< absolute, http, https or file
    std::string name{};                           ///< for people; empty: the feed's own title
    std::string folder{};                         ///< the heading it stands under; may be empty
    std::string language{};                       ///< BCP 47, empty where the feed must say it
    std::optional<std::chrono::seconds> every{};  ///< an upper bound on its interval
    std::string reader{};                         ///< a parser plug-in by name; empty: by content
    std::string reader_settings{"{}"};            ///< JSON for that plug-in
    FullText full_text{FullText::never};
    Place place{};  ///< where it is configured

    /// What people call it: `name`, else `url`.
    [[nodiscard]] const std::string& label() const { return name.empty() ? url : name; }
};

/// The id of the feed first configured under `url`.
[[nodiscard]] inline FeedId feed_id(std::string_view url) {
    return hash128({"feed", url});
}

/// Where a feed says it has moved to for good.
struct FeedMove {
    std::string url{};
    unsigned answers{0};  ///< how many in a row have said so
    Time since{};         ///< the first of them
    bool adopted{false};  ///< said often and long enough: this address is asked now
};

/// What is remembered of a feed between polls and over restarts. Kept by `store`, changed by `schedule`.
struct FeedState {
    FeedId id{};
    std::string title{};            ///< the feed's own, from its last document
    std::string etag{};             ///< opaque, byte for byte; from the last 200 that parsed
    std::string last_modified{};    ///< opaque, byte for byte
    Hash128 body_hash{};            ///< of the last body that parsed: equal means nothing to parse
    Time last_poll{};               ///< epoch: never asked
    Time last_success{};            ///< the last 200 or 304
    Time last_document{};           ///< the last 200 that could be read, changed or not
    Time next_poll{};               ///< epoch: as soon as possible
    unsigned failures_in_a_row{0};  ///< 0 after any 200 or 304
    std::string last_error{};       ///< one sentence; empty after a success
    unsigned articles_seen{0};      ///< new articles in all
    Rhythm rhythm{};                ///< what it publishes and when
    bool retired{false};            ///< 410, twice
    Time not_before{};  ///< Retry-After or max-age: no request before it, whoever asks; epoch: none
    Time gone_since{};  ///< the first 410 since the last success; epoch: none
    std::shared_ptr<const FeedMove> move{};  ///< null for nearly all; never changed, replaced

    /// The address that replaces the configured one; empty where there is none.
    [[nodiscard]] std::string_view moved_to() const {
        return move != nullptr && move->adopted ? std::string_view{move->url} : std::string_view{};
    }
};

}  // namespace newswatch
