#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <utility>

namespace newswatch {

/// A blocking queue whose room is counted in bytes (or any other cost).
///
/// Any number of threads on both ends. `close()` ends both sides: `push` is refused, `pop` hands out what was
/// accepted and then nothing. Nothing that was accepted is dropped.
/// One value always fits into an empty queue, so a value larger than the room cannot block for ever.
template <class T>
class BoundedQueue {
  public:
    BoundedQueue(std::size_t room, std::function<std::size_t(const T&)> cost)
        : room_{room}, cost_{std::move(cost)} {}

    /// Waits for room. False where the queue is closed; the value is then still the caller's.
    [[nodiscard]] bool push(T&& value) {
        const std::size_t size = cost_(value);
        std::unique_lock lock{mutex_};
        has_room_.wait(lock, [&] { return closed_ || values_.empty() || used_ + size <= room_; });
        if (closed_) return false;
        values_.emplace_back(std::move(value), size);
        used_ += size;
        has_value_.notify_one();
        return true;
    }

    /// Waits for a value; nothing once the queue is closed and empty.
    [[nodiscard]] std::optional<T> pop() {
        std::unique_lock lock{mutex_};
        has_value_.wait(lock, [&] { return closed_ || !values_.empty(); });
        return take();
    }

    /// A value that is there now, or nothing.
    [[nodiscard]] std::optional<T> try_pop() {
        const std::lock_guard lock{mutex_};
        return take();
    }

    void close() {
        const std::lock_guard lock{mutex_};
        closed_ = true;
        has_value_.notify_all();
        has_room_.notify_all();
    }

    [[nodiscard]] std::size_t used() const {
        const std::lock_guard lock{mutex_};
        return used_;
    }

  private:
    std::optional<T> take() {
        if (values_.empty()) return std::nullopt;
        auto [value, size] = std::move(values_.front());
        values_.pop_front();
        used_ -= size;
        has_room_.notify_all();
        return std::optional<T>{std::move(value)};
    }

    const std::size_t room_;
    const std::function<std::size_t(const T&)> cost_;
    mutable std::mutex mutex_;
    std::condition_variable has_value_;             // with mutex_
    std::condition_variable has_room_;              // with mutex_
    std::deque<std::pair<T, std::size_t>> values_;  // guarded by mutex_
    std::size_t used_{0};                           // guarded by mutex_
    bool closed_{false};                            // guarded by mutex_
};

}  // namespace newswatch
