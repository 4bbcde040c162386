#include "client/subscriber.h"

#include <utility>
#include <vector>
#include <zmq.hpp>

#include "base/format.h"
#include "client/frames.h"

namespace newswatch::client {

namespace {

class SocketSubscriber final : public Subscriber {
  public:
    SocketSubscriber(std::string endpoint, const std::vector<std::string>& prefixes)
        : endpoint_{std::move(endpoint)}, socket_{context_, zmq::socket_type::sub} {
        // Subscriptions travel like messages: the default mark cuts all but the first 1000 without a word.
        socket_.set(zmq::sockopt::sndhwm, 0);
        socket_.set(zmq::sockopt::rcvhwm, 100'000);
        set_client_options(socket_, endpoint_);
        for (const std::string& prefix : prefixes)
            socket_.set(zmq::sockopt::subscribe, prefix);
        // Last: its first heartbeat proves that all of the above are in force, in order, on the same pipe.
        socket_.set(zmq::sockopt::subscribe, "hb/");
        socket_.connect(endpoint_);
    }

    [[nodiscard]] Result<std::optional<Received>> receive(std::chrono::milliseconds wait) override {
        auto frames = next_message(socket_, endpoint_, 3, wait);
        if (!frames) return tl::unexpected{frames.error()};
        if (!*frames) return std::optional<Received>{};
        return read_numbered(**frames, 0, endpoint_).map([](Received received) {
            return std::optional{std::move(received)};
        });
    }

  private:
    const std::string endpoint_;
    zmq::context_t context_{1};
    zmq::socket_t socket_;
};

}  // namespace

Result<std::unique_ptr<Subscriber>> Subscriber::connect(const std::string& endpoint,
                                                        const std::vector<std::string>& prefixes) {
    for (const std::string& prefix : prefixes) {
        // A prefix that ends inside a level would meet others too: alert/wl-1 is the beginning of
        // alert/wl-10/.
        if (!prefix.empty() && (prefix.back() != '/' || prefix.size() > kMostTopic)) {
            return fail(ErrorKind::bad_input, newswatch::format("\"{}\" is not a prefix of topics", prefix),
                        endpoint,
                        "a prefix ends with a slash: alert/, alert/WATCHLIST/ or alert/WATCHLIST/PRIORITY/");
        }
    }
    try {
        return std::make_unique<SocketSubscriber>(endpoint, prefixes);
    } catch (const zmq::error_t& error) {
        return fail(ErrorKind::network, newswatch::format("cannot connect: {}", error.what()), endpoint,
                    "write tcp://HOST:PORT or ipc:///PATH");
    }
}

}  // namespace newswatch::client
