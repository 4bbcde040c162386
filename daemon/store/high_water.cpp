#include "store/high_water.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <string_view>
#include <system_error>
#include <utility>

#include "base/format.h"
#include "base/log.h"

namespace newswatch::store {

namespace {

// `STREAM NUMBER\n`: a UUID, a space, 20 digits. One length, so that a write in place leaves no rest.
constexpr std::size_t kUuid = 36;
constexpr std::size_t kLine = kUuid + 1 + 20 + 1;

std::optional<HighWater::Mark> parse(std::string_view line) {
    if (line.size() != kLine || line[kUuid] != ' ' || line.back() != '\n') return std::nullopt;
    HighWater::Mark mark{.stream = std::string{line.substr(0, kUuid)}, .head = 0};
    const char* const begin = line.data() + kUuid + 1;
    const char* const end = line.data() + kLine - 1;
    const auto [stopped, error] = std::from_chars(begin, end, mark.head);
    if (error != std::errc{} || stopped != end) return std::nullopt;
    return mark;
}

}  // namespace

HighWater::HighWater(int fd, std::string path, std::optional<Mark> found)
    : fd_{fd}, path_{std::move(path)}, found_{std::move(found)} {}

HighWater::HighWater(HighWater&& other) noexcept
    : fd_{std::exchange(other.fd_, -1)},
      path_{std::move(other.path_)},
      found_{std::move(other.found_)},
      complained_{other.complained_} {}

HighWater::~HighWater() {
    if (fd_ >= 0) ::close(fd_);
}

Result<HighWater> HighWater::open(const std::filesystem::path& folder) {
    const std::string path = (folder / "head.hwm").string();
    const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0640);
    if (fd < 0) {
        return fail(ErrorKind::storage, "cannot write: " + std::generic_category().message(errno), path,
                    "the file must be writable for the user that runs newswatchd");
    }
    std::array<char, kLine + 1> bytes{};
    const ssize_t got = ::pread(fd, bytes.data(), bytes.size(), 0);
    std::optional<Mark> found;
    if (got > 0) found = parse(std::string_view{bytes.data(), static_cast<std::size_t>(got)});
    return HighWater{fd, path, std::move(found)};
}

void HighWater::write(const Mark& mark) {
    const std::string line = newswatch::format("{:<36.36} {:020}\n", mark.stream, mark.head);
    if (::pwrite(fd_, line.data(), line.size(), 0) == static_cast<ssize_t>(line.size())) {
        complained_ = false;
        return;
    }
    if (!complained_) {
        log::warning("store", "{}: cannot write: {} (an old backup may go unnoticed)", path_,
                     std::generic_category().message(errno));
    }
    complained_ = true;
}

void HighWater::write_through(const Mark& mark) {
    write(mark);
    if (::fdatasync(fd_) != 0 && !complained_)
        log::warning("store", "{}: cannot flush: {}", path_, std::generic_category().message(errno));
}

}  // namespace newswatch::store
