#include "ctl/interrupt.h"

namespace newswatch::ctl {

namespace {

// A signal handler can reach nothing but a global (C++20 [support.signal]).
volatile std::sig_atomic_t g_asked = 0;

void remember(int /*signal*/) {
    g_asked = 1;
}

}  // namespace

Interrupt::Interrupt() {
    g_asked = 0;
    struct sigaction action {};
    action.sa_handler = remember;
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, &before_int_);
    sigaction(SIGTERM, &action, &before_term_);
}

Interrupt::~Interrupt() {
    sigaction(SIGINT, &before_int_, nullptr);
    sigaction(SIGTERM, &before_term_, nullptr);
}

bool Interrupt::asked() const {
    return g_asked != 0;
}

}  // namespace newswatch::ctl
