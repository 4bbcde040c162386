#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/subscriber.h"

/// The six rules of a subscriber that misses nothing and takes nothing twice (docs/alert_wire.md, Tracking).
namespace newswatch::client {

/// Where a subscriber stands in a stream.
struct Place {
    std::string stream{};
    std::uint64_t through{0};                     ///< everything up to it was applied, or is not ours
    std::map<std::string, std::uint64_t> last{};  ///< last number applied of a topic, where above `through`
};

/// A piece of the stream to be asked for, both ends included.
struct Missing {
    std::string stream{};
    std::uint64_t from{0};
    std::uint64_t until{0};
    bool certain{false};  ///< an alert of ours is among them, not only perhaps

    bool operator==(const Missing&) const = default;
};

/// What a replay server said instead of the end.
struct ReplayError {
    std::string code{};
    std::string reason{};
    std::string stream{};
    std::uint64_t first{0};
    std::uint64_t head{0};
    std::chrono::milliseconds retry_after{0};
};

/// Decides what of that which arrives is new, and what is to be asked for again. Pure: no socket, no clock of
/// its own. One thread.
///
/// The owner hands in what it hears, asks `missing` for the one replay that should be under way, and takes
/// the alerts to apply and the sentences to tell. Without a place it begins at the head of the first
/// heartbeat.
class Tracker {
  public:
    using time_point = std::chrono::steady_clock::time_point;

    /// `sees_all`: the subscription covers every alert, so that the head of a heartbeat speaks for it.
    /// Otherwise heads are asked about at most each `check_every`, which should differ from client to client.
    Tracker(bool sees_all, std::chrono::milliseconds check_every, std::optional<Place> place = std::nullopt);

    /// A message of the publish socket: an alert or a heartbeat. Others are none of its business.
    void hear(Received received, time_point now);
    /// The socket was opened anew: what was sent meanwhile is not known.
    void reconnected() { proven_ = false; }

    /// The replay to be under way now, if any; the same until it has ended or failed.
    [[nodiscard]] const std::optional<Missing>& missing() const { return missing_; }
    void replayed(Received alert);
    /// MORE: everything below `next` of the replay was sent.
    void replayed_below(std::uint64_t next);
    /// END: there is no more of it.
    void replay_ended(std::uint64_t next);
    /// ERROR. Whether asking again later may help (`busy`, `internal`); all others are settled here.
    [[nodiscard]] bool refused(const ReplayError& error);
    /// There is nobody to ask: what is missing is said, with the reason if there is one, and left.
    void give_up(const std::string& reason);

    /// Alerts to apply, in order; each once.
    [[nodiscard]] std::vector<Received> take();
    /// Sentences on what was missed for good.
    [[nodiscard]] std::vector<std::string> holes();
    [[nodiscard]] const Place& place() const { return place_; }

  private:
    void alert(Received alert);
    void heartbeat(const Received& heartbeat, time_point now);
    void begin_stream(const std::string& stream, std::uint64_t head);
    void want_through(std::uint64_t until, bool certain);
    void set_aside(Received alert);
    void stand_at(std::uint64_t through);
    void settle();
    void apply(Received alert);
    [[nodiscard]] std::uint64_t known(const std::string& topic) const;

    const bool sees_all_;
    const std::chrono::milliseconds check_every_;
    Place place_;
    std::string boot_{};
    bool proven_{false};  ///< a heartbeat came over this connection
    time_point next_check_{};
    std::optional<Missing> missing_{};
    std::vector<Received> aside_{};  ///< live alerts that wait for the end of the replay
    std::size_t aside_bytes_{0};
    std::uint64_t dropped_{0};  ///< the highest number that there was no room for aside
    std::vector<Received> ready_{};
    std::vector<std::string> holes_{};
};

}  // namespace newswatch::client
