#include "client/subscriber.h"

#include <array>
#include <cerrno>
#include <string_view>
#include <utility>
#include <vector>
#include <zmq.hpp>

#include "base/format.h"

namespace newswatch::client {

namespace {

constexpr std::size_t kMostTopic = 128;
constexpr std::size_t kMostFrames = 3;

Error not_of_protocol(const std::string& endpoint, const std::string& what) {
    return {ErrorKind::bad_input, "not a message of nw/1: " + what, endpoint,
            "is this the publish address of a newswatchd?"};
}

std::uint64_t read_number(const unsigned char* bytes) {
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < 8; ++i)
        number = number << 8 | bytes[i];
    return number;
}

class SocketSubscriber final : public Subscriber {
  public:
    SocketSubscriber(std::string endpoint, const std::vector<std::string>& prefixes)
        : endpoint_{std::move(endpoint)}, socket_{context_, zmq::socket_type::sub} {
        // Subscriptions travel like messages: the default mark cuts all but the first 1000 without a word.
        socket_.set(zmq::sockopt::sndhwm, 0);
        socket_.set(zmq::sockopt::rcvhwm, 100'000);
        socket_.set(zmq::sockopt::maxmsgsize, std::int64_t{1} << 20);
        socket_.set(zmq::sockopt::linger, 0);
        socket_.set(zmq::sockopt::ipv6, endpoint_.find('[') != std::string::npos);
        socket_.set(zmq::sockopt::heartbeat_ivl, 5000);
        socket_.set(zmq::sockopt::heartbeat_timeout, 15'000);
        socket_.set(zmq::sockopt::reconnect_ivl, 100);
        socket_.set(zmq::sockopt::reconnect_ivl_max, 2000);
        for (const std::string& prefix : prefixes)
            socket_.set(zmq::sockopt::subscribe, prefix);
        // Last: its first heartbeat proves that all of the above are in force, in order, on the same pipe.
        socket_.set(zmq::sockopt::subscribe, "hb/");
        socket_.connect(endpoint_);
    }

    [[nodiscard]] Result<std::optional<Received>> receive(std::chrono::milliseconds wait) override {
        try {
            std::array<zmq::pollitem_t, 1> items{{{socket_.handle(), 0, ZMQ_POLLIN, 0}}};
            if (zmq::poll(items, wait) == 0) return std::optional<Received>{};
            return read_message();
        } catch (const zmq::error_t& error) {
            if (error.num() == EINTR) return std::optional<Received>{};  // a signal: the caller looks at it
            return fail(ErrorKind::network, error.what(), endpoint_);
        }
    }

  private:
    [[nodiscard]] Result<std::optional<Received>> read_message() {
        std::array<zmq::message_t, kMostFrames> frames;
        std::size_t count = 0;
        for (bool more = true; more; ++count) {
            zmq::message_t surplus;
            zmq::message_t& frame = count < frames.size() ? frames[count] : surplus;
            if (!socket_.recv(frame, zmq::recv_flags::dontwait)) return std::optional<Received>{};
            more = frame.more();
        }
        if (count != frames.size())
            return tl::unexpected{
                not_of_protocol(endpoint_, newswatch::format("{} frames instead of 3", count))};
        Received received;
        received.topic = frames[0].to_string();
        if (received.topic.empty() || received.topic.size() > kMostTopic || received.topic.back() != '/')
            return tl::unexpected{not_of_protocol(endpoint_, "the topic is not one of ours")};
        if (frames[1].size() != 16) {
            return tl::unexpected{not_of_protocol(
                endpoint_, newswatch::format("frame 2 has {} bytes instead of 16", frames[1].size()))};
        }
        const auto* numbers = frames[1].data<unsigned char>();
        received.first_number = read_number(numbers);
        received.second_number = read_number(numbers + 8);
        received.payload = frames[2].to_string();
        return std::optional<Received>{std::move(received)};
    }

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
