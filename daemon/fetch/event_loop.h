#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>

namespace newswatch::fetch {

/// One epoll loop. Everything but `post` and `stop` belongs to the thread that calls `run`.
class EventLoop {
  public:
    EventLoop();
    ~EventLoop();
    EventLoop(const EventLoop&) = delete;
    EventLoop& operator=(const EventLoop&) = delete;

    using TimerId = std::uint64_t;

    /// Calls `on_ready(events)` whenever `fd` is ready for one of `events` (EPOLLIN, EPOLLOUT). Again for a
    /// watched fd: changes it.
    void watch(int fd, std::uint32_t events, std::function<void(std::uint32_t)> on_ready);
    void forget(int fd);

    /// Calls once, not before `when`.
    TimerId call_at(std::chrono::steady_clock::time_point when, std::function<void()> call);
    void cancel(TimerId timer);

    /// From any thread: runs `call` on the loop thread, in the order posted.
    void post(std::function<void()> call);

    /// Runs until `stop`. What was posted before `stop` is run.
    void run();
    /// From any thread.
    void stop();

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace newswatch::fetch
