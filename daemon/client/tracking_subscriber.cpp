#include "client/tracking_subscriber.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <random>
#include <utility>

#include "client/replay_socket.h"
#include "client/tracker.h"

namespace newswatch::client {

namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::chrono::seconds kSilence{5};  // a heartbeat comes every second
constexpr std::chrono::seconds kAnswer{2};   // for the next word of a replay
constexpr milliseconds kShortestPause{100};  // before asking again; doubles
constexpr milliseconds kLongestPause{5000};
constexpr milliseconds kLook{20};  // for replayed alerts, before live ones are looked at
constexpr int kAtOnce = 1000;      // live messages between two looks at the replay

class SocketTracker final : public TrackingSubscriber {
  public:
    SocketTracker(std::string publish, std::string replay, std::string prefix,
                  std::unique_ptr<Subscriber> live)
        : publish_{std::move(publish)},
          replay_endpoint_{std::move(replay)},
          prefix_{std::move(prefix)},
          live_{std::move(live)},
          tracker_{prefix_.empty() || prefix_ == "alert/", milliseconds{between(10'000, 30'000)}} {}

    [[nodiscard]] Result<Heard> receive(milliseconds wait) override {
        Heard heard;
        if (auto turned = turn(wait, heard); !turned) return tl::unexpected{turned.error()};
        collect(heard);
        return heard;
    }
    [[nodiscard]] bool silent() const override { return steady_clock::now() - heartbeat_ >= kSilence; }

  private:
    [[nodiscard]] Result<void> turn(milliseconds wait, Heard& heard) {
        if (auto connected = reconnect_when_silent(); !connected) return connected;
        if (!tracker_.missing()) {
            asked_.reset();
            if (auto live = hear_live(wait, heard); !live) return live;
        }
        // A replay is under way: what is live waits aside, so it is only kept from piling up in the socket.
        for (int i = 0; tracker_.missing() && i < kAtOnce; ++i) {
            const std::size_t before = heard_count_;
            if (auto live = hear_live(milliseconds{0}, heard); !live) return live;
            if (heard_count_ == before) break;
        }
        return tracker_.missing() ? replay(std::min(wait, kLook)) : Result<void>{};
    }

    [[nodiscard]] Result<void> hear_live(milliseconds wait, Heard& heard) {
        auto received = live_->receive(wait);
        if (!received) return tl::unexpected{received.error()};
        if (!*received) return {};
        ++heard_count_;
        const steady_clock::time_point now = steady_clock::now();
        if ((*received)->topic == "hb/") heartbeat_ = now;
        if ((*received)->topic.starts_with("sys/")) {
            heard.messages.push_back(**std::move(received));
        } else {
            tracker_.hear(**std::move(received), now);
        }
        return {};
    }

    [[nodiscard]] Result<void> reconnect_when_silent() {
        if (!silent() || steady_clock::now() - connected_ < kSilence) return {};
        auto live = Subscriber::connect(publish_, {prefix_});
        if (!live) return tl::unexpected{live.error()};
        live_ = *std::move(live);
        connected_ = steady_clock::now();
        tracker_.reconnected();
        return {};
    }

    /// One look at the replay socket; asks where nothing was asked, or where the answer stays away.
    [[nodiscard]] Result<void> replay(milliseconds wait) {
        if (replay_endpoint_.empty()) {
            tracker_.give_up({});
            return {};
        }
        const steady_clock::time_point now = steady_clock::now();
        if (asked_ && asked_->stream != tracker_.missing()->stream) asked_.reset();
        if (asked_ && now >= patience_) {
            asked_.reset();
            socket_.reset();
            pause();
        }
        if (!asked_) {
            if (now < again_) return wait_for_turn(wait, now);
            if (auto asked = ask(now); !asked) return asked;
        }
        auto answer = socket_->receive(wait);
        if (!answer) return tl::unexpected{answer.error()};
        if (*answer) take(**std::move(answer));
        return {};
    }

    /// Between two tries the live socket is what there is to hear.
    [[nodiscard]] Result<void> wait_for_turn(milliseconds wait, steady_clock::time_point now) {
        Heard none;
        auto heard = hear_live(std::min(wait, std::chrono::ceil<milliseconds>(again_ - now)), none);
        std::move(none.messages.begin(), none.messages.end(), std::back_inserter(events_));
        return heard;
    }

    [[nodiscard]] Result<void> ask(steady_clock::time_point now) {
        if (!socket_) {
            auto socket = ReplaySocket::connect(replay_endpoint_);
            if (!socket) return tl::unexpected{socket.error()};
            socket_ = *std::move(socket);
        }
        asked_ = tracker_.missing();
        socket_->ask(*asked_, prefix_);
        patience_ = now + kAnswer;
        return {};
    }

    void take(ReplayAnswer answer) {
        patience_ = steady_clock::now() + kAnswer;
        switch (answer.kind) {
            case ReplayAnswer::Kind::alert:
                tracker_.replayed(std::move(answer.alert));
                return;
            case ReplayAnswer::Kind::more:
                pause_ = kShortestPause;
                tracker_.replayed_below(answer.next);
                return;
            case ReplayAnswer::Kind::end:
                pause_ = kShortestPause;
                tracker_.replay_ended(answer.next);
                break;
            case ReplayAnswer::Kind::error:
                if (tracker_.refused(answer.error)) pause(answer.error.retry_after);
                break;
        }
        asked_.reset();  // what is missing after it, if anything, is another replay
    }

    /// With jitter, so that a thousand clients of a daemon that comes back do not ask in one moment.
    void pause(milliseconds at_least = milliseconds{0}) {
        again_ = steady_clock::now() + at_least + pause_ / 2 +
                 milliseconds{between(0, static_cast<int>(pause_.count()))};
        pause_ = std::min(2 * pause_, kLongestPause);
    }

    void collect(Heard& heard) {
        std::move(events_.begin(), events_.end(), std::back_inserter(heard.messages));
        events_.clear();
        std::vector<Received> alerts = tracker_.take();
        std::move(alerts.begin(), alerts.end(), std::back_inserter(heard.messages));
        heard.holes = tracker_.holes();
    }

    [[nodiscard]] int between(int least, int most) {
        return std::uniform_int_distribution<int>{least, most}(random_);
    }

    std::mt19937 random_{std::random_device{}()};
    const std::string publish_;
    const std::string replay_endpoint_;  ///< empty: nobody to ask
    const std::string prefix_;
    std::unique_ptr<Subscriber> live_;
    Tracker tracker_;
    std::vector<Received> events_{};  ///< heard while waiting for a replay's turn
    std::size_t heard_count_{0};
    steady_clock::time_point heartbeat_{steady_clock::now()};
    steady_clock::time_point connected_{steady_clock::now()};
    std::unique_ptr<ReplaySocket> socket_{};
    std::optional<Missing> asked_{};  ///< the replay under way
    steady_clock::time_point patience_{};
    steady_clock::time_point again_{};
    milliseconds pause_{kShortestPause};
};

}  // namespace

Result<std::unique_ptr<TrackingSubscriber>> TrackingSubscriber::connect(const std::string& publish,
                                                                        const std::string& replay,
                                                                        const std::string& prefix) {
    auto live = Subscriber::connect(publish, {prefix});
    if (!live) return tl::unexpected{live.error()};
    return std::make_unique<SocketTracker>(publish, replay, prefix, *std::move(live));
}

}  // namespace newswatch::client
