#pragma once

#include <string>
#include <vector>
#include <zmq.hpp>

namespace newswatch::client {

/// The other side: an XPUB socket, which shows what was subscribed.
class XpubServer {
  public:
    XpubServer() {
        socket_.set(zmq::sockopt::linger, 1000);
        socket_.set(zmq::sockopt::rcvtimeo, 30'000);
        socket_.set(zmq::sockopt::rcvhwm, 0);
        socket_.bind("tcp://127.0.0.1:*");
    }
    [[nodiscard]] std::string endpoint() const { return socket_.get(zmq::sockopt::last_endpoint); }
    /// The next prefix that a peer subscribes to.
    [[nodiscard]] std::string subscription() {
        zmq::message_t message;
        if (!socket_.recv(message)) return "nothing came";
        return message.to_string().substr(1);
    }
    void send(const std::vector<std::string>& frames) {
        for (std::size_t i = 0; i < frames.size(); ++i) {
            socket_.send(zmq::buffer(frames[i]),
                         i + 1 < frames.size() ? zmq::send_flags::sndmore : zmq::send_flags::none);
        }
    }

  private:
    zmq::context_t context_{1};
    zmq::socket_t socket_{context_, zmq::socket_type::xpub};
};

}  // namespace newswatch::client
