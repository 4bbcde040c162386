#include <pthread.h>

#include <cassert>

#include "service/service.h"

namespace newswatch::service {

namespace {

sigset_t handled_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGHUP);
    return signals;
}

}  // namespace

void block_signals() {
    const sigset_t signals = handled_signals();
    [[maybe_unused]] const int error = pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    assert(error == 0);  // fails for a wrong `how` only
    // A peer that closes its socket is an error of that write, not the end of the daemon.
    std::signal(SIGPIPE, SIG_IGN);
}

Signal wait_for_signal(std::chrono::milliseconds at_most) {
    const sigset_t signals = handled_signals();
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(at_most);
    const timespec timeout{.tv_sec = static_cast<time_t>(seconds.count()),
                           .tv_nsec = static_cast<long>(std::chrono::nanoseconds{at_most - seconds}.count())};
    // Also woken by a signal that is not ours, a debugger's for example: that is as if time had passed.
    const int received = sigtimedwait(&signals, nullptr, &timeout);
    if (received < 0) return Signal::none;
    return received == SIGHUP ? Signal::reload : Signal::stop;
}

}  // namespace newswatch::service
