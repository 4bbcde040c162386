#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "control/control_server.h"
#include "model/feed.h"
#include "pipeline/judge.h"
#include "settings/finding.h"
#include "store/journal.h"

/// What the local HTTP API says (DESIGN.md §5): facts in, JSON out. Pure; any thread may call.
namespace newswatch {

/// What `GET /v1/status` tells.
struct StatusFacts {
    std::string instance{};
    Time started{};
    Time now{};
    StreamHead head{};
    std::size_t watchlists{0};
    std::size_t concepts{0};
    store::Journal::Counts counts{};
    std::size_t documents_waiting_bytes{0};
    std::size_t polls_waiting_bytes{0};
    std::uint64_t config_rev{0};
    Time config_loaded{};
    std::vector<std::string> publish{};
    std::vector<std::string> replay{};
};

/// `new` (never answered), `ok`, `ill` (the last poll failed) or `retired`.
[[nodiscard]] std::string_view health_of(const FeedState& state);

[[nodiscard]] std::string status_json(const StatusFacts& facts,
                                      const std::vector<std::pair<Feed, FeedState>>& feeds,
                                      const std::vector<settings::Finding>& refused);
[[nodiscard]] std::string health_json(const std::vector<std::pair<Feed, FeedState>>& feeds,
                                      const std::vector<settings::Finding>& refused);
[[nodiscard]] std::string feeds_json(const std::vector<std::pair<Feed, FeedState>>& feeds);
[[nodiscard]] std::string almost_json(const std::vector<AlmostAlert>& almost);
/// The answer to a poll request: how many feeds are asked now, and for each feed whose publisher asked us to
/// wait, how many seconds are left. An empty `urls` means every feed.
[[nodiscard]] std::string poll_json(std::size_t found, const std::vector<std::string>& urls,
                                    const std::vector<std::pair<Feed, FeedState>>& feeds, Time now);
/// The answer to a reload: every finding that kept a file out.
[[nodiscard]] std::string reload_json(const std::vector<settings::Finding>& refused);
/// The answer to a reload that changed nothing: what every file needs could not be read.
[[nodiscard]] std::string reload_failed_json(const Error& error);
[[nodiscard]] control::ControlAnswer alert_answer(const Result<StoredAlert>& alert);
/// The `urls` of a poll request's body; an empty body means every feed.
[[nodiscard]] Result<std::vector<std::string>> urls_of(std::string_view body);

}  // namespace newswatch
