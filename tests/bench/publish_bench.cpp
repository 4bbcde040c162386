#include <benchmark/benchmark.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <vector>
#include <zmq.hpp>

#include "publish/publisher.h"
#include "publish/wire.h"

// CPU time of the publishing process for one message, against a plain zmq PUB socket that sends the same
// frames. The argument is the number of subscribers, each with a prefix of its own; they live in a process of
// their own.

namespace {

using namespace newswatch;

constexpr std::size_t kPayload = 1500;
constexpr std::size_t kMostMessages = 60'000;

std::string topic_number(std::size_t subscriber) {
    return topic_of("wl-" + std::to_string(subscriber), Priority::normal);
}

/// A process with subscribers; ready once each of them has heard a heartbeat.
class Audience {
  public:
    Audience(std::size_t subscribers, const std::string& endpoint) {
        raise_file_limit();
        if (::pipe(ends_.data()) != 0) throw std::runtime_error{"pipe"};
        child_ = ::fork();
        if (child_ == 0) listen(subscribers, endpoint);
    }
    ~Audience() {
        ::kill(child_, SIGKILL);
        ::waitpid(child_, nullptr, 0);
        ::close(ends_[0]);
        ::close(ends_[1]);
    }
    Audience(const Audience&) = delete;
    Audience& operator=(const Audience&) = delete;

    /// Whether it became ready within the time.
    [[nodiscard]] bool ready(int milliseconds) const {
        std::array<zmq::pollitem_t, 1> items{{{nullptr, ends_[0], ZMQ_POLLIN, 0}}};
        return zmq::poll(items, std::chrono::milliseconds{milliseconds}) == 1;
    }

  private:
    /// Two descriptors a subscriber: more than the usual soft limit of 1024.
    static void raise_file_limit() {
        rlimit limit{};
        ::getrlimit(RLIMIT_NOFILE, &limit);
        limit.rlim_cur = limit.rlim_max;
        ::setrlimit(RLIMIT_NOFILE, &limit);
    }
    [[noreturn]] void listen(std::size_t subscribers, const std::string& endpoint) const {
        zmq::context_t context{1};
        context.set(zmq::ctxopt::max_sockets, static_cast<int>(subscribers) + 10);
        std::vector<zmq::socket_t> sockets;
        std::vector<zmq::pollitem_t> items;
        for (std::size_t i = 0; i < subscribers; ++i) {
            zmq::socket_t& socket = sockets.emplace_back(context, zmq::socket_type::sub);
            socket.set(zmq::sockopt::rcvhwm, 0);
            socket.set(zmq::sockopt::subscribe, topic_number(i));
            socket.set(zmq::sockopt::subscribe, "hb/");
            socket.connect(endpoint);
            items.push_back({socket.handle(), 0, ZMQ_POLLIN, 0});
        }
        std::vector<bool> heard(subscribers, false);
        std::size_t waiting = subscribers;
        zmq::message_t message;
        while (true) {
            zmq::poll(items, std::chrono::milliseconds{-1});
            for (std::size_t i = 0; i < subscribers; ++i) {
                if ((items[i].revents & ZMQ_POLLIN) == 0) continue;
                while (sockets[i].recv(message, zmq::recv_flags::dontwait)) {
                }
                if (heard[i]) continue;
                heard[i] = true;
                if (--waiting == 0 && ::write(ends_[1], "r", 1) != 1) ::_exit(1);
            }
        }
    }

