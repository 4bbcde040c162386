#pragma once

#include <atomic>
#include <chrono>

/// Time is handed in, so that a test can walk through a year without waiting a second.
namespace newswatch {

/// Whole microseconds of UTC, as stored and shown.
using Time = std::chrono::sys_time<std::chrono::microseconds>;

/// Any thread may call.
class Clock {
  public:
    virtual ~Clock() = default;
    /// Civil time, for what people see. It may jump.
    [[nodiscard]] virtual Time now() const = 0;
    /// Time that never jumps, for intervals and timers (FAULTS.md 31).
    [[nodiscard]] virtual std::chrono::steady_clock::time_point steady_now() const = 0;
};

class SystemClock final : public Clock {
  public:
    [[nodiscard]] Time now() const override {
        return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
    }
    [[nodiscard]] std::chrono::steady_clock::time_point steady_now() const override {
        return std::chrono::steady_clock::now();
    }
};

/// Stands still until a test moves it.
class ManualClock final : public Clock {
  public:
    explicit ManualClock(Time start) : now_{start.time_since_epoch()} {}
    [[nodiscard]] Time now() const override { return Time{now_.load()}; }
    [[nodiscard]] std::chrono::steady_clock::time_point steady_now() const override {
        return std::chrono::steady_clock::time_point{now_.load()};
    }
    void advance(std::chrono::microseconds by) { now_.store(now_.load() + by); }

  private:
    std::atomic<std::chrono::microseconds> now_;
};

}  // namespace newswatch
