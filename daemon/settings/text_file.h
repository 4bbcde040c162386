#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "settings/source.h"
#include "settings/tree.h"

/// From a path to the tree of a file, and from a folder to its files.
namespace newswatch::settings {

constexpr std::size_t kMostBytes = std::size_t{1} << 20U;       ///< of a file that people edit
constexpr std::size_t kMostFeedBytes = std::size_t{64} << 20U;  ///< of a file of feeds

/// The bytes of a file; nothing after a finding F14 that says who may read it and how to change that.
[[nodiscard]] std::optional<std::string> read_bytes(const std::filesystem::path& path,
                                                    const std::string& shown_as, std::size_t limit,
                                                    std::vector<Finding>& findings);

/// Bytes → text: UTF-8 with or without a byte order mark, or UTF-16 with one (note F16). Nothing after a
/// finding F15 on bytes that are no text, with a guess of what they are.
[[nodiscard]] std::optional<Source> decode_text(std::string_view bytes, const std::string& shown_as,
                                                std::vector<Finding>& findings);

/// Text → tree: the line scan first, and yaml-cpp only where it found no error.
[[nodiscard]] std::optional<TreeNode> checked_tree(Report& report);

/// Which files of a folder are read.
struct FolderFile {
    std::filesystem::path path{};
    std::string shown_as{};  ///< `watchlists.d/syria.yaml`
};

/// The files of a folder with one of the `extensions` (`.yaml`), by name. Others, backups and hidden files
/// give a note. A folder that cannot be listed gives a finding F44 of severity `if_missing`.
[[nodiscard]] std::vector<FolderFile> files_of(const std::filesystem::path& folder,
                                               const std::vector<std::string>& extensions,
                                               Severity if_missing, std::vector<Finding>& findings);

/// Moves `more` to the end of `findings`.
void append(std::vector<Finding>& findings, std::vector<Finding> more);

}  // namespace newswatch::settings
