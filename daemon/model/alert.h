#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/hash.h"
#include "model/article.h"
#include "model/match.h"
#include "model/watchlist.h"

namespace newswatch {

/// What kind of news an alert is (WIRE.md, Payload).
enum class AlertKind : std::uint8_t { new_article, updated, digest };

/// The stored, numbered fact that an article met a watchlist.
struct Alert {
    Hash128 id{};               ///< hash of (watchlist id, article id, revision): the same everywhere
    std::uint64_t number{0};    ///< 1, 2, 3 … within `stream`, without holes; set by `store`
    std::uint64_t previous{0};  ///< the number before with the same topic; 0: none; set by `store`
    std::string stream{};       ///< set by `store`
    Time time{};                ///< when it was committed; set by `store`
    AlertKind kind{AlertKind::new_article};
    std::string watchlist{};  ///< id
    std::string watchlist_name{};
    std::string watchlist_rev{};
    bool wants_updates{false};  ///< `updates: yes`: an update of an alerted article is an alert of its own
    Priority priority{Priority::normal};
    FeedId feed{};
    std::string feed_name{};
    std::string feed_url{};
    Hash128 article_id{};
    Article article{};  ///< empty for a digest
    std::vector<Span> spans{};
    std::string explanation{};         ///< for people
    std::optional<Hash128> related{};  ///< the alert that this one updates
    std::vector<Hash128> listed{};     ///< of a digest
    std::vector<std::string> listed_titles{};
};

/// `alert/<watchlist>/<priority>/` (WIRE.md, Topics).
[[nodiscard]] inline std::string topic_of(std::string_view watchlist, Priority priority) {
    return "alert/" + std::string{watchlist} + "/" + std::string{name_of(priority)} + "/";
}

/// A committed alert as it goes over the wire and into replay.
struct StoredAlert {
    std::uint64_t number{0};
    std::uint64_t previous{0};
    std::string topic{};
    std::string payload{};  ///< CloudEvents JSON, UTF-8
};

/// What a stream holds now, as every heartbeat says.
struct StreamHead {
    std::string stream{};
    std::uint64_t head{0};   ///< the last committed number; 0: none
    std::uint64_t first{1};  ///< the first number still kept
};

}  // namespace newswatch
