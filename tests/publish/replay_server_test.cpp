#include "publish/replay_server.h"

#include <gmock/gmock.h>

#include <mutex>
#include <nlohmann/json.hpp>
#include <zmq.hpp>

#include "base/format.h"

namespace newswatch::publish {
namespace {

using nlohmann::json;
using testing::ElementsAre;

/// A journal in memory: alerts first..head, odd numbers of `alert/a/high/`, even ones of `alert/b/low/`.
class Stream {
  public:
    Stream(std::uint64_t first, std::uint64_t head) : head_{.stream = "one", .head = head, .first = first} {}

    [[nodiscard]] ReplaySource source() {
        return {.alerts_of = [this](std::uint64_t from, std::uint64_t until, const std::string& prefix,
                                    std::size_t limit) { return alerts_of(from, until, prefix, limit); },
                .head = [this] { return head(); },
                .alive = [] {}};
    }
    [[nodiscard]] StreamHead head() {
        const std::lock_guard lock{mutex_};
        return head_;
    }
    void retire_below(std::uint64_t first) {
        const std::lock_guard lock{mutex_};
        head_.first = first;
    }
    void break_down() {
        const std::lock_guard lock{mutex_};
        broken_ = true;
    }

  private:
    Result<ReplaySlice> alerts_of(std::uint64_t from, std::uint64_t until, const std::string& prefix,
                                  std::size_t limit) {
        const std::lock_guard lock{mutex_};
        if (broken_) return fail(ErrorKind::storage, "the disk is away");
        ReplaySlice slice{.alerts = {}, .next = std::max(from, head_.first), .head = head_};
        for (; slice.next <= until && slice.alerts.size() < limit; ++slice.next) {
            const std::string topic = slice.next % 2 == 1 ? "alert/a/high/" : "alert/b/low/";
            if (!topic.starts_with(prefix)) continue;
            slice.alerts.push_back({.number = slice.next,
                                    .previous = slice.next > 2 ? slice.next - 2 : 0,
                                    .topic = topic,
                                    .payload = newswatch::format("{{\"n\":{}}}", slice.next)});
        }
        return slice;
    }

