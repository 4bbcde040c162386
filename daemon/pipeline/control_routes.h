#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/clock.h"
#include "control/control_server.h"
#include "pipeline/control_api.h"
#include "pipeline/judge.h"
#include "pipeline/poller.h"
#include "settings/finding.h"
#include "store/journal.h"

namespace newswatch {

/// What the control API asks of the running daemon. Everything is called on the control thread.
struct ControlSources {
    Poller& poller;
    store::JournalReader& reader;
    const Clock& clock;
    std::function<StatusFacts()> facts{};
    std::function<std::vector<settings::Finding>()> refused{};  ///< what kept files out of force
    std::function<std::vector<AlmostAlert>()> almost{};
    std::function<std::string()> reload{};
};

/// Which question is answered by what (DESIGN.md §5).
[[nodiscard]] std::map<std::string, control::Handler> control_routes(ControlSources sources);

}  // namespace newswatch
