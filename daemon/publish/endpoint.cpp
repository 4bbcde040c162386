#include "publish/endpoint.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>
#include <zmq.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <system_error>

#include "base/format.h"

namespace newswatch::publish {

namespace {

constexpr std::string_view kTcp = "tcp://";
constexpr std::string_view kIpc = "ipc://";

/// The host of `tcp://HOST:PORT`, or nothing where the form is another.
std::string_view tcp_host(std::string_view endpoint) {
    std::string_view rest = endpoint.substr(kTcp.size());
    const std::size_t colon = rest.rfind(':');
    if (colon == std::string_view::npos || colon == 0 || colon + 1 == rest.size()) return {};
    const std::string_view port = rest.substr(colon + 1);
    if (port != "*" && port.find_first_not_of("0123456789") != std::string_view::npos) return {};
    return rest.substr(0, colon);
}

bool is_loopback(std::string_view host) {
    const bool four_numbers = host.find_first_not_of("0123456789.") == std::string_view::npos;
    return host == "localhost" || host == "[::1]" || host == "::1" ||
           (four_numbers && host.substr(0, 4) == "127.");
}

/// Whether a process accepts connections on the socket file; errno of the attempt otherwise.
int try_connect(const std::string& path) {
    const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0) return errno;
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path.data(), std::min(path.size(), sizeof address.sun_path - 1));
    const int outcome =
        ::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 ? 0 : errno;
    ::close(fd);
    return outcome;
}

}  // namespace

Result<void> check_endpoint(const std::string& endpoint, bool insecure) {
    const std::string_view text{endpoint};
    if (text.substr(0, kIpc.size()) == kIpc && text.size() > kIpc.size()) {
        const std::string path = ipc_file(endpoint).string();
        if (path.front() != '/') {
            return fail(ErrorKind::configuration, "an ipc endpoint needs an absolute path", endpoint,
                        "write ipc:///run/newswatch/alerts.sock");
        }
        if (path.size() >= sizeof sockaddr_un{}.sun_path) {
            return fail(ErrorKind::configuration,
                        newswatch::format("the path of an ipc endpoint has at most {} bytes, this one {}",
                                          sizeof sockaddr_un{}.sun_path - 1, path.size()),
                        endpoint, "choose a shorter path");
        }
        return {};
    }
    const std::string_view host = text.substr(0, kTcp.size()) == kTcp ? tcp_host(text) : std::string_view{};
    if (host.empty()) {
        return fail(ErrorKind::configuration, "is not an endpoint", endpoint,
                    "write tcp://127.0.0.1:5556 or ipc:///run/newswatch/alerts.sock");
    }
    if (!insecure && !is_loopback(host)) {
        return fail(ErrorKind::configuration, "would publish to the network without encryption", endpoint,
                    "bind to 127.0.0.1, or set publish: insecure: yes in newswatch.yaml if you mean it");
    }
    return {};
}

std::filesystem::path ipc_file(const std::string& endpoint) {
    return endpoint.compare(0, kIpc.size(), kIpc) == 0 ? endpoint.substr(kIpc.size()) : std::string{};
}

Result<void> clear_stale_ipc(const std::string& endpoint) {
    const std::string path = ipc_file(endpoint).string();
    struct stat about {};
    if (path.empty() || ::lstat(path.c_str(), &about) != 0) return {};  // nothing in the way
    if (!S_ISSOCK(about.st_mode)) {
        return fail(ErrorKind::unavailable, "a file that is no socket is in the way", endpoint,
                    "move " + path + " away or name another path under publish: in newswatch.yaml");
    }
    const int outcome = try_connect(path);
    if (outcome == ECONNREFUSED) {
        if (::unlink(path.c_str()) == 0 || errno == ENOENT) return {};
        return tl::unexpected{bind_error(endpoint, errno)};
    }
    // Connected, or its queue is full, or we may not even ask: somebody is there.
    return tl::unexpected{bind_error(endpoint, outcome == EACCES ? EACCES : EADDRINUSE)};
}

Error bind_error(const std::string& endpoint, int error_number) {
    Error error{ErrorKind::unavailable, {}, endpoint, {}};
    switch (error_number) {
        case EADDRINUSE:
            error.what = "cannot publish there: the address is in use";
            error.help =
                "is another newswatchd running? stop it, or name another address under publish: in "
                "newswatch.yaml";
            return error;
        case EACCES:
        case EPERM:
            error.what = "cannot publish there: permission denied";
            error.help = newswatch::format(
                "user {} may not use this path or port; ports below 1024 need root", ::geteuid());
            return error;
        case ENODEV:
        case EADDRNOTAVAIL:
            error.what = "cannot publish there: this machine has no such address";
            error.help = "use 127.0.0.1 or an address that `ip address` shows";
            return error;
        case ENOENT:
            error.what = "cannot publish there: the folder is missing";
            error.help = "make the folder, or name another path under publish: in newswatch.yaml";
            return error;
        default:
            error.what = newswatch::format("cannot publish there: {}", zmq_strerror(error_number));
            error.help = "write tcp://127.0.0.1:5556 or ipc:///run/newswatch/alerts.sock";
            return error;
    }
}

}  // namespace newswatch::publish
