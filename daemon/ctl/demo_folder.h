#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/error.h"

namespace newswatch::ctl {

/// The folder of the demo: everything that it writes, but for its sockets where the folder's path is too long
/// for them.
class DemoFolder {
  public:
    /// Makes the folder, or renews the one of an earlier demo: settings and feeds are written new and the
    /// archive begins empty; watchlists and concepts that are there stay as somebody edited them. A folder
    /// that is not a demo's, or where one is running, is refused.
    [[nodiscard]] static Result<DemoFolder> prepare(const std::filesystem::path& folder,
                                                    const std::vector<std::string>& feeds);
    /// Removes a folder that `prepare` made, and nothing else.
    [[nodiscard]] static Result<void> remove(const std::filesystem::path& folder);

    DemoFolder(DemoFolder&& other) noexcept;
    DemoFolder& operator=(DemoFolder&&) = delete;
    ~DemoFolder();

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    [[nodiscard]] std::filesystem::path settings() const { return path_ / "newswatch.yaml"; }
    [[nodiscard]] std::filesystem::path log() const { return path_ / "newswatchd.log"; }
    /// Where sockets lie: below the folder, or in a folder of our own below XDG_RUNTIME_DIR or /tmp.
    [[nodiscard]] const std::filesystem::path& sockets() const { return sockets_; }
    [[nodiscard]] std::string publish_endpoint() const {
        return "ipc://" + (sockets_ / "alerts.sock").native();
    }

  private:
    DemoFolder(std::filesystem::path path, std::filesystem::path sockets);

    std::filesystem::path path_;
    std::filesystem::path sockets_;
};

}  // namespace newswatch::ctl
