#include "ctl/demo_daemon.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/file.h"
#include "base/format.h"

namespace newswatch::ctl {

namespace {

using std::chrono::steady_clock;

constexpr int kPatienceAtTheEnd = 20'000;  // milliseconds for what was accepted to be journalled

/// Where the child says READY=1: the same socket that systemd would offer.
class ReadySocket {
  public:
    explicit ReadySocket(const std::filesystem::path& path) : path_{path} {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        if (path_.native().size() >= sizeof address.sun_path) return;
        std::memcpy(address.sun_path, path_.c_str(), path_.native().size());
        descriptor_ = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        unlink(path_.c_str());
        if (bind(descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) close_it();
    }
    ~ReadySocket() {
        close_it();
        unlink(path_.c_str());
    }
    ReadySocket(const ReadySocket&) = delete;
    ReadySocket& operator=(const ReadySocket&) = delete;

    [[nodiscard]] int descriptor() const { return descriptor_; }
    [[nodiscard]] std::string environment() const { return "NOTIFY_SOCKET=" + path_.native(); }
    /// One of the messages that are there says READY=1.
    [[nodiscard]] bool ready() const {
        std::array<char, 4096> bytes{};
        for (ssize_t size = 0; (size = recv(descriptor_, bytes.data(), bytes.size(), 0)) > 0;) {
            const std::string_view message{bytes.data(), static_cast<std::size_t>(size)};
            if (message.starts_with("READY=1") || message.find("\nREADY=1") != std::string_view::npos)
                return true;
        }
        return false;
    }

  private:
    void close_it() {
        if (descriptor_ >= 0) close(std::exchange(descriptor_, -1));
    }

    std::filesystem::path path_;
    int descriptor_{-1};
};

/// Our environment with NOTIFY_SOCKET replaced.
std::vector<char*> child_environment(std::string& notify) {
    std::vector<char*> environment;
    for (char** entry = environ; *entry != nullptr; ++entry) {
        if (!std::string_view{*entry}.starts_with("NOTIFY_SOCKET=")) environment.push_back(*entry);
    }
    environment.push_back(notify.data());
    environment.push_back(nullptr);
    return environment;
}

/// In the child, between fork and exec, where other threads may hold any lock: system calls only.
[[noreturn]] void become(const char* program, char* const* arguments, char* const* environment, int log,
                         pid_t parent) {
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != parent) _exit(EXIT_FAILURE);  // the parent ended before the line above
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
    dup2(open("/dev/null", O_RDONLY), STDIN_FILENO);
    dup2(log, STDOUT_FILENO);
    dup2(log, STDERR_FILENO);
    execve(program, arguments, environment);
    _exit(127);
}

pid_t spawn(const std::filesystem::path& program, const DemoFolder& folder, std::string notify, int log) {
    std::string name = program.native();
    std::string option = "--config";
    std::string settings = folder.settings().native();
    const std::array<char*, 4> arguments{name.data(), option.data(), settings.data(), nullptr};
    const std::vector<char*> environment = child_environment(notify);
    const pid_t parent = getpid();
    const pid_t child = fork();
    if (child == 0) become(name.c_str(), arguments.data(), environment.data(), log, parent);
    return child;
}

/// pidfd_open(2). glibc 2.36 declares it without C linkage, so C++ cannot link its wrapper.
int exit_event_of(pid_t process) {
    return static_cast<int>(syscall(SYS_pidfd_open, process, 0U));
}

Error not_started(std::string what, const DemoFolder& folder) {
    const std::string said = last_line(folder.log());
    return {ErrorKind::unavailable, said.empty() ? std::move(what) : format("{}: {}", what, said),
            "newswatchd", "all it said is in " + folder.log().native()};
}

}  // namespace

Result<DemoDaemon> DemoDaemon::start(const std::filesystem::path& program, const DemoFolder& folder,
                                     std::chrono::seconds patience) {
    if (access(program.c_str(), X_OK) != 0) {
        return fail(ErrorKind::unavailable, "the daemon's program is not there", program.native(),
                    "build or install all of newswatch: newswatchd stands beside newswatchctl");
    }
    const ReadySocket ready{folder.sockets() / "notify.sock"};
    const int log = open(folder.log().c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (ready.descriptor() < 0 || log < 0) {
        if (log >= 0) close(log);
        return fail(ErrorKind::storage, "cannot write here: " + std::string{std::strerror(errno)},
                    folder.path().native(), "name another folder with --folder");
    }
    const pid_t child = spawn(program, folder, ready.environment(), log);
    close(log);
    if (child < 0) return fail(ErrorKind::unavailable, "cannot start another process", program.native());
    DemoDaemon daemon{child, exit_event_of(child)};

    const auto deadline = steady_clock::now() + patience;
    std::array<pollfd, 2> events{{{ready.descriptor(), POLLIN, 0}, {daemon.exit_event_, POLLIN, 0}}};
    while (true) {
        const auto left =
            std::chrono::ceil<std::chrono::milliseconds>(deadline - steady_clock::now()).count();
        if (left <= 0)
            return tl::unexpected{
                not_started("is not ready after " + std::to_string(patience.count()) + " s", folder)};
        if (poll(events.data(), events.size(), static_cast<int>(left)) < 0 && errno == EINTR) {
            return tl::unexpected{not_started("the start was interrupted", folder)};
        }
        if ((events[0].revents & POLLIN) != 0 && ready.ready()) return daemon;
        if (events[1].revents != 0) return tl::unexpected{not_started("ended at once", folder)};
    }
}

DemoDaemon::DemoDaemon(pid_t process, int exit_event) : process_{process}, exit_event_{exit_event} {}

DemoDaemon::DemoDaemon(DemoDaemon&& other) noexcept
    : process_{std::exchange(other.process_, -1)}, exit_event_{std::exchange(other.exit_event_, -1)} {}

bool DemoDaemon::running() {
    pollfd ended{exit_event_, POLLIN, 0};
    return poll(&ended, 1, 0) == 0;
}

DemoDaemon::~DemoDaemon() {
    if (process_ <= 0) return;
    kill(process_, SIGTERM);
    pollfd ended{exit_event_, POLLIN, 0};
    while (poll(&ended, 1, kPatienceAtTheEnd) < 0 && errno == EINTR) {
    }
    if ((ended.revents & POLLIN) == 0) kill(process_, SIGKILL);
    waitpid(process_, nullptr, 0);
    close(exit_event_);
}

std::string last_line(const std::filesystem::path& log) {
    constexpr std::size_t kLargestLog = std::size_t{16} << 20;
    const Result<std::string> text = read_file(log, kLargestLog);
    if (!text) return {};
    const std::size_t end = text->find_last_not_of("\r\n \t");
    if (end == std::string::npos) return {};
    const std::size_t begin = text->rfind('\n', end);
    return text->substr(begin == std::string::npos ? 0 : begin + 1,
                        end - (begin == std::string::npos ? 0 : begin + 1) + 1);
}

}  // namespace newswatch::ctl
