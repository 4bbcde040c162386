#pragma once

#include <csignal>
#include <string_view>

/// systemd's side of the daemon: readiness, status, reload, stop, watchdog; and signals as events.
/// Outside systemd the notifications go nowhere and nothing else changes.
namespace newswatch::service {

/// sd_notify(3). Any thread may call.
void ready(std::string_view status);
void status(std::string_view text);
/// RELOADING=1 with MONOTONIC_USEC; end it with `ready`.
void reloading();
void stopping();
/// Feeds the watchdog, where the unit asks for one.
void alive();

enum class Signal { stop, reload };

/// Blocks SIGTERM, SIGINT and SIGHUP for this thread and all that it starts: call first in main, before any
/// thread exists.
void block_signals();
/// Waits for the next of them. Main thread.
[[nodiscard]] Signal wait_for_signal();

}  // namespace newswatch::service
