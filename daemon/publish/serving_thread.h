#pragma once

#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>
#include <zmq.hpp>

#include "publish/wake_up.h"

namespace newswatch::publish {

/// The thread of a server and what ends and wakes it. `start` is called once; `wake` and `stop` by any
/// thread, `wait` by the thread itself.
class ServingThread {
  public:
    ServingThread() = default;
    ~ServingThread() { stop(); }
    ServingThread(const ServingThread&) = delete;
    ServingThread& operator=(const ServingThread&) = delete;

    /// `serve` returns soon once `stopping`.
    void start(std::function<void()> serve) { thread_ = std::jthread{std::move(serve)}; }

    void wake() const { wake_.ring(); }
    /// Waits for the end of the thread.
    void stop() {
        const std::lock_guard lock{mutex_};
        stopping_ = true;
        wake_.ring();
        if (thread_.joinable()) thread_.join();
    }
    [[nodiscard]] bool stopping() const { return stopping_; }

    /// Until something came to `socket`, somebody woke us, a signal came, or `longest` has passed. Whether
    /// the socket has something.
    bool wait(zmq::socket_t& socket, std::chrono::milliseconds longest) const {
        std::array<zmq::pollitem_t, 2> items{
            {{nullptr, wake_.fd(), ZMQ_POLLIN, 0}, {socket.handle(), 0, ZMQ_POLLIN, 0}}};
        try {
            zmq::poll(items, longest);
        } catch (const zmq::error_t& error) {
            if (error.num() != EINTR) throw;
            return false;
        }
        wake_.quiet();
        return (items[1].revents & ZMQ_POLLIN) != 0;
    }

  private:
    const WakeUp wake_;
    std::atomic<bool> stopping_{false};
    std::mutex mutex_;  // guards the join
    std::jthread thread_{};
};

}  // namespace newswatch::publish
