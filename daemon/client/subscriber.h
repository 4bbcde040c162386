#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"

namespace newswatch::client {

/// One message as it came: an alert (`alert/…`), a heartbeat (`hb/`) or a system event (`sys/…`).
struct Received {
    std::string topic{};
    std::uint64_t first_number{0};   ///< seq of an alert, head of a heartbeat
    std::uint64_t second_number{0};  ///< prev of an alert, first of a heartbeat
    std::string payload{};           ///< JSON, UTF-8
};

/// A ZeroMQ SUB socket that speaks `nw/1`. One thread at a time.
class Subscriber {
  public:
    /// Subscribes to the prefixes (and `hb/`, last) and connects. Errors name the endpoint.
    [[nodiscard]] static Result<std::unique_ptr<Subscriber>> connect(
        const std::string& endpoint, const std::vector<std::string>& prefixes);
    virtual ~Subscriber() = default;
    /// The next message, or nothing within `wait`. A message that is not of the protocol is a bad_input
    /// error.
    [[nodiscard]] virtual Result<std::optional<Received>> receive(std::chrono::milliseconds wait) = 0;
};

}  // namespace newswatch::client
