#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "base/error.h"
#include "client/tracker.h"

namespace newswatch::client {

/// One message of a replay.
struct ReplayAnswer {
    enum class Kind { alert, more, end, error };

    Kind kind{Kind::error};
    Received alert{};       ///< of Kind::alert
    std::uint64_t next{0};  ///< of Kind::more and Kind::end
    ReplayError error{};    ///< of Kind::error
};

/// A DEALER socket that asks for missed alerts (docs/alert_wire.md, Replay). One replay at a time; one
/// thread.
class ReplaySocket {
  public:
    [[nodiscard]] static Result<std::unique_ptr<ReplaySocket>> connect(const std::string& endpoint);
    virtual ~ReplaySocket() = default;

    /// Begins a replay; answers to an earlier one are passed over from now on.
    virtual void ask(const Missing& missing, const std::string& prefix) = 0;
    /// The next answer, or nothing within `wait`. Credit for more is given by itself.
    [[nodiscard]] virtual Result<std::optional<ReplayAnswer>> receive(std::chrono::milliseconds wait) = 0;
};

}  // namespace newswatch::client
