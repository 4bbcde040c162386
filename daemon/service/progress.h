#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"

/// Whether every thread of the daemon still gets on with what it began: the watchdog is fed only then.
namespace newswatch::service {

/// The pulse of one thread. A thread that waits for work rests; one that works must `beat` before its
/// patience is over. Any thread may call; nothing here waits.
class Pulse {
  public:
    Pulse(std::string name, std::chrono::seconds patience, const Clock& clock)
        : name_{std::move(name)}, patience_{patience}, clock_{clock} {}

    /// Work goes on: called where it begins and again after each step that may take long.
    void beat() { last_beat_ = clock_.steady_now().time_since_epoch().count(); }
    /// Nothing to do.
    void rest() { last_beat_ = kAtRest; }
    [[nodiscard]] bool rests() const { return last_beat_ == kAtRest; }

    /// For how long the work has not moved, where that is beyond the thread's patience.
    [[nodiscard]] std::optional<std::chrono::seconds> stuck_for() const;
    [[nodiscard]] const std::string& name() const { return name_; }

  private:
    using Ticks = std::chrono::steady_clock::rep;
    static constexpr Ticks kAtRest = -1;

    const std::string name_;
    const std::chrono::seconds patience_;
    const Clock& clock_;
    std::atomic<Ticks> last_beat_{kAtRest};
};

/// Work from here to the end of the block.
class Working {
  public:
    explicit Working(Pulse& pulse) : pulse_{pulse} { pulse_.beat(); }
    ~Working() { pulse_.rest(); }
    Working(const Working&) = delete;
    Working& operator=(const Working&) = delete;

  private:
    Pulse& pulse_;
};

/// The pulses of all threads. Any thread may call.
class Progress {
  public:
    explicit Progress(const Clock& clock) : clock_{clock} {}

    /// A new thread, at rest. The pulse lives as long as this object.
    [[nodiscard]] Pulse& add(std::string name, std::chrono::seconds patience);

    /// `the writer has not moved for 42 s` of each thread that is stuck; empty where all get on.
    [[nodiscard]] std::vector<std::string> stuck() const;

  private:
    const Clock& clock_;
    mutable std::mutex mutex_;
    std::vector<std::unique_ptr<Pulse>> pulses_;  // guarded by mutex_
};

}  // namespace newswatch::service
