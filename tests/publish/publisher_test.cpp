#include "publish/publisher.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <atomic>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <zmq.hpp>

#include "publish/wire.h"
#include "samples.h"
#include "temporary_folder.h"

namespace newswatch::publish {
namespace {

using nlohmann::json;
using std::chrono::milliseconds;
using testing::ElementsAre;
using testing::HasSubstr;
using Frames = std::vector<std::string>;

/// Committed alerts in memory, as `store` would hand them out.
class Outbox {
  public:
    void add(const std::string& topic, const std::string& payload) {
        const std::lock_guard lock{mutex_};
        std::uint64_t previous = 0;
        for (const StoredAlert& alert : alerts_) {
            if (alert.topic == topic) previous = alert.number;
        }
        alerts_.push_back(
            {.number = alerts_.size() + 1, .previous = previous, .topic = topic, .payload = payload});
    }
    void break_down(bool broken) { broken_ = broken; }
    [[nodiscard]] AlertSource source() {
        return {.alerts_after = [this](std::uint64_t after,
                                       std::size_t limit) -> Result<std::vector<StoredAlert>> {
                    if (broken_) return fail(ErrorKind::storage, "disk I/O error", "newswatch.db");
                    const std::lock_guard lock{mutex_};
                    std::vector<StoredAlert> found;
                    for (const StoredAlert& alert : alerts_) {
                        if (alert.number > after && found.size() < limit) found.push_back(alert);
                    }
                    return found;
                },
                .head =
                    [this] {
                        const std::lock_guard lock{mutex_};
                        return StreamHead{.stream = "stream", .head = alerts_.size(), .first = 1};
                    }};
    }

  private:
    std::mutex mutex_;
    std::vector<StoredAlert> alerts_;  // guarded by mutex_
    std::atomic<bool> broken_{false};
};

/// A plain SUB socket that hands out frames as they are on the wire.
class Listener {
  public:
    Listener(const std::string& endpoint, const std::vector<std::string>& prefixes)
        : socket_{context_, zmq::socket_type::sub} {
        for (const std::string& prefix : prefixes)
            socket_.set(zmq::sockopt::subscribe, prefix);
        socket_.set(zmq::sockopt::linger, 0);
        socket_.connect(endpoint);
    }
    /// The frames of the next message; none where nothing comes.
    [[nodiscard]] Frames next(milliseconds wait = milliseconds{5000}) {
        socket_.set(zmq::sockopt::rcvtimeo, static_cast<int>(wait.count()));
        Frames frames;
        zmq::message_t frame;
        do {
            if (!socket_.recv(frame)) return {};
            frames.push_back(frame.to_string());
        } while (frame.more());
        return frames;
    }
    /// The next message whose topic begins with `prefix`.
    [[nodiscard]] Frames next_of(const std::string& prefix) {
        while (true) {
            Frames frames = next();
            if (frames.empty() || frames[0].compare(0, prefix.size(), prefix) == 0) return frames;
        }
    }
    /// Waits for the heartbeat that proves the subscriptions.
    void connected() { ASSERT_FALSE(next_of("hb/").empty()) << "no heartbeat came"; }

  private:
    zmq::context_t context_{1};
    zmq::socket_t socket_;
};

std::string bytes_of(std::uint64_t first, std::uint64_t second) {
    const auto numbers = encode_numbers(first, second);
    return {numbers.begin(), numbers.end()};
}

/// Whether what is said at once is heard sooner than what is said each second. On a machine that stalls it
/// may be late now and then; what waits for the next second is late each time, since it begins with the last
/// one.
template <class Heard>
bool sooner_than_the_next_second(const Heard& heard) {
    for (int i = 0; i < 20; ++i) {
        const auto begin = std::chrono::steady_clock::now();
        heard();
        if (std::chrono::steady_clock::now() - begin < milliseconds{900}) return true;
    }
    return false;
}

class PublisherTest : public testing::Test {
  protected:
    ManualClock clock_{kNoon};
    Outbox outbox_;

