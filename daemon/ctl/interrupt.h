#pragma once

#include <csignal>

namespace newswatch::ctl {

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
