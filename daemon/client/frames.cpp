#include "client/frames.h"

#include <array>
#include <cerrno>

#include "base/format.h"

namespace newswatch::client {

namespace {

std::uint64_t read_number(const unsigned char* bytes) {
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < 8; ++i)
        number = number << 8 | bytes[i];
    return number;
}

}  // namespace

void set_client_options(zmq::socket_t& socket, const std::string& endpoint) {
    socket.set(zmq::sockopt::maxmsgsize, std::int64_t{1} << 20);
    socket.set(zmq::sockopt::linger, 0);
    socket.set(zmq::sockopt::ipv6, endpoint.find('[') != std::string::npos);
    socket.set(zmq::sockopt::heartbeat_ivl, 5000);
    socket.set(zmq::sockopt::heartbeat_timeout, 15'000);
    socket.set(zmq::sockopt::reconnect_ivl, 100);
    socket.set(zmq::sockopt::reconnect_ivl_max, 2000);
}

Result<std::optional<Frames>> next_message(zmq::socket_t& socket, const std::string& endpoint,
                                           std::size_t most, std::chrono::milliseconds wait) {
    try {
        std::array<zmq::pollitem_t, 1> items{{{socket.handle(), 0, ZMQ_POLLIN, 0}}};
        if (zmq::poll(items, wait) == 0) return std::optional<Frames>{};
        Frames frames;
        for (bool more = true; more; ++frames.count) {
            zmq::message_t frame;
            if (!socket.recv(frame, zmq::recv_flags::dontwait)) return std::optional<Frames>{};
            more = frame.more();
            if (frames.count < most) frames.kept.push_back(std::move(frame));
        }
        return std::optional<Frames>{std::move(frames)};
    } catch (const zmq::error_t& error) {
        if (error.num() == EINTR) return std::optional<Frames>{};  // a signal: the caller looks at it
        return fail(ErrorKind::network, error.what(), endpoint);
    }
}

Result<Received> read_numbered(const Frames& frames, std::size_t at, const std::string& endpoint) {
    if (frames.count != at + 3) {
        return tl::unexpected{
            not_of_protocol(endpoint, newswatch::format("{} frames instead of {}", frames.count, at + 3))};
    }
    const zmq::message_t& numbers = frames.kept[at + 1];
    Received received;
    received.topic = frames.kept[at].to_string();
    if (received.topic.empty() || received.topic.size() > kMostTopic || received.topic.back() != '/')
        return tl::unexpected{not_of_protocol(endpoint, "the topic is not one of ours")};
    if (numbers.size() != 16) {
        return tl::unexpected{not_of_protocol(
            endpoint, newswatch::format("frame {} has {} bytes instead of 16", at + 2, numbers.size()))};
    }
    received.first_number = read_number(numbers.data<unsigned char>());
    received.second_number = read_number(numbers.data<unsigned char>() + 8);
    received.payload = frames.kept[at + 2].to_string();
    return received;
}

Error not_of_protocol(const std::string& endpoint, const std::string& what) {
    return {ErrorKind::bad_input, "not a message of nw/1: " + what, endpoint,
            "is this an address of a newswatchd?"};
}

}  // namespace newswatch::client