    [[nodiscard]] std::unique_ptr<Publisher> start(std::uint64_t after = 0) {
        return Publisher::start({"tcp://127.0.0.1:*"}, false, outbox_.source(), after, clock_).value();
    }
};

TEST_F(PublisherTest, a_port_that_was_left_open_is_told) {
    const auto publisher = start();
    ASSERT_EQ(publisher->endpoints().size(), 1U);
    EXPECT_THAT(publisher->endpoints().front(), testing::MatchesRegex("tcp://127.0.0.1:[0-9]+"));
}

TEST_F(PublisherTest, an_alert_is_three_frames_byte_for_byte) {
    const auto publisher = start();
    Listener listener{publisher->endpoints().front(), {"alert/", "hb/"}};
    listener.connected();
    outbox_.add("alert/levant/high/", R"({"one":1})");
    outbox_.add("alert/levant/high/", R"({"two":2})");
    publisher->wake();
    EXPECT_THAT(listener.next_of("alert/"),
                ElementsAre("alert/levant/high/", bytes_of(1, 0), R"({"one":1})"));
    EXPECT_THAT(listener.next_of("alert/"),
                ElementsAre("alert/levant/high/", bytes_of(2, 1), R"({"two":2})"));
}

TEST_F(PublisherTest, a_heartbeat_comes_each_second_without_any_alert) {
    const auto publisher = start();
    publisher->set_config_rev(5);
    Listener listener{publisher->endpoints().front(), {"hb/"}};
    listener.connected();
    const auto begin = std::chrono::steady_clock::now();
    const Frames first = listener.next();
    ASSERT_FALSE(listener.next().empty());
    const auto two_beats = std::chrono::steady_clock::now() - begin;
    ASSERT_EQ(first.size(), 3U);
    EXPECT_EQ(first[0], "hb/");
    EXPECT_EQ(first[1], bytes_of(0, 1));
    const json said = json::parse(first[2]);
    EXPECT_EQ(said["stream"], "stream");
    EXPECT_EQ(said["config_rev"], 5);
    EXPECT_EQ(said["time"], "2026-03-14T12:00:00Z");
    EXPECT_EQ(said["boot"].get<std::string>().size(), 36U);
    EXPECT_GE(two_beats, milliseconds{1000});  // not a flood; a loaded machine may be late
}

TEST_F(PublisherTest, a_new_subscriber_hears_a_heartbeat_at_once) {
    const auto publisher = start();
    Listener first{publisher->endpoints().front(), {"hb/"}};
    first.connected();
    EXPECT_TRUE(sooner_than_the_next_second([&] {
        Listener another{publisher->endpoints().front(), {"hb/"}};
        another.connected();
    }));
}

TEST_F(PublisherTest, a_heartbeat_with_the_new_head_follows_a_burst_at_once) {
    const auto publisher = start();
    Listener listener{publisher->endpoints().front(), {"alert/", "hb/"}};
    listener.connected();
    std::uint64_t head = 0;
    EXPECT_TRUE(sooner_than_the_next_second([&] {
        outbox_.add("alert/levant/high/", "{}");
        publisher->wake();
        ASSERT_FALSE(listener.next_of("alert/").empty());
        EXPECT_EQ(listener.next().at(1), bytes_of(++head, 1));
    }));
}

TEST_F(PublisherTest, a_prefix_with_its_slash_does_not_meet_a_longer_name) {
    const auto publisher = start();
    Listener listener{publisher->endpoints().front(), {"alert/wl-1/", "hb/"}};
    listener.connected();
    outbox_.add("alert/wl-10/low/", "ten");
    outbox_.add("alert/wl-1/low/", "one");
    publisher->wake();
    EXPECT_EQ(listener.next_of("alert/").at(2), "one");
}

TEST_F(PublisherTest, what_was_committed_before_the_start_is_not_sent_but_said) {
    outbox_.add("alert/levant/low/", "old");
    const auto publisher = start(1);
    Listener listener{publisher->endpoints().front(), {"alert/", "hb/"}};
    EXPECT_EQ(listener.next_of("hb/").at(1), bytes_of(1, 1));
    outbox_.add("alert/levant/low/", "new");
    publisher->wake();
    EXPECT_EQ(listener.next_of("alert/").at(2), "new");
}

TEST_F(PublisherTest, a_burst_larger_than_a_batch_arrives_whole_and_in_order) {
    const auto publisher = start();
    Listener listener{publisher->endpoints().front(), {"alert/", "hb/"}};
    listener.connected();
    constexpr int kAlerts = 900;
    for (int i = 0; i < kAlerts; ++i)
        outbox_.add("alert/levant/low/", std::to_string(i));
    publisher->wake();
    for (int i = 0; i < kAlerts; ++i)
        ASSERT_EQ(listener.next_of("alert/").at(2), std::to_string(i));
    publisher->stop();
    EXPECT_EQ(publisher->sent(), 900U);
}

TEST_F(PublisherTest, stopping_sends_the_rest_then_goodbye_then_a_last_heartbeat) {
    const auto publisher = start();
    Listener listener{publisher->endpoints().front(), {""}};
    listener.connected();
    outbox_.add("alert/levant/low/", "last");
    publisher->stop();
    EXPECT_EQ(listener.next_of("alert/").at(2), "last");
    const Frames goodbye = listener.next_of("sys/");
    EXPECT_EQ(goodbye.at(0), "sys/bye/");
    EXPECT_EQ(goodbye.at(1), bytes_of(1, 0));
    EXPECT_EQ(json::parse(goodbye.at(2))["stream"], "stream");
    EXPECT_EQ(listener.next().at(0), "hb/");
    publisher->stop();  // a second time does nothing
}

TEST_F(PublisherTest, alerts_that_cannot_be_read_are_sent_once_they_can) {
    const auto publisher = start();
    Listener listener{publisher->endpoints().front(), {"alert/", "hb/"}};
    listener.connected();
    outbox_.break_down(true);
    outbox_.add("alert/levant/low/", "late");
    publisher->wake();
    EXPECT_EQ(listener.next_of("hb/").at(1), bytes_of(0, 1)) << "the head is the last number that was sent";
    outbox_.break_down(false);
    EXPECT_EQ(listener.next_of("alert/").at(2), "late");
}

TEST_F(PublisherTest, a_port_in_use_is_named_with_what_to_do) {
    const auto first = start();
    const std::string taken = first->endpoints().front();
    const auto second = Publisher::start({taken}, false, outbox_.source(), 0, clock_);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().kind, ErrorKind::unavailable);
    EXPECT_THAT(second.error().line(), HasSubstr(taken));
    EXPECT_THAT(second.error().line(), HasSubstr("in use"));
    EXPECT_THAT(second.error().line(), HasSubstr("another newswatchd"));
}

TEST_F(PublisherTest, an_address_of_another_machine_is_refused) {
    const auto refused = Publisher::start({"tcp://192.0.2.1:5556"}, true, outbox_.source(), 0, clock_);
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().line(), HasSubstr("no such address"));
}

