#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>
#include <zmq.hpp>

#include "base/error.h"
#include "client/subscriber.h"

/// What the two sockets of a client have in common.
namespace newswatch::client {

constexpr std::size_t kMostTopic = 128;  // bytes

/// Bounds and reconnection, before connect.
void set_client_options(zmq::socket_t& socket, const std::string& endpoint);

/// All frames of the next message, at most `most` of them (the rest is dropped, and counted); nothing within
/// `wait`, or where a signal came.
struct Frames {
    std::vector<zmq::message_t> kept{};
    std::size_t count{0};
};
[[nodiscard]] Result<std::optional<Frames>> next_message(zmq::socket_t& socket, const std::string& endpoint,
                                                         std::size_t most, std::chrono::milliseconds wait);

/// Topic, 16 bytes and payload, from `kept[at]` on; bad_input where they are not of the protocol.
[[nodiscard]] Result<Received> read_numbered(const Frames& frames, std::size_t at,
                                             const std::string& endpoint);

/// `what` says which bytes are not of the protocol.
[[nodiscard]] Error not_of_protocol(const std::string& endpoint, const std::string& what);

}  // namespace newswatch::client
