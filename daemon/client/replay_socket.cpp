#include "client/replay_socket.h"

#include <nlohmann/json.hpp>
#include <utility>
#include <zmq.hpp>

#include "base/format.h"
#include "base/hash.h"
#include "client/frames.h"

namespace newswatch::client {

namespace {

using nlohmann::json;

constexpr unsigned kCredit = 256;
constexpr std::size_t kAlertFrames = 5;   // ALERT, id, topic, numbers, payload
constexpr std::size_t kAnswerFrames = 3;  // word, id, JSON

std::string text(const json& body, const char* name) {
    const auto found = body.find(name);
    return found != body.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

std::uint64_t number(const json& body, const char* name) {
    const auto found = body.find(name);
    return found != body.end() && found->is_number_unsigned() ? found->get<std::uint64_t>() : 0;
}

class DealerSocket final : public ReplaySocket {
  public:
    explicit DealerSocket(std::string endpoint)
        : endpoint_{std::move(endpoint)}, socket_{context_, zmq::socket_type::dealer} {
        set_client_options(socket_, endpoint_);
        // What the server may have on its way to us, so that it never finds us full.
        socket_.set(zmq::sockopt::rcvhwm, 2 * static_cast<int>(kCredit));
        socket_.connect(endpoint_);
    }

    void ask(const Missing& missing, const std::string& prefix) override {
        id_ = random_uuid().substr(0, 32);
        const json request{{"stream", missing.stream},
                           {"from", missing.from},
                           {"until", missing.until},
                           {"prefix", prefix},
                           {"credit", kCredit}};
        send("REPLAY", request.dump());
    }

    [[nodiscard]] Result<std::optional<ReplayAnswer>> receive(std::chrono::milliseconds wait) override {
        auto frames = next_message(socket_, endpoint_, kAlertFrames, wait);
        if (!frames) return tl::unexpected{frames.error()};
        if (!*frames) return std::optional<ReplayAnswer>{};
        const Frames& message = **frames;
        if (message.count < kAnswerFrames)
            return tl::unexpected{not_of_protocol(endpoint_, "an answer has at least 3 frames")};
        if (message.kept[1].to_string_view() != id_) return std::optional<ReplayAnswer>{};
        return read(message);
    }

  private:
    [[nodiscard]] Result<std::optional<ReplayAnswer>> read(const Frames& message) {
        using Kind = ReplayAnswer::Kind;
        const std::string word = message.kept[0].to_string();
        ReplayAnswer answer;
        if (word == "ALERT") {
            auto alert = read_numbered(message, 2, endpoint_);
            if (!alert) return tl::unexpected{alert.error()};
            answer.kind = Kind::alert;
            answer.alert = *std::move(alert);
            return std::optional{std::move(answer)};
        }
        const json body = json::parse(message.kept[2].to_string_view(), nullptr, false);
        if (!body.is_object()) return tl::unexpected{not_of_protocol(endpoint_, "frame 3 is no JSON object")};
        answer.next = number(body, "next");
        if (word == "MORE") {
            answer.kind = Kind::more;
            send("CREDIT", std::to_string(kCredit));
        } else if (word == "END") {
            answer.kind = Kind::end;
        } else if (word == "ERROR") {
            answer.error = {.code = text(body, "code"),
                            .reason = text(body, "reason"),
                            .stream = text(body, "stream"),
                            .first = number(body, "first"),
                            .head = number(body, "head"),
                            .retry_after = std::chrono::milliseconds{number(body, "retry_after_ms")}};
        } else {
            return tl::unexpected{not_of_protocol(endpoint_, "frame 1 is no word of ours")};
        }
        return std::optional{std::move(answer)};
    }

    /// Nobody there: the request is lost, and asked again after the time for an answer.
    void send(std::string_view word, const std::string& body) {
        constexpr auto kDontWait = zmq::send_flags::dontwait;
        if (!socket_.send(zmq::buffer(word), zmq::send_flags::sndmore | kDontWait)) return;
        static_cast<void>(socket_.send(zmq::buffer(id_), zmq::send_flags::sndmore | kDontWait));
        static_cast<void>(socket_.send(zmq::buffer(body), kDontWait));
    }

    const std::string endpoint_;
    std::string id_{};
    zmq::context_t context_{1};
    zmq::socket_t socket_;
};

}  // namespace

Result<std::unique_ptr<ReplaySocket>> ReplaySocket::connect(const std::string& endpoint) {
    try {
        return std::make_unique<DealerSocket>(endpoint);
    } catch (const zmq::error_t& error) {
        return fail(ErrorKind::network, newswatch::format("cannot connect: {}", error.what()), endpoint,
                    "write tcp://HOST:PORT or ipc:///PATH");
    }
}

}  // namespace newswatch::client