TEST_F(PublisherTest, an_ipc_socket_is_for_user_and_group_alone) {
    const TemporaryFolder folder;
    const std::string path = folder.path() / "alerts.sock";
    const auto publisher = Publisher::start({"ipc://" + path}, false, outbox_.source(), 0, clock_).value();
    struct stat about {};
    ASSERT_EQ(::stat(path.c_str(), &about), 0);
    EXPECT_EQ(about.st_mode & 0777U, 0660U);
    Listener listener{"ipc://" + path, {"hb/"}};
    listener.connected();
}

TEST_F(PublisherTest, a_second_daemon_does_not_take_the_ipc_socket_of_a_running_one) {
    const TemporaryFolder folder;
    const std::string endpoint = "ipc://" + (folder.path() / "alerts.sock").string();
    const auto first = Publisher::start({endpoint}, false, outbox_.source(), 0, clock_).value();
    EXPECT_FALSE(Publisher::start({endpoint}, false, outbox_.source(), 0, clock_));
    Listener listener{endpoint, {"hb/"}};
    listener.connected();
}

TEST_F(PublisherTest, a_missing_folder_of_an_ipc_socket_is_named) {
    const auto refused =
        Publisher::start({"ipc:///nonexistent/alerts.sock"}, false, outbox_.source(), 0, clock_);
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().line(), HasSubstr("ipc:///nonexistent/alerts.sock"));
}

TEST_F(PublisherTest, both_endpoints_carry_the_same_alerts) {
    const TemporaryFolder folder;
    const std::string ipc = "ipc://" + (folder.path() / "alerts.sock").string();
    const auto publisher =
        Publisher::start({"tcp://127.0.0.1:*", ipc}, false, outbox_.source(), 0, clock_).value();
    Listener over_tcp{publisher->endpoints().front(), {"alert/", "hb/"}};
    Listener over_ipc{ipc, {"alert/", "hb/"}};
    over_tcp.connected();
    over_ipc.connected();
    outbox_.add("alert/levant/low/", "both");
    publisher->wake();
    EXPECT_EQ(over_tcp.next_of("alert/").at(2), "both");
    EXPECT_EQ(over_ipc.next_of("alert/").at(2), "both");
}

}  // namespace
}  // namespace newswatch::publish
