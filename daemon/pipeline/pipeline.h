#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "settings/settings.h"

/// Joins the stages: schedule → fetch → parse → analyse → match → store → publish.
///
/// Threads (STYLE.md §4): one loop (schedule, fetch), N workers (parse, analyse, match), one writer (store),
/// one publisher, one for the control API. Values move through queues bounded in bytes; a full queue slows
/// the schedule down and loses nothing.
namespace newswatch {

class Pipeline {
  public:
    /// Opens, binds and starts everything. Errors say what a daemon cannot work without: the journal, a
    /// socket, a plug-in folder. Files of feeds, concepts and watchlists with mistakes are logged and left
    /// out.
    [[nodiscard]] static Result<std::unique_ptr<Pipeline>> start(settings::Settings settings,
                                                                 const Clock& clock);
    virtual ~Pipeline() = default;

    /// Reads feeds, concepts and watchlists again and swaps them in; a broken watchlist keeps its last good
    /// version. Any thread may call. Gives the JSON that `POST /v1/reload` answers.
    virtual std::string reload() = 0;
    /// The same on a thread of its own, told to systemd and the log only. Any thread may call; does not wait.
    virtual void reload_soon() = 0;

    /// Stops asking, journals and publishes what was accepted, says goodbye. Main thread.
    virtual void stop() = 0;

    /// One line for people: `1,204 feeds, 12 watchlists, 3 alerts today`.
    [[nodiscard]] virtual std::string summary() = 0;

    /// What hangs, a sentence for each thread; empty while all of them get on. Main thread; does not wait.
    [[nodiscard]] virtual std::vector<std::string> stuck() = 0;

    /// Not null once the daemon cannot go on because the disk fails; SIGTERM was raised to say so.
    [[nodiscard]] virtual const Error* fatal() const = 0;
};

}  // namespace newswatch
