#include "control/unix_listener.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <optional>
#include <system_error>
#include <utility>

#include "base/format.h"

namespace newswatch::control {

namespace {

constexpr mode_t kSocketMode = 0660;
constexpr int kBacklog = 64;

std::string reason(int error) {
    return std::generic_category().message(error);
}

Result<sockaddr_un> address_of(const std::filesystem::path& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const std::string& text = path.native();
    if (text.empty() || text.size() >= sizeof address.sun_path) {
        return fail(ErrorKind::configuration,
                    format("a Unix socket needs a path of 1 to {} bytes, this one has {}",
                           sizeof address.sun_path - 1, text.size()),
                    text, "name a shorter one under `control: socket:`");
    }
    std::memcpy(address.sun_path, text.data(), text.size());
    return address;
}

const sockaddr* generic(const sockaddr_un& address) {
    return reinterpret_cast<const sockaddr*>(&address);  // how bind(2) and connect(2) take every family
}

bool somebody_listens(const sockaddr_un& address) {
    const int probe = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (probe < 0) return true;  // cannot tell: leave the file alone
    const bool refused = connect(probe, generic(address), sizeof address) != 0 && errno == ECONNREFUSED;
    close(probe);
    return !refused;
}

/// Makes room for `path` where a dead process left its socket.
Result<void> remove_stale(const std::filesystem::path& path, const sockaddr_un& address) {
    struct stat file {};
    if (lstat(path.c_str(), &file) != 0) return {};  // nothing in the way; bind says what else is wrong
    if (!S_ISSOCK(file.st_mode)) {
        return fail(ErrorKind::unavailable, "there is a file that is no socket", path.native(),
                    "remove it, or name another path under `control: socket:`");
    }
    if (somebody_listens(address)) {
        return fail(ErrorKind::unavailable, "another newswatchd listens here already", path.native(),
                    "stop that one, or name another path under `control: socket:`");
    }
    if (unlink(path.c_str()) != 0) {
        return fail(ErrorKind::unavailable, format("cannot remove the stale socket: {}", reason(errno)),
                    path.native(), "remove it as its owner");
    }
    return {};
}

Error cannot_listen(const std::filesystem::path& path, int error) {
    std::string help = "name a folder that the daemon may write under `control: socket:`";
    if (error == ENOENT) help = format("create the folder {} first", path.parent_path().native());
    return Error{ErrorKind::unavailable, format("cannot listen on this socket: {}", reason(error)),
                 path.native(), std::move(help)};
}

}  // namespace

Result<UnixListener> UnixListener::bind(const std::filesystem::path& path) {
    const Result<sockaddr_un> address = address_of(path);
    if (!address) return tl::unexpected{address.error()};
    if (Result<void> room = remove_stale(path, *address); !room) return tl::unexpected{room.error()};

    const int descriptor = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (descriptor < 0) return tl::unexpected{cannot_listen(path, errno)};
    // unix(7): the mode set before bind is what the file is made with (less the umask), so there is no moment
    // at which others could connect; chmod then gives the group what the umask took.
    if (fchmod(descriptor, kSocketMode) != 0 || ::bind(descriptor, generic(*address), sizeof *address) != 0 ||
        chmod(path.c_str(), kSocketMode) != 0 || listen(descriptor, kBacklog) != 0) {
        const int error = errno;
        close(descriptor);
        return tl::unexpected{cannot_listen(path, error)};
    }
    return UnixListener{path, descriptor};
}

UnixListener::UnixListener(std::filesystem::path path, int descriptor)
    : path_{std::move(path)}, descriptor_{descriptor} {
    struct stat file {};
    if (lstat(path_.c_str(), &file) == 0) {
        device_ = file.st_dev;
        inode_ = file.st_ino;
    }
}

UnixListener::UnixListener(UnixListener&& other) noexcept
    : path_{std::exchange(other.path_, {})},
      descriptor_{std::exchange(other.descriptor_, -1)},
      device_{other.device_},
      inode_{other.inode_} {}

UnixListener::~UnixListener() {
    if (descriptor_ >= 0) close(descriptor_);
    if (path_.empty()) return;
    struct stat file {};
    const bool own = lstat(path_.c_str(), &file) == 0 && file.st_dev == device_ && file.st_ino == inode_;
    if (own) unlink(path_.c_str());
}

int UnixListener::release() {
    return std::exchange(descriptor_, -1);
}

}  // namespace newswatch::control
