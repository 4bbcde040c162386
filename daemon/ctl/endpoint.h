#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "settings/settings.h"

namespace newswatch::ctl {

/// Where a client on this machine reaches what is bound at `bound`: `tcp://*:5556` → `tcp://127.0.0.1:5556`.
[[nodiscard]] std::string reachable(const std::string& bound);

/// The first publish endpoint of the daemon that this process can use. A port that the system chose is asked
/// of the daemon.
[[nodiscard]] Result<std::string> publish_endpoint(const settings::Settings& settings);

/// The same for missed alerts; an error where the settings have no address for them.
[[nodiscard]] Result<std::string> replay_endpoint(const settings::Settings& settings);

/// The topics that a person means: `alert/` for nothing, `alert/WATCHLIST/` for the id of a watchlist, else
/// the prefix as it is, ended by `/` (WIRE.md, Topics).
[[nodiscard]] std::string topic_prefix(std::string written);

}  // namespace newswatch::ctl
