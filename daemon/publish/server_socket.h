#pragma once

#include <string>
#include <vector>
#include <zmq.hpp>

#include "base/error.h"

/// What the publish and the replay socket have in common.
namespace newswatch::publish {

/// Bounds of a peer: the size of what it sends, the time of its handshake, when it counts as gone. Before any
/// bind.
void set_peer_limits(zmq::socket_t& socket);

/// Binds each endpoint and gives them back as bound. ipc sockets get mode 0660; tcp beyond loopback needs
/// `insecure`.
[[nodiscard]] Result<std::vector<std::string>> bind_all(zmq::socket_t& socket,
                                                        const std::vector<std::string>& endpoints,
                                                        bool insecure);

}  // namespace newswatch::publish
