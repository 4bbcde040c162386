#include <systemd/sd-daemon.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <string>

#include "base/clock.h"
#include "service/service.h"

namespace newswatch::service {

namespace {

/// sd_notify answers 0 outside systemd and a negative number where the socket is gone; neither is a reason
/// to stop serving, and systemd itself acts on a missing READY=1 or WATCHDOG=1.
void notify(const std::string& state) {
    static_cast<void>(sd_notify(0, state.c_str()));
}

/// A status is one line: sd_notify(3) reads a line end as the next assignment.
std::string one_line(std::string_view text) {
    std::string line{text};
    for (char& byte : line) {
        if (byte == '\n' || byte == '\r') byte = ' ';
    }
    return line;
}

}  // namespace

void ready(std::string_view status) {
    notify("READY=1\nSTATUS=" + one_line(status));
}

void status(std::string_view text) {
    notify("STATUS=" + one_line(text));
}

void reloading() {
    // sd_notify(3): MONOTONIC_USEC is CLOCK_MONOTONIC, which is what steady_clock reads.
    const auto since_boot = std::chrono::steady_clock::now().time_since_epoch();
    const auto microseconds = std::chrono::duration_cast<std::chrono::microseconds>(since_boot).count();
    notify("RELOADING=1\nMONOTONIC_USEC=" + std::to_string(microseconds));
}

void stopping() {
    notify("STOPPING=1");
}

void alive() {
    if (sd_watchdog_enabled(0, nullptr) > 0) notify("WATCHDOG=1");
}

std::chrono::milliseconds look_every() {
    constexpr std::chrono::milliseconds kAtLeast{std::chrono::seconds{10}};
    std::uint64_t microseconds = 0;
    if (sd_watchdog_enabled(0, &microseconds) <= 0) return kAtLeast;
    // sd_watchdog_enabled(3) says half of it; a third leaves room for one that comes late.
    const std::chrono::microseconds third{static_cast<std::int64_t>(microseconds / 3)};
    return std::min(kAtLeast, std::chrono::duration_cast<std::chrono::milliseconds>(third));
}

}  // namespace newswatch::service
