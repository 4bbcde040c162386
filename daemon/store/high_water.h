#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "base/error.h"

namespace newswatch::store {

/// `head.hwm` beside the database: the stream and the highest number it was ever seen at.
///
/// It is no part of a backup of the database, so a database that was put back, copied or robbed of its WAL is
/// behind it. Written after each COMMIT, in place and without a flush: being late by some numbers only makes
/// it see less, while being early would call a good database old.
class HighWater {
  public:
    struct Mark {
        std::string stream{};
        std::uint64_t head{0};
    };

    [[nodiscard]] static Result<HighWater> open(const std::filesystem::path& folder);
    HighWater(HighWater&& other) noexcept;
    HighWater& operator=(HighWater&&) = delete;
    ~HighWater();

    /// What the file said when it was opened; nothing where it was missing or is not readable as a mark.
    [[nodiscard]] const std::optional<Mark>& found() const { return found_; }
    /// A failure is logged once: the alerts are committed and what is weaker is only the check at next start.
    void write(const Mark& mark);
    /// As `write`, and flushed to the disk.
    void write_through(const Mark& mark);

  private:
    HighWater(int fd, std::string path, std::optional<Mark> found);

    int fd_;
    std::string path_;
    std::optional<Mark> found_;
    bool complained_{false};
};

}  // namespace newswatch::store
