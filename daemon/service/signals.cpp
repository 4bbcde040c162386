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

Signal wait_for_signal() {
    const sigset_t signals = handled_signals();
    int received = SIGTERM;
    [[maybe_unused]] const int error = sigwait(&signals, &received);
    assert(error == 0);  // fails for an invalid set only
    return received == SIGHUP ? Signal::reload : Signal::stop;
}

}  // namespace newswatch::service
