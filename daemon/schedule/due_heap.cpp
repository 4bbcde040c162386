#include "schedule/due_heap.h"

#include <limits>

namespace newswatch::schedule {

namespace {
constexpr std::uint32_t kNowhere = std::numeric_limits<std::uint32_t>::max();
}

bool DueHeap::contains(Slot slot) const {
    return slot < where_.size() && where_[slot] != kNowhere;
}

void DueHeap::place(std::size_t index, const Due& due) {
    heap_[index] = due;
    where_[due.slot] = static_cast<std::uint32_t>(index);
}

void DueHeap::rise(std::size_t index) {
    const Due due = heap_[index];
    while (index > 0) {
        const std::size_t parent = (index - 1) / 2;
        if (heap_[parent].when <= due.when) break;
        place(index, heap_[parent]);
        index = parent;
    }
    place(index, due);
}

void DueHeap::sink(std::size_t index) {
    const Due due = heap_[index];
    while (true) {
        std::size_t child = 2 * index + 1;
        if (child >= heap_.size()) break;
        if (child + 1 < heap_.size() && heap_[child + 1].when < heap_[child].when) ++child;
        if (heap_[child].when >= due.when) break;
        place(index, heap_[child]);
        index = child;
    }
    place(index, due);
}

void DueHeap::set(Slot slot, TimePoint when) {
    if (slot >= where_.size()) where_.resize(slot + std::size_t{1}, kNowhere);
    if (where_[slot] == kNowhere) {
        heap_.push_back({when, slot});
        rise(heap_.size() - 1);
        return;
    }
    const std::size_t index = where_[slot];
    const bool earlier = when < heap_[index].when;
    heap_[index].when = when;
    if (earlier) {
        rise(index);
    } else {
        sink(index);
    }
}

void DueHeap::erase(Slot slot) {
    if (!contains(slot)) return;
    const std::size_t index = where_[slot];
    where_[slot] = kNowhere;
    const Due last = heap_.back();
    heap_.pop_back();
    if (index == heap_.size()) return;  // it was the last itself
    place(index, last);
    rise(index);
    sink(where_[last.slot]);
}

void DueHeap::clear() {
    heap_.clear();
    where_.clear();
}

}  // namespace newswatch::schedule
