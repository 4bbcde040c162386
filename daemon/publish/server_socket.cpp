#include "publish/server_socket.h"

#include <sys/stat.h>

#include <cerrno>
#include <filesystem>

#include "publish/endpoint.h"

namespace newswatch::publish {

namespace {

Result<std::string> bind(zmq::socket_t& socket, const std::string& endpoint, bool insecure) {
    if (auto checked = check_endpoint(endpoint, insecure); !checked) return tl::unexpected{checked.error()};
    if (auto cleared = clear_stale_ipc(endpoint); !cleared) return tl::unexpected{cleared.error()};
    try {
        socket.set(zmq::sockopt::ipv6, endpoint.find('[') != std::string::npos);
        socket.bind(endpoint);
    } catch (const zmq::error_t& error) {
        return tl::unexpected{bind_error(endpoint, error.num())};
    }
    const std::string bound = socket.get(zmq::sockopt::last_endpoint);
    if (const std::filesystem::path file = ipc_file(bound); !file.empty() && ::chmod(file.c_str(), 0660) != 0)
        return tl::unexpected{bind_error(endpoint, errno)};
    return bound;
}

}  // namespace

void set_peer_limits(zmq::socket_t& socket) {
    // What a peer sends are subscriptions and requests: a topic has at most 128 bytes, handshakes some
    // hundreds.
    socket.set(zmq::sockopt::maxmsgsize, std::int64_t{4096});
    socket.set(zmq::sockopt::handshake_ivl, 5000);
    // A peer whose cable was pulled is dropped by ZMTP after 15 s; TCP's own keepalive is for old peers.
    socket.set(zmq::sockopt::heartbeat_ivl, 5000);
    socket.set(zmq::sockopt::heartbeat_timeout, 15'000);
    socket.set(zmq::sockopt::heartbeat_ttl, 15'000);
    socket.set(zmq::sockopt::tcp_keepalive, 1);
    socket.set(zmq::sockopt::tcp_keepalive_idle, 60);
    socket.set(zmq::sockopt::tcp_keepalive_intvl, 10);
    socket.set(zmq::sockopt::tcp_keepalive_cnt, 3);
}

Result<std::vector<std::string>> bind_all(zmq::socket_t& socket, const std::vector<std::string>& endpoints,
                                          bool insecure) {
    std::vector<std::string> bound;
    for (const std::string& endpoint : endpoints) {
        auto one = bind(socket, endpoint, insecure);
        if (!one) return tl::unexpected{one.error()};
        bound.push_back(*std::move(one));
    }
    return bound;
}

}  // namespace newswatch::publish
