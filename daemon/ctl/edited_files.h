#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/error.h"
#include "rules/inline_tests.h"
#include "settings/finding.h"
#include "settings/settings.h"

/// The files that people edit, found by what a person names on the command line, and what there is to say
/// about them.
namespace newswatch::ctl {

enum class FileKind : std::uint8_t { settings, feeds, concepts, watchlists };

/// One thing to check: the settings file, a folder, or one file of a folder.
struct CheckTarget {
    FileKind kind{FileKind::watchlists};
    std::filesystem::path path{};  ///< the settings file, else the folder
    std::string only{};            ///< the one file of it, as findings show it: `feeds.d/a.yaml`; empty: all
};

/// What was found. Numbers count what was read without an error.
struct CheckResult {
    std::vector<settings::Finding> findings{};
    std::vector<rules::TestedWatchlist> tests{};
    std::size_t watchlists{0};
    std::size_t concepts{0};
    std::size_t feeds{0};
};

/// Everything that the settings name, the settings file first.
[[nodiscard]] std::vector<CheckTarget> targets_of(const settings::Settings& settings);

/// What `path` is, by the folder it lies in (watchlists.d, concepts.d, feeds.d), else by the keys it holds. A
/// folder with a newswatch.yaml means everything that this names.
[[nodiscard]] Result<std::vector<CheckTarget>> targets_of(const std::filesystem::path& path);

/// Reads the target, and runs the inline tests of watchlists. Fails only where the shipped region tables
/// cannot be read.
[[nodiscard]] Result<CheckResult> check(const CheckTarget& target);

}  // namespace newswatch::ctl
