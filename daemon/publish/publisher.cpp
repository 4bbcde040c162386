#include "publish/publisher.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <utility>
#include <zmq.hpp>

#include "base/hash.h"
#include "base/log.h"
#include "publish/json_text.h"
#include "publish/server_socket.h"
#include "publish/serving_thread.h"
#include "publish/wire.h"

namespace newswatch::publish {

namespace {

using steady = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kHeartbeat{1000};
// A new subscriber hears a heartbeat at once, but however many come and go, no more than ten a second are
// sent.
constexpr std::chrono::milliseconds kShortestBeat{100};
constexpr int kSubscriptionsAtOnce =
    1000;                            // read in one turn, so that a flood of them delays no alert for long
constexpr std::size_t kBatch = 256;  // alerts read at once: at most 64 MiB, usually half a megabyte
constexpr std::string_view kHeartbeatTopic = "hb/";
constexpr std::string_view kByeTopic = "sys/bye/";

void set_options(zmq::socket_t& socket) {
    // A subscriber that stops reading costs at most this many alerts of memory; then it misses some, sees it
    // by `prev` or the heartbeat, and asks for a replay.
    socket.set(zmq::sockopt::sndhwm, 10'000);
    socket.set(zmq::sockopt::linger, 1000);
    // Every subscription is shown to us, also one that another subscriber has already.
    socket.set(zmq::sockopt::xpub_verbose, 1);
    set_peer_limits(socket);
}

class PublisherThread final : public Publisher {
  public:
    PublisherThread(AlertSource source, std::uint64_t start_after, const Clock& clock)
        : source_{std::move(source)},
          clock_{clock},
          socket_{context_, zmq::socket_type::xpub},
          sent_{start_after} {
        set_options(socket_);
    }
    ~PublisherThread() override { stop(); }

    [[nodiscard]] Result<void> open(const std::vector<std::string>& endpoints, bool insecure) {
        auto bound = bind_all(socket_, endpoints, insecure);
        if (!bound) return tl::unexpected{bound.error()};
        endpoints_ = *std::move(bound);
        return {};
    }
    /// From here the socket belongs to the thread.
    void run() {
        thread_.start([this] { serve(); });
    }

    void wake() override { thread_.wake(); }
    void set_config_rev(std::uint64_t rev) override { config_rev_ = rev; }
    void stop() override { thread_.stop(); }
    [[nodiscard]] std::uint64_t sent() const override { return sent_; }
    [[nodiscard]] std::vector<std::string> endpoints() const override { return endpoints_; }

  private:
    void serve() {
        try {
            while (!thread_.stopping()) {
                heartbeat_if_due();
                wait();
                if (send_committed()) heartbeat();  // a burst ended: its tail may have been lost on the way
            }
            send_committed();
            say_goodbye();
            heartbeat();
            socket_.close();
        } catch (const std::exception& error) {
            log::error("publish", "the publisher ended: {}; subscribers hear nothing until a restart",
                       error.what());
        }
    }

    void wait() {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(next_heartbeat_ - steady::now());
        if (thread_.wait(socket_, std::max(left, std::chrono::milliseconds{0}))) hear_subscriptions();
    }

    /// A new subscriber to `hb/` gets one soon: it proves that its earlier subscriptions are in force.
    void hear_subscriptions() {
        zmq::message_t message;
        for (int i = 0; i < kSubscriptionsAtOnce && socket_.recv(message, zmq::recv_flags::dontwait); ++i) {
            // ZMTP 3.1, SUBSCRIBE: a byte 1, then the prefix.
            const std::string_view text = message.to_string_view();
            if (text.empty() || text.front() != '\x01') continue;
            const std::string_view prefix = text.substr(1);
            if (kHeartbeatTopic.substr(0, prefix.size()) == prefix)
                next_heartbeat_ = std::min(next_heartbeat_, last_heartbeat_ + kShortestBeat);
        }
    }

    /// Sends what is committed and not sent yet; whether anything was.
    bool send_committed() {
        bool any = false;
        while (true) {
            auto alerts = source_.alerts_after(sent_, kBatch);
            if (!alerts) {
                complain(alerts.error());
                return any;
            }
            complained_.clear();
            for (const StoredAlert& alert : *alerts) {
                send(alert.topic, encode_numbers(alert.number, alert.previous), alert.payload);
                sent_ = alert.number;
            }
            any = any || !alerts->empty();
            if (alerts->size() < kBatch) return any;
            heartbeat_if_due();
        }
    }

    /// Says once what keeps alerts from being sent; they stay in the journal and are tried again each second.
    void complain(const Error& error) {
        if (std::string line = error.line(); line != complained_) {
            log::error("publish", "cannot read committed alerts: {}", line);
            complained_ = std::move(line);
        }
    }

    void heartbeat_if_due() {
        if (steady::now() >= next_heartbeat_) heartbeat();
    }

    /// Its head is the last number sent: whoever follows everything and has seen less has lost something,
    /// also where a commit has just gone further.
    [[nodiscard]] StreamHead sent_head() const {
        StreamHead head = source_.head();
        head.head = sent_;
        return head;
    }

    void heartbeat() {
        const StreamHead head = sent_head();
        send(kHeartbeatTopic, encode_numbers(head.head, head.first),
             encode_heartbeat(head, boot_, config_rev_, clock_.now()));
        last_heartbeat_ = steady::now();
        next_heartbeat_ = last_heartbeat_ + kHeartbeat;
    }

    void say_goodbye() {
        const StreamHead head = sent_head();
        send(kByeTopic, encode_numbers(head.head, 0),
             encode_heartbeat(head, boot_, config_rev_, clock_.now()));
    }

    /// A PUB socket never blocks: a pipe that is full misses the whole message.
    void send(std::string_view topic, const std::array<std::uint8_t, 16>& numbers, std::string_view payload) {
        socket_.send(zmq::buffer(topic), zmq::send_flags::sndmore);
        socket_.send(zmq::buffer(numbers), zmq::send_flags::sndmore);
        socket_.send(zmq::buffer(payload), zmq::send_flags::none);
    }

    const AlertSource source_;
    const Clock& clock_;
    const std::string boot_{random_uuid()};
    zmq::context_t context_{1};
    zmq::socket_t socket_;  // bound by the constructor's thread, then the publisher thread's own
    std::vector<std::string> endpoints_{};
    std::atomic<std::uint64_t> sent_;
    std::atomic<std::uint64_t> config_rev_{0};
    steady::time_point last_heartbeat_{};  // the thread's own
    steady::time_point next_heartbeat_{};  // the thread's own; the first is due at once
    std::string complained_{};             // the thread's own
    ServingThread thread_{};
};

}  // namespace

Result<std::unique_ptr<Publisher>> Publisher::start(const std::vector<std::string>& endpoints, bool insecure,
                                                    AlertSource source, std::uint64_t start_after,
                                                    const Clock& clock) {
    try {
        auto publisher = std::make_unique<PublisherThread>(std::move(source), start_after, clock);
        if (auto bound = publisher->open(endpoints, insecure); !bound) return tl::unexpected{bound.error()};
        publisher->run();
        return publisher;
    } catch (const std::exception& error) {
        return fail(ErrorKind::unavailable, std::string{"cannot start the publisher: "} + error.what(), {},
                    "look at the limits on open files and memory");
    }
}

}  // namespace newswatch::publish
