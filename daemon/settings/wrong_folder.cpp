#include "settings/wrong_folder.h"

#include <optional>
#include <string>
#include <string_view>

#include "base/format.h"

namespace newswatch::settings {

namespace {

std::optional<FileKind> kind_of(const TreeNode& root) {
    const auto has = [&root](std::string_view key) { return root.find(key) != nullptr; };
    if (has("match") || has("watchlists")) {
        // `watchlists` and `feeds` are also folders in the settings file.
        const TreeEntry* folder = root.find("watchlists");
        if (folder == nullptr || !folder->value.is_scalar()) return FileKind::watchlist;
        return FileKind::settings;
    }
    if (has("polling") || has("archive") || has("publish") || has("control")) return FileKind::settings;
    const TreeEntry* concepts = root.find("concepts");
    if (concepts != nullptr && concepts->value.is_mapping()) return FileKind::concepts;
    const TreeEntry* feeds = root.find("feeds");
    if (feeds != nullptr && feeds->value.is_sequence() && !has("id")) return FileKind::feeds;
    return std::nullopt;
}

std::string_view describe(FileKind kind) {
    switch (kind) {
        case FileKind::settings:
            return "this is a settings file; it belongs beside the folders, as newswatch.yaml";
        case FileKind::feeds:
            return "this is a file of feeds; move it to feeds.d";
        case FileKind::concepts:
            return "this is a file of concepts; move it to concepts.d";
        case FileKind::watchlist:
            return "this is a watchlist; move it to watchlists.d";
    }
    return "";
}

}  // namespace

bool report_wrong_folder(const TreeNode& root, FileKind expected, Report& report) {
    const std::optional<FileKind> kind = kind_of(root);
    if (!kind || *kind == expected) return false;
    report.error("F43", std::string{describe(*kind)}, root.mark)
        .help.emplace_back("help: the folder says what a file is; nothing of this file is loaded");
    return true;
}

}  // namespace newswatch::settings
