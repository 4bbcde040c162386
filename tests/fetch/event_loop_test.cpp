#include "fetch/event_loop.h"

#include <gtest/gtest.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <thread>
#include <vector>

namespace newswatch::fetch {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

/// Two connected sockets.
class Pair {
  public:
    Pair() { EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends_.data()), 0); }
    ~Pair() {
        ::close(ends_[0]);
        ::close(ends_[1]);
    }
    Pair(const Pair&) = delete;
    Pair& operator=(const Pair&) = delete;
    [[nodiscard]] int near_end() const { return ends_[0]; }
    void send() const { EXPECT_EQ(::write(ends_[1], "x", 1), 1); }

  private:
    std::array<int, 2> ends_{};
};

TEST(EventLoop, runs_what_was_posted_before_stop_in_order) {
    EventLoop loop;
    std::vector<int> order;
    for (int i = 0; i < 100; ++i)
        loop.post([&order, i] { order.push_back(i); });
    loop.stop();
    loop.run();
    ASSERT_EQ(order.size(), 100U);
    EXPECT_TRUE(std::is_sorted(order.begin(), order.end()));
}

TEST(EventLoop, runs_what_another_thread_posts) {
    EventLoop loop;
    std::thread::id ran_on;
    std::jthread other{[&] {
        loop.post([&] { ran_on = std::this_thread::get_id(); });
        loop.stop();
    }};
    loop.run();
    EXPECT_EQ(ran_on, std::this_thread::get_id());
}

TEST(EventLoop, loses_nothing_that_many_threads_post) {
    EventLoop loop;
    int ran = 0;
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < 4; ++t) {
            threads.emplace_back([&] {
                for (int i = 0; i < 1000; ++i)
                    loop.post([&] {
                        if (++ran == 4000) loop.stop();
                    });
            });
        }
        loop.run();
    }
    EXPECT_EQ(ran, 4000);
}

TEST(EventLoop, runs_again_after_it_was_stopped) {
    EventLoop loop;
    loop.stop();
    loop.run();
    bool ran = false;
    loop.post([&] { ran = true; });
    loop.stop();
    loop.run();
    EXPECT_TRUE(ran);
}

TEST(EventLoop, calls_thousands_of_timers_in_order_and_none_before_its_time) {
    EventLoop loop;
    const auto start = Clock::now();
    std::vector<int> order;
    bool early = false;
    for (int i = 4999; i >= 0; --i) {
        const auto when = start + std::chrono::microseconds{i * 10};
        loop.call_at(when, [&, i, when] {
            early = early || Clock::now() < when;
            order.push_back(i);
        });
    }
    loop.call_at(start + 51ms, [&] { loop.stop(); });
    loop.run();
    EXPECT_EQ(order.size(), 5000U);
    EXPECT_TRUE(std::is_sorted(order.begin(), order.end()));
    EXPECT_FALSE(early);
}

TEST(EventLoop, a_cancelled_timer_is_not_called) {
    EventLoop loop;
    bool called = false;
    const auto soon = Clock::now() + 1ms;
    EventLoop::TimerId second = 0;
    const auto first = loop.call_at(soon, [&] { called = true; });
    loop.call_at(soon, [&] { loop.cancel(second); });
    second = loop.call_at(soon, [&] { called = true; });
    loop.cancel(first);
    loop.call_at(soon + 1ms, [&] { loop.stop(); });
    loop.run();
    EXPECT_FALSE(called);
}

TEST(EventLoop, a_timer_that_sets_itself_anew_does_not_starve_sockets) {
    EventLoop loop;
    const Pair pair;
    std::function<void()> again = [&] { loop.call_at(Clock::now(), again); };
    again();
    loop.watch(pair.near_end(), EPOLLIN, [&](std::uint32_t) { loop.stop(); });
    pair.send();
    loop.run();
    SUCCEED();
}

TEST(EventLoop, calls_when_a_socket_is_ready) {
    EventLoop loop;
    const Pair pair;
    std::uint32_t seen = 0;
    loop.watch(pair.near_end(), EPOLLIN, [&](std::uint32_t events) {
        seen = events;
        loop.stop();
    });
    loop.post([&] { pair.send(); });
    loop.run();
    EXPECT_EQ(seen & EPOLLIN, static_cast<std::uint32_t>(EPOLLIN));
}

TEST(EventLoop, a_socket_watched_again_calls_the_new_function) {
    EventLoop loop;
    const Pair pair;
    int called = 0;
    loop.watch(pair.near_end(), EPOLLIN, [&](std::uint32_t) { called = 1; });
    loop.watch(pair.near_end(), EPOLLIN, [&](std::uint32_t) {
        called = 2;
        loop.stop();
    });
    pair.send();
    loop.run();
    EXPECT_EQ(called, 2);
}

TEST(EventLoop, a_socket_that_is_forgotten_in_the_same_round_is_not_called) {
    EventLoop loop;
    const Pair one;
    const Pair two;
    int called = 0;
    // Whichever comes first forgets both.
    const auto forget_both = [&](std::uint32_t) {
        ++called;
        loop.forget(one.near_end());
        loop.forget(two.near_end());
        loop.stop();
    };
    loop.watch(one.near_end(), EPOLLIN, forget_both);
    loop.watch(two.near_end(), EPOLLIN, forget_both);
    one.send();
    two.send();
    loop.run();
    EXPECT_EQ(called, 1);
}

TEST(EventLoop, a_descriptor_number_may_come_back_for_another_socket) {
    EventLoop loop;
    int number = -1;
    {
        const Pair old;
        number = old.near_end();
        loop.watch(number, EPOLLIN, [](std::uint32_t) { FAIL() << "the old socket is closed"; });
    }
    const Pair fresh;
    ASSERT_EQ(fresh.near_end(), number);
    bool called = false;
    loop.watch(number, EPOLLIN, [&](std::uint32_t) {
        called = true;
        loop.stop();
    });
    fresh.send();
    loop.run();
    EXPECT_TRUE(called);
}

TEST(EventLoop, refuses_to_watch_what_cannot_be_watched) {
    EventLoop loop;
    EXPECT_THROW(loop.watch(-1, EPOLLIN, [](std::uint32_t) {}), std::system_error);
}

}  // namespace
}  // namespace newswatch::fetch
