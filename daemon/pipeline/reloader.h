#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace newswatch {

/// The thread that reads edited files again, so that whoever asks for it need not wait. What is asked for
/// while it reads is done once more afterwards, however often it was asked.
class Reloader {
  public:
    explicit Reloader(std::function<void()> reload) : reload_{std::move(reload)} {}
    ~Reloader() { stop(); }
    Reloader(const Reloader&) = delete;
    Reloader& operator=(const Reloader&) = delete;

    void start() {
        thread_ = std::jthread{[this] { run(); }};
    }
    /// Any thread may call.
    void ask() {
        {
            const std::lock_guard lock{mutex_};
            asked_ = true;
        }
        changed_.notify_all();
    }
    /// Waits for the reload under way; what was asked for meanwhile is left to the next start.
    void stop() {
        {
            const std::lock_guard lock{mutex_};
            ending_ = true;
        }
        changed_.notify_all();
        if (thread_.joinable()) thread_.join();
    }

  private:
    void run() {
        while (true) {
            {
                std::unique_lock lock{mutex_};
                changed_.wait(lock, [this] { return asked_ || ending_; });
                if (ending_) return;
                asked_ = false;
            }
            reload_();
        }
    }

    const std::function<void()> reload_;
    std::mutex mutex_;
    std::condition_variable changed_;  // with mutex_
    bool asked_{false};                // guarded by mutex_
    bool ending_{false};               // guarded by mutex_
    std::jthread thread_;
};

}  // namespace newswatch
