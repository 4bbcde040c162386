#include "support/hostile_server.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <stdexcept>

namespace newswatch::test {

namespace {
constexpr const char* kPython = "/usr/bin/python3";
}

HostileServer* HostileServer::shared() {
    static HostileServer server;
    return server.runs() ? &server : nullptr;
}

HostileServer::HostileServer() {
    if (::access(kPython, X_OK) != 0) return;
    std::array<int, 2> pipe{};
    if (::pipe(pipe.data()) != 0) throw std::runtime_error{"no pipe"};
    const pid_t parent = ::getpid();
    child_ = ::fork();
    if (child_ == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGTERM);
        if (::getppid() != parent) ::_exit(0);
        ::dup2(pipe[1], STDOUT_FILENO);
        ::close(pipe[0]);
        ::close(pipe[1]);
        ::execl(kPython, kPython, NEWSWATCH_SOURCE_DIR "/tests/hostile_server.py", "--host", "127.0.0.2",
                static_cast<char*>(nullptr));
        ::_exit(127);
    }
    ::close(pipe[1]);
    std::string line;
    for (char c = 0; ::read(pipe[0], &c, 1) == 1 && c != '\n';)
        line += c;
    ::close(pipe[0]);
    // `LISTENING HOST PORT`
    if (line.starts_with("LISTENING ")) port_ = line.substr(line.rfind(' ') + 1);
}

HostileServer::~HostileServer() {
    if (child_ <= 0) return;
    ::kill(child_, SIGTERM);
    ::waitpid(child_, nullptr, 0);
}

}  // namespace newswatch::test
