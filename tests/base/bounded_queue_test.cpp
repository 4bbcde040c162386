#include "base/bounded_queue.h"

#include <gtest/gtest.h>

#include <future>
#include <string>
#include <thread>

namespace newswatch {
namespace {

using namespace std::chrono_literals;

BoundedQueue<std::string> queue_of(std::size_t room) {
    return {room, [](const std::string& text) { return text.size(); }};
}

TEST(BoundedQueue, values_come_out_in_the_order_they_went_in) {
    auto queue = queue_of(100);
    ASSERT_TRUE(queue.push("first"));
    ASSERT_TRUE(queue.push("second"));
    EXPECT_EQ(queue.pop(), "first");
    EXPECT_EQ(queue.pop(), "second");
}

TEST(BoundedQueue, a_value_that_has_no_room_waits_until_another_is_taken) {
    auto queue = queue_of(10);
    ASSERT_TRUE(queue.push("12345678"));
    std::promise<bool> pushed;
    std::future<bool> outcome = pushed.get_future();
    std::jthread producer{[&] { pushed.set_value(queue.push("abcdefgh")); }};
    EXPECT_EQ(outcome.wait_for(20ms), std::future_status::timeout);
    EXPECT_EQ(queue.pop(), "12345678");
    EXPECT_TRUE(outcome.get());
    EXPECT_EQ(queue.pop(), "abcdefgh");
}

TEST(BoundedQueue, a_value_larger_than_the_room_fits_into_an_empty_queue) {
    auto queue = queue_of(3);
    EXPECT_TRUE(queue.push("far too long"));
}

TEST(BoundedQueue, closing_refuses_new_values_and_hands_out_what_was_accepted) {
    auto queue = queue_of(100);
    ASSERT_TRUE(queue.push("accepted"));
    queue.close();
    EXPECT_FALSE(queue.push("late"));
    EXPECT_EQ(queue.pop(), "accepted");
    EXPECT_EQ(queue.pop(), std::nullopt);
}

TEST(BoundedQueue, closing_wakes_a_thread_that_waits_for_a_value) {
    auto queue = queue_of(100);
    std::future<bool> ended = std::async(std::launch::async, [&] { return queue.pop() == std::nullopt; });
    queue.close();
    EXPECT_TRUE(ended.get());
}

TEST(BoundedQueue, closing_wakes_a_thread_that_waits_for_room) {
    auto queue = queue_of(1);
    ASSERT_TRUE(queue.push("1"));
    std::future<bool> pushed = std::async(std::launch::async, [&] { return queue.push("2"); });
    queue.close();
    EXPECT_FALSE(pushed.get());
}

TEST(BoundedQueue, nothing_is_lost_or_doubled_between_many_threads) {
    auto queue = queue_of(64);
    constexpr int kProducers = 4;
    constexpr int kValues = 2000;
    std::atomic<int> taken{0};
    std::atomic<long> sum{0};
    {
        std::vector<std::jthread> consumers;
        for (int i = 0; i < 3; ++i) {
            consumers.emplace_back([&] {
                while (auto value = queue.pop()) {
                    ++taken;
                    sum += std::stol(*value);
                }
            });
        }
        {
            std::vector<std::jthread> producers;
            for (int i = 0; i < kProducers; ++i) {
                producers.emplace_back([&] {
                    for (int value = 1; value <= kValues; ++value)
                        ASSERT_TRUE(queue.push(std::to_string(value)));
                });
            }
        }
        queue.close();
    }
    EXPECT_EQ(taken, kProducers * kValues);
    EXPECT_EQ(sum, static_cast<long>(kProducers) * kValues * (kValues + 1) / 2);
}

}  // namespace
}  // namespace newswatch