    std::mutex mutex_;
    StreamHead head_;     // guarded by mutex_
    bool broken_{false};  // guarded by mutex_
};

using Frames = std::vector<std::string>;

/// A DEALER that speaks as a client would.
class Dealer {
  public:
    explicit Dealer(const std::string& endpoint) {
        socket_.set(zmq::sockopt::linger, 0);
        socket_.set(zmq::sockopt::rcvtimeo, 30'000);
        socket_.connect(endpoint);
    }
    void send(const Frames& frames) {
        for (std::size_t i = 0; i < frames.size(); ++i) {
            socket_.send(zmq::buffer(frames[i]),
                         i + 1 < frames.size() ? zmq::send_flags::sndmore : zmq::send_flags::none);
        }
    }
    void replay(std::uint64_t from, const std::string& prefix = "alert/", unsigned credit = 256,
                const std::string& more = "") {
        send({"REPLAY", "r1",
              newswatch::format(R"({{"stream":"one","from":{},"prefix":"{}","credit":{}{}}})", from, prefix,
                                credit, more)});
    }
    Frames receive() {
        Frames frames;
        for (bool more = true; more;) {
            zmq::message_t frame;
            if (!socket_.recv(frame)) return {"nothing came"};
            more = frame.more();
            frames.push_back(frame.to_string());
        }
        return frames;
    }
    /// The numbers of the alerts up to the next frame of another word, which is left in `last`.
    std::vector<unsigned> numbers() {
        std::vector<unsigned> numbers;
        for (last = receive(); last[0] == "ALERT"; last = receive())
            numbers.push_back(json::parse(last.at(4)).at("n"));
        return numbers;
    }
    [[nodiscard]] std::string error() {
        const Frames frames = receive();
        return frames[0] == "ERROR" ? json::parse(frames.at(2)).at("code").get<std::string>() : frames[0];
    }

    Frames last{};

  private:
    zmq::context_t context_{1};
    zmq::socket_t socket_{context_, zmq::socket_type::dealer};
};

class ReplayServerTest : public testing::Test {
  protected:
    Stream stream_{3, 10};
    std::unique_ptr<ReplayServer> server_ =
        ReplayServer::start({"tcp://127.0.0.1:*"}, false, stream_.source()).value();
    Dealer client_{server_->endpoints().front()};
};

TEST_F(ReplayServerTest, sends_what_was_asked_for_in_order_and_ends) {
    client_.replay(3, "alert/", 256, R"(,"until":6)");
    const Frames first = client_.receive();
    ASSERT_EQ(first.size(), 5U);
    EXPECT_EQ(first[0], "ALERT");
    EXPECT_EQ(first[1], "r1");
    EXPECT_EQ(first[2], "alert/a/high/");
    EXPECT_EQ(first[3], std::string("\0\0\0\0\0\0\0\3\0\0\0\0\0\0\0\1", 16));
    EXPECT_EQ(first[4], R"({"n":3})");
    EXPECT_THAT(client_.numbers(), ElementsAre(4, 5, 6));
    EXPECT_EQ(client_.last, (Frames{"END", "r1", R"({"next":7,"head":10,"stream":"one"})"}));
}

TEST_F(ReplayServerTest, without_until_the_head_is_the_end_and_above_it_nothing_is_left) {
    client_.replay(9);
    EXPECT_THAT(client_.numbers(), ElementsAre(9, 10));
    EXPECT_EQ(client_.last.at(2), R"({"next":11,"head":10,"stream":"one"})");
    client_.replay(11);
    EXPECT_THAT(client_.numbers(), ElementsAre());
    EXPECT_EQ(client_.last.at(0), "END");
    client_.replay(10, "alert/", 1, R"(,"until":4000000)");
    EXPECT_THAT(client_.numbers(), ElementsAre(10));
    EXPECT_EQ(client_.last.at(0), "END");
}

TEST_F(ReplayServerTest, after_credit_it_waits_for_more) {
    client_.replay(3, "alert/", 2);
    EXPECT_THAT(client_.numbers(), ElementsAre(3, 4));
    EXPECT_EQ(client_.last, (Frames{"MORE", "r1", R"({"next":5,"head":10,"first":3})"}));
    client_.send({"CREDIT", "r1", "5"});
    EXPECT_THAT(client_.numbers(), ElementsAre(5, 6, 7, 8, 9));
    EXPECT_EQ(client_.last.at(0), "MORE");
    client_.send({"CREDIT", "r1", "9"});
    EXPECT_THAT(client_.numbers(), ElementsAre(10));
    EXPECT_EQ(client_.last.at(0), "END");
}

TEST_F(ReplayServerTest, a_prefix_is_bytes_and_never_a_pattern) {
    client_.replay(3, "alert/b/");
    EXPECT_THAT(client_.numbers(), ElementsAre(4, 6, 8, 10));
    for (const char* pattern : {"alert/%", "alert/_/", "alert/.*", "' OR 1=1 --"}) {
        client_.replay(3, pattern);
        EXPECT_THAT(client_.numbers(), ElementsAre()) << pattern;
        EXPECT_EQ(client_.last.at(0), "END");
    }
}

TEST_F(ReplayServerTest, what_cannot_be_served_says_why_with_stream_first_and_head) {
    client_.replay(2);
    const Frames gone = client_.receive();
    ASSERT_EQ(gone.at(0), "ERROR");
    const json body = json::parse(gone.at(2));
    EXPECT_EQ(body.at("code"), "gone");
    EXPECT_EQ(body.at("stream"), "one");
    EXPECT_EQ(body.at("first"), 3);
    EXPECT_EQ(body.at("head"), 10);
    client_.replay(12);
    EXPECT_EQ(client_.error(), "out_of_range");
    client_.replay(8, "", 1, R"(,"until":6)");
    EXPECT_EQ(client_.error(), "out_of_range");
    client_.send({"REPLAY", "r1", R"({"stream":"two","from":1,"prefix":"","credit":1})"});
    EXPECT_EQ(client_.error(), "stream_changed");
}

TEST_F(ReplayServerTest, what_is_no_request_is_answered_and_changes_nothing) {
    client_.replay(3, "alert/", 1);
    EXPECT_THAT(client_.numbers(), ElementsAre(3));
    for (const Frames& bad : std::vector<Frames>{{"REPLAY", "r1", "{"},
                                                 {"REPLAY"},
                                                 {"", "", ""},
                                                 {"CREDIT", "r1", "many"},
                                                 {"CREDIT", "other", "1"},
                                                 {"REPLAY", std::string(33, 'x'), "{}"},
                                                 {"REPLAY", "r1", "{}", "", ""}}) {
        client_.send(bad);
        EXPECT_EQ(client_.error(), "bad_request");
    }
    client_.send({"CREDIT", "r1", "100"});
    EXPECT_THAT(client_.numbers(), ElementsAre(4, 5, 6, 7, 8, 9, 10));
}

TEST_F(ReplayServerTest, retention_under_a_replay_is_reported) {
    client_.replay(3, "alert/", 1);
    EXPECT_THAT(client_.numbers(), ElementsAre(3));
    stream_.retire_below(6);
    client_.send({"CREDIT", "r1", "1"});
    EXPECT_EQ(client_.error(), "gone");
}

TEST_F(ReplayServerTest, a_journal_that_cannot_be_read_is_internal) {
    stream_.break_down();
    client_.replay(3);
    EXPECT_EQ(client_.error(), "internal");
}

TEST_F(ReplayServerTest, beyond_its_places_it_is_busy) {
    std::vector<std::unique_ptr<Dealer>> others;
    for (std::size_t i = 0; i < ReplayServer::kMostCursors; ++i) {
        others.push_back(std::make_unique<Dealer>(server_->endpoints().front()));
        others.back()->replay(3, "alert/", 1);
        ASSERT_THAT(others.back()->numbers(), ElementsAre(3));
    }
    client_.replay(3);
    const Frames busy = client_.receive();
    ASSERT_EQ(busy.at(0), "ERROR");
    EXPECT_EQ(json::parse(busy.at(2)).at("code"), "busy");
    EXPECT_GT(json::parse(busy.at(2)).at("retry_after_ms"), 0);
    others.front()->send({"CREDIT", "r1", "256"});
    EXPECT_EQ(others.front()->numbers().size(), 7U);
    client_.replay(3);
    EXPECT_EQ(client_.numbers().size(), 8U) << "a place became free";
}

TEST_F(ReplayServerTest, who_has_gone_leaves_no_place_taken) {
    Dealer{server_->endpoints().front()}.replay(3, "alert/", 1);
    client_.replay(3);
    EXPECT_EQ(client_.numbers().size(), 8U);
}

}  // namespace
}  // namespace newswatch::publish
