#include "schedule/due_heap.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

namespace newswatch::schedule {
namespace {

DueHeap::TimePoint at(int seconds) {
    return DueHeap::TimePoint{std::chrono::seconds{seconds}};
}

TEST(DueHeap, hands_out_slots_in_order_of_time_through_any_changes) {
    std::mt19937 random{7};
    DueHeap heap;
    std::vector<int> expected(500, -1);  // by slot; -1: not in
    for (int step = 0; step < 20'000; ++step) {
        const auto slot = static_cast<DueHeap::Slot>(random() % expected.size());
        if (random() % 4 == 0) {
            heap.erase(slot);
            expected[slot] = -1;
        } else {
            expected[slot] = static_cast<int>(random() % 1000);
            heap.set(slot, at(expected[slot]));
        }
    }
    std::erase(expected, -1);
    std::sort(expected.begin(), expected.end());
    std::vector<int> found;
    while (!heap.empty()) {
        found.push_back(static_cast<int>(heap.top().when.time_since_epoch() / std::chrono::seconds{1}));
        heap.erase(heap.top().slot);
    }
    EXPECT_EQ(found, expected);
}

TEST(DueHeap, knows_what_it_contains) {
    DueHeap heap;
    heap.set(3, at(1));
    EXPECT_TRUE(heap.contains(3));
    EXPECT_FALSE(heap.contains(2));
    EXPECT_FALSE(heap.contains(99));
    heap.erase(3);
    EXPECT_FALSE(heap.contains(3));
}

}  // namespace
}  // namespace newswatch::schedule
