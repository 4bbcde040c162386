#pragma once

#include <chrono>
#include <csignal>

namespace newswatch::ctl {

/// How soon a loop that waits for alerts notices Ctrl-C and a closed pipe.
inline constexpr std::chrono::milliseconds kLook{200};

/// Turns Ctrl-C and SIGTERM into a question for a loop to ask, for as long as it lives. One at a time.
/// A system call under way returns early (EINTR), so a waiting loop asks at once.
class Interrupt {
  public:
    Interrupt();
    ~Interrupt();
    Interrupt(const Interrupt&) = delete;
    Interrupt& operator=(const Interrupt&) = delete;

    [[nodiscard]] bool asked() const;

  private:
    struct sigaction before_int_ {};
    struct sigaction before_term_ {};
};

}  // namespace newswatch::ctl
