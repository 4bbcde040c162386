#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace newswatch::schedule {

/// Slots in order of a time, any of which can be moved or taken out: a binary heap that knows where each
/// slot stands. 20 bytes a slot. Every change is O(log n), `top` O(1).
class DueHeap {
  public:
    using Slot = std::uint32_t;
    using TimePoint = std::chrono::steady_clock::time_point;
    struct Due {
        TimePoint when{};
        Slot slot{0};
    };

    [[nodiscard]] bool empty() const { return heap_.empty(); }
    [[nodiscard]] std::size_t size() const { return heap_.size(); }
    [[nodiscard]] bool contains(Slot slot) const;
    /// The earliest. Not to be asked of an empty heap.
    [[nodiscard]] const Due& top() const { return heap_.front(); }

    /// Puts `slot` in, or moves it where it is in already.
    void set(Slot slot, TimePoint when);
    /// Takes `slot` out; nothing happens where it is not in.
    void erase(Slot slot);
    void clear();

  private:
    void place(std::size_t index, const Due& due);
    void rise(std::size_t index);
    void sink(std::size_t index);

    std::vector<Due> heap_;
    std::vector<std::uint32_t> where_;  // index in heap_ by slot, or kNowhere
};

}  // namespace newswatch::schedule
