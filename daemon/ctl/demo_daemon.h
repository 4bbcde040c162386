#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>

#include "base/error.h"
#include "ctl/demo_folder.h"

namespace newswatch::ctl {

/// The real newswatchd as a child process, its output in the demo's log. It has a process group of its own,
/// so that Ctrl-C reaches it by us alone, and ends when we end, however that comes.
class DemoDaemon {
  public:
    /// Starts the program and waits until it is ready: it says so itself, as to systemd (sd_notify(3)).
    /// Errors quote the last line of its log.
    [[nodiscard]] static Result<DemoDaemon> start(const std::filesystem::path& program,
                                                  const DemoFolder& folder, std::chrono::seconds patience);

    DemoDaemon(DemoDaemon&& other) noexcept;
    DemoDaemon& operator=(DemoDaemon&&) = delete;
    /// SIGTERM, and SIGKILL where the daemon has not ended after 20 s.
    ~DemoDaemon();

    [[nodiscard]] bool running();

  private:
    DemoDaemon(pid_t process, int exit_event);

    pid_t process_;
    int exit_event_;  ///< readable once the process has ended (pidfd_open(2))
};

/// The last line of a log that says something; empty where there is none.
[[nodiscard]] std::string last_line(const std::filesystem::path& log);

}  // namespace newswatch::ctl
