#pragma once

#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace newswatch::publish {

/// An eventfd: wakes a thread from a poll, any number of times as one. Any thread may ring.
class WakeUp {
  public:
    WakeUp() : fd_{::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)} {
        if (fd_ < 0) throw std::system_error{errno, std::generic_category(), "eventfd"};
    }
    ~WakeUp() { ::close(fd_); }
    WakeUp(const WakeUp&) = delete;
    WakeUp& operator=(const WakeUp&) = delete;

    void ring() const { [[maybe_unused]] const int done = ::eventfd_write(fd_, 1); }
    void quiet() const {
        eventfd_t rings = 0;
        [[maybe_unused]] const int done = ::eventfd_read(fd_, &rings);  // none rang: nothing to do
    }
    [[nodiscard]] int fd() const { return fd_; }

  private:
    int fd_;
};

}  // namespace newswatch::publish
