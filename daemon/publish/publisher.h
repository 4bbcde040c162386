#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "model/alert.h"

namespace newswatch::publish {

/// Where committed alerts come from: fulfilled by `store`, handed in by `pipeline`, called on the publisher's
/// thread.
struct AlertSource {
    std::function<Result<std::vector<StoredAlert>>(std::uint64_t after, std::size_t limit)> alerts_after{};
    std::function<StreamHead()> head{};
};

/// Sends committed alerts in number order on a PUB socket, and a heartbeat every second, right after a burst,
/// and when somebody subscribes to it (docs/alert_wire.md).
///
/// Owns its thread and its socket. Starts after the alert `start_after` (the head at start: what was
/// committed while the daemon was down is for replay, and is said by the first heartbeat). Any thread may
/// call `wake`.
class Publisher {
  public:
    /// Binds every endpoint before it returns. Errors name the endpoint and what to do: in use, not allowed,
    /// not understood. ipc sockets get mode 0660; a stale ipc file is removed only where nobody listens. tcp
    /// beyond loopback needs `insecure`.
    [[nodiscard]] static Result<std::unique_ptr<Publisher>> start(const std::vector<std::string>& endpoints,
                                                                  bool insecure, AlertSource source,
                                                                  std::uint64_t start_after,
                                                                  const Clock& clock);
    virtual ~Publisher() = default;

    /// Alerts were committed.
    virtual void wake() = 0;
    /// The number of the running configuration, shown in heartbeats; counts reloads.
    virtual void set_config_rev(std::uint64_t rev) = 0;
    /// Sends everything committed, then `sys/bye/` and a last heartbeat, and ends the thread.
    virtual void stop() = 0;
    /// The last number sent.
    [[nodiscard]] virtual std::uint64_t sent() const = 0;
    /// The endpoints as bound: a port that was `*` is a number here.
    [[nodiscard]] virtual std::vector<std::string> endpoints() const = 0;
};

}  // namespace newswatch::publish
