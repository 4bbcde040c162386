#pragma once

#include <chrono>
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
/// How often to look after the threads and to say `alive`: a third of the unit's WatchdogSec=, and no less
/// often than every ten seconds.
[[nodiscard]] std::chrono::milliseconds look_every();

/// What the main thread is woken for; `none` where only time has passed.
enum class Signal { none, stop, reload };

/// Blocks SIGTERM, SIGINT and SIGHUP for this thread and all that it starts: call first in main, before any
/// thread exists.
void block_signals();
/// Waits for the next of them, at most so long. Main thread.
[[nodiscard]] Signal wait_for_signal(std::chrono::milliseconds at_most);

}  // namespace newswatch::service
