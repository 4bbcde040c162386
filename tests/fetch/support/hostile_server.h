#pragma once

#include <sys/types.h>

#include <string>

namespace newswatch::test {

/// `tests/hostile_server.py` as a child process on a free port of 127.0.0.2.
class HostileServer {
  public:
    /// The one of this test program, started at its first use; null where python3 is missing.
    static HostileServer* shared();

    HostileServer();
    ~HostileServer();
    HostileServer(const HostileServer&) = delete;
    HostileServer& operator=(const HostileServer&) = delete;

    /// Whether it said that it listens.
    [[nodiscard]] bool runs() const { return !port_.empty(); }
    [[nodiscard]] std::string url(const std::string& path) const {
        return "http://127.0.0.2:" + port_ + path;
    }

  private:
    pid_t child_{-1};
    std::string port_{};
};

}  // namespace newswatch::test
