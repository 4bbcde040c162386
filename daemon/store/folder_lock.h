#pragma once

#include <filesystem>

#include "base/error.h"

namespace newswatch::store {

/// `FOLDER/newswatch.lock`, held by one process: one daemon a database.
///
/// A flock, so the kernel lets go of it however the process ends. The file holds the number of the process.
class FolderLock {
  public:
    /// Makes the folder where it is missing. Errors name the path, the user, the mode, or the process that
    /// holds the lock.
    [[nodiscard]] static Result<FolderLock> take(const std::filesystem::path& folder);

    FolderLock(FolderLock&& other) noexcept : fd_{other.fd_} { other.fd_ = -1; }
    FolderLock& operator=(FolderLock&&) = delete;
    ~FolderLock();

  private:
    explicit FolderLock(int fd) : fd_{fd} {}
    int fd_;
};

}  // namespace newswatch::store
