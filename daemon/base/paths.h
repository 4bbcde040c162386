#pragma once

#include <filesystem>

/// Where things are, seen from the running executable: the build tree mirrors the installed layout.
namespace newswatch {

/// `PREFIX` of `PREFIX/bin/newswatchd`. For a program elsewhere (a test), what `NEWSWATCH_PREFIX` names.
[[nodiscard]] std::filesystem::path prefix();

[[nodiscard]] inline std::filesystem::path plugin_folder() {
    return prefix() / "lib/newswatch/plugins";
}
[[nodiscard]] inline std::filesystem::path share_folder() {
    return prefix() / "share/newswatch";
}

}  // namespace newswatch
