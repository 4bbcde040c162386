#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/error.h"
#include "model/alert.h"

namespace newswatch::publish {

/// A part of what a replay asks for, read in one snapshot.
struct ReplaySlice {
    std::vector<StoredAlert> alerts{};
    std::uint64_t next{0};  ///< every number below it was looked at
    StreamHead head{};
};

/// Where replayed alerts come from: fulfilled by `store` over a connection of its own, called on the replay
/// thread.
struct ReplaySource {
    /// Alerts with numbers in [from, until] and that prefix, at most `limit`; no transaction stays open after
    /// it.
    std::function<Result<ReplaySlice>(std::uint64_t from, std::uint64_t until, const std::string& prefix,
                                      std::size_t limit)>
        alerts_of{};
    std::function<StreamHead()> head{};
    /// Called again and again while the thread lives, at least every ten seconds: the watchdog wants to know.
    std::function<void()> alive{};
};

/// Sends again what a subscriber missed, over ROUTER (docs/alert_wire.md, Replay).
///
/// Owns its thread, its context and its socket: replays take nothing of the publisher but processor time, and
/// give way there too. Whatever is asked, memory is bounded: at most kMostCursors replays, each with at most
/// 256 alerts on the way.
class ReplayServer {
  public:
    static constexpr std::size_t kMostCursors = 64;

    /// Binds every endpoint before it returns; errors as of `Publisher::start`.
    [[nodiscard]] static Result<std::unique_ptr<ReplayServer>> start(
        const std::vector<std::string>& endpoints, bool insecure, ReplaySource source);
    virtual ~ReplayServer() = default;

    /// Ends the thread; replays under way stop where they are. Their clients ask again after the restart.
    virtual void stop() = 0;
    /// The endpoints as bound: a port that was `*` is a number here.
    [[nodiscard]] virtual std::vector<std::string> endpoints() const = 0;
};

}  // namespace newswatch::publish
