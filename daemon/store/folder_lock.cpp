#include "store/folder_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string>
#include <system_error>

#include "base/format.h"

namespace newswatch::store {

namespace {

std::string reason(int error) {
    return std::generic_category().message(error);
}

/// `user 115, the folder belongs to user 0 with mode 0755`: what a person needs to see what is wrong.
std::string who_and_mode(const std::filesystem::path& folder) {
    struct stat about {};
    if (::stat(folder.c_str(), &about) != 0) return newswatch::format("user {}", ::geteuid());
    return newswatch::format("user {}, the folder belongs to user {} with mode {:04o}", ::geteuid(),
                             about.st_uid, about.st_mode & 07777U);
}

std::string holder(int fd) {
    std::array<char, 32> text{};
    const ssize_t got = ::pread(fd, text.data(), text.size() - 1, 0);
    std::string number;
    for (ssize_t i = 0;
         i < got && text[static_cast<std::size_t>(i)] >= '0' && text[static_cast<std::size_t>(i)] <= '9'; ++i)
        number += text[static_cast<std::size_t>(i)];
    return number.empty() ? "another process" : "process " + number;
}

}  // namespace

Result<FolderLock> FolderLock::take(const std::filesystem::path& folder) {
    const std::filesystem::path path = folder / "newswatch.lock";
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) {
        return fail(
            ErrorKind::storage, "cannot make the folder: " + error.message(), folder.string(),
            newswatch::format("as user {}; set archive: folder: in newswatch.yaml to one that is writable",
                              ::geteuid()));
    }
    const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0640);
    if (fd < 0) {
        return fail(ErrorKind::storage, "cannot write: " + reason(errno), path.string(),
                    who_and_mode(folder) + "; make it writable or set archive: folder: in newswatch.yaml");
    }
    FolderLock lock{fd};
    if (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK)
            return fail(ErrorKind::storage, "cannot lock: " + reason(errno), path.string());
        return fail(ErrorKind::storage, "the journal is locked by " + holder(fd), path.string(),
                    "one newswatchd a folder: stop the other one, or give this one a folder of its own");
    }
    const std::string number = std::to_string(::getpid()) + "\n";
    if (::ftruncate(fd, 0) != 0 || ::pwrite(fd, number.data(), number.size(), 0) < 0)
        return fail(ErrorKind::storage, "cannot write: " + reason(errno), path.string(),
                    who_and_mode(folder));
    return lock;
}

FolderLock::~FolderLock() {
    if (fd_ >= 0) ::close(fd_);
}

}  // namespace newswatch::store
