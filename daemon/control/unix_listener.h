#pragma once

#include <sys/types.h>

#include <filesystem>

#include "base/error.h"

namespace newswatch::control {

/// A listening Unix socket and its file, mode 0660: whoever is in the file's group may connect (unix(7)).
/// The destructor removes the file, but only where it is still this listener's own.
class UnixListener {
  public:
    /// A file left behind by a dead process is replaced; one where somebody listens is an error, and so is
    /// anything that is no socket.
    [[nodiscard]] static Result<UnixListener> bind(const std::filesystem::path& path);

    UnixListener(UnixListener&& other) noexcept;
    UnixListener& operator=(UnixListener&&) = delete;
    ~UnixListener();

    /// The descriptor for a server that will close it; from then on this object owns the file only.
    [[nodiscard]] int release();

  private:
    UnixListener(std::filesystem::path path, int descriptor);

    std::filesystem::path path_;
    int descriptor_;
    dev_t device_{0};
    ino_t inode_{0};
};

}  // namespace newswatch::control
