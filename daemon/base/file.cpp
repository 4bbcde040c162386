#include "base/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <system_error>

#include "base/descriptor.h"

namespace newswatch {

namespace {

std::string reason() {
    return std::generic_category().message(errno);
}

}  // namespace

Result<std::string> read_file(const std::filesystem::path& path, std::size_t limit) {
    const Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
    if (file.get() < 0) return fail(ErrorKind::bad_input, "cannot read: " + reason(), path.string());
    struct stat about {};
    if (::fstat(file.get(), &about) != 0)
        return fail(ErrorKind::bad_input, "cannot read: " + reason(), path.string());
    if (S_ISDIR(about.st_mode)) return fail(ErrorKind::bad_input, "is a folder, not a file", path.string());
    std::string bytes;
    std::string chunk(std::size_t{1} << 16, '\0');
    while (true) {
        const ssize_t got = ::read(file.get(), chunk.data(), chunk.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return fail(ErrorKind::bad_input, "cannot read: " + reason(), path.string());
        if (got == 0) return bytes;
        bytes.append(chunk, 0, static_cast<std::size_t>(got));
        if (bytes.size() > limit) {
            return fail(ErrorKind::bad_input, "is larger than " + std::to_string(limit) + " bytes",
                        path.string());
        }
    }
}

Result<void> write_file(const std::filesystem::path& path, std::string_view bytes) {
    const std::string temporary = path.string() + ".new";
    const auto failed = [&](const char* doing) {
        const std::string why = reason();
        ::unlink(temporary.c_str());
        return fail(ErrorKind::storage, std::string{doing} + ": " + why, path.string());
    };
    const Descriptor file{::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644)};
    if (file.get() < 0) return failed("cannot write");
    for (std::size_t done = 0; done < bytes.size();) {
        const ssize_t put = ::write(file.get(), bytes.data() + done, bytes.size() - done);
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) return failed("cannot write");
        done += static_cast<std::size_t>(put);
    }
    if (::fsync(file.get()) != 0) return failed("cannot flush");
    if (std::rename(temporary.c_str(), path.c_str()) != 0) return failed("cannot replace");
    return {};
}

}  // namespace newswatch
