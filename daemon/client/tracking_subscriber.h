#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "base/error.h"
#include "client/subscriber.h"

namespace newswatch::client {

/// What came within one wait.
struct Heard {
    std::vector<Received> messages{};  ///< alerts to apply, each once; and system events as they came
    std::vector<std::string> holes{};  ///< sentences on alerts that are missed for good
};

/// A subscriber that misses nothing within retention (docs/alert_wire.md, Tracking): what the publish socket
/// loses, over a gap, a restart or a slow moment, comes by replay, and nothing comes twice. One thread at a
/// time.
class TrackingSubscriber {
  public:
    /// Begins at the present head. `replay` may be empty: then what is missed is only told. Errors name the
    /// endpoint.
    [[nodiscard]] static Result<std::unique_ptr<TrackingSubscriber>> connect(const std::string& publish,
                                                                             const std::string& replay,
                                                                             const std::string& prefix);
    virtual ~TrackingSubscriber() = default;

    /// What comes within `wait`, perhaps nothing. A message that is not of the protocol is a bad_input error.
    [[nodiscard]] virtual Result<Heard> receive(std::chrono::milliseconds wait) = 0;
    /// No heartbeat for five seconds; it connects anew by itself.
    [[nodiscard]] virtual bool silent() const = 0;
};

}  // namespace newswatch::client
