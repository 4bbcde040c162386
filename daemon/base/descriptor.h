#pragma once

#include <unistd.h>

#include <utility>

namespace newswatch {

/// A file descriptor that is closed with its owner. Negative: none.
class Descriptor {
  public:
    Descriptor() = default;
    explicit Descriptor(int fd) : fd_{fd} {}
    Descriptor(Descriptor&& other) noexcept : fd_{other.release()} {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(fd_, other.fd_);
        return *this;
    }
    ~Descriptor() {
        if (fd_ >= 0) ::close(fd_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] int get() const { return fd_; }
    /// Hands it over to who closes it instead.
    [[nodiscard]] int release() { return std::exchange(fd_, -1); }

  private:
    int fd_{-1};
};

}  // namespace newswatch