    std::array<int, 2> ends_{};
    pid_t child_{-1};
};

double cpu_seconds() {
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
    };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

/// Below the high-water mark of every subscriber: what is dropped costs less.
std::size_t messages_for(std::size_t subscribers) {
    return std::min(kMostMessages, 9000 * subscribers);
}

void plain_pub(benchmark::State& state) {
    const auto subscribers = static_cast<std::size_t>(state.range(0));
    const std::string payload(kPayload, 'p');
    const std::size_t messages = messages_for(subscribers);
    for (auto _ : state) {
        zmq::context_t context{1};
        zmq::socket_t socket{context, zmq::socket_type::pub};
        socket.set(zmq::sockopt::sndhwm, 10'000);
        socket.bind("tcp://127.0.0.1:*");
        const auto send = [&](std::string_view topic, std::uint64_t number) {
            socket.send(zmq::buffer(topic), zmq::send_flags::sndmore);
            socket.send(zmq::buffer(publish::encode_numbers(number, 0)), zmq::send_flags::sndmore);
            socket.send(zmq::buffer(payload), zmq::send_flags::none);
        };
        const Audience audience{subscribers, socket.get(zmq::sockopt::last_endpoint)};
        while (!audience.ready(100))
            send("hb/", 0);
        std::vector<std::string> topics;
        for (std::size_t i = 0; i < subscribers; ++i)
            topics.push_back(topic_number(i));
        const double before = cpu_seconds();
        for (std::size_t i = 0; i < messages; ++i)
            send(topics[i % subscribers], i + 1);
        socket.close();
        context.close();  // waits until everything is handed to the kernel
        state.SetIterationTime((cpu_seconds() - before) / static_cast<double>(messages));
    }
}

/// The journal's part: alerts that exist as soon as they are let go.
class Outbox {
  public:
    explicit Outbox(std::size_t subscribers) {
        for (std::size_t i = 0; i < subscribers; ++i)
            topics_.push_back(topic_number(i));
    }
    void let_go(std::size_t messages) {
        const std::lock_guard lock{mutex_};
        head_ = messages;
    }
    void wait_until_all_are_read() {
        std::unique_lock lock{mutex_};
        all_read_.wait(lock, [&] { return done_; });
    }
    [[nodiscard]] publish::AlertSource source() {
        return {.alerts_after = [this](std::uint64_t after,
                                       std::size_t limit) -> Result<std::vector<StoredAlert>> {
                    const std::lock_guard lock{mutex_};
                    std::vector<StoredAlert> alerts;
                    for (std::uint64_t number = after + 1; number <= head_ && alerts.size() < limit; ++number)
                        alerts.push_back({.number = number,
                                          .previous = 0,
                                          .topic = topics_[(number - 1) % topics_.size()],
                                          .payload = payload_});
                    done_ = head_ > 0 && after + alerts.size() >= head_;
                    if (done_) all_read_.notify_all();
                    return alerts;
                },
                .head =
                    [this] {
                        const std::lock_guard lock{mutex_};
                        return StreamHead{.stream = "bench", .head = head_, .first = 1};
                    }};
    }

  private:
    const std::string payload_ = std::string(kPayload, 'p');
    std::vector<std::string> topics_{};
    std::mutex mutex_;
    std::condition_variable all_read_;  // with mutex_
    std::uint64_t head_{0};             // guarded by mutex_
    bool done_{false};                  // guarded by mutex_
};

void publisher(benchmark::State& state) {
    const auto subscribers = static_cast<std::size_t>(state.range(0));
    const std::size_t messages = messages_for(subscribers);
    const SystemClock clock;
    for (auto _ : state) {
        Outbox outbox{subscribers};
        auto started = publish::Publisher::start({"tcp://127.0.0.1:*"}, false, outbox.source(), 0, clock);
        if (!started) return state.SkipWithError(started.error().line().c_str());
        const Audience audience{subscribers, (*started)->endpoints().front()};
        while (!audience.ready(1000)) {
        }
        const double before = cpu_seconds();
        outbox.let_go(messages);
        (*started)->wake();
        outbox.wait_until_all_are_read();
        started->reset();  // sends the rest and waits until everything is handed to the kernel
        state.SetIterationTime((cpu_seconds() - before) / static_cast<double>(messages));
    }
}

}  // namespace

BENCHMARK(plain_pub)->Arg(1)->Arg(100)->Arg(1000)->Iterations(3)->UseManualTime()->Unit(
    benchmark::kMicrosecond);
BENCHMARK(publisher)->Arg(1)->Arg(100)->Arg(1000)->Iterations(3)->UseManualTime()->Unit(
    benchmark::kMicrosecond);
BENCHMARK_MAIN();
