#include "ctl/edited_files.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "base/clock.h"
#include "base/file.h"
#include "base/format.h"
#include "base/paths.h"
#include "rules/rules.h"

namespace newswatch::ctl {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLargestFile = std::size_t{64} << 20;  // a file of feeds (YAML.md §4)

std::optional<FileKind> kind_by_folder(const fs::path& folder) {
    const std::string name = folder.filename().native();
    if (name == "watchlists.d") return FileKind::watchlists;
    if (name == "concepts.d" || name == "concepts") return FileKind::concepts;
    if (name == "feeds.d") return FileKind::feeds;
    return std::nullopt;
}

/// The keys at the left margin that begin a block, and those that carry a value on their line.
struct TopKeys {
    std::set<std::string, std::less<>> blocks{};
    std::set<std::string, std::less<>> values{};
    [[nodiscard]] bool has(std::string_view key) const {
        return blocks.contains(key) || values.contains(key);
    }
};

TopKeys top_keys(std::string_view text) {
    TopKeys keys;
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(text.size(), line.size() + 1));
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos || colon == 0 || line.front() < 'a' || line.front() > 'z')
            continue;
        const std::string_view rest = line.substr(colon + 1);
        const std::size_t value = rest.find_first_not_of(" \t\r");
        const bool block = value == std::string_view::npos || rest[value] == '#';
        (block ? keys.blocks : keys.values).emplace(line.substr(0, colon));
    }
    return keys;
}

/// `feeds:` and its like name a folder in the settings and begin a list everywhere else.
std::optional<FileKind> kind_by_keys(std::string_view text) {
    const TopKeys keys = top_keys(text);
    for (const char* key : {"polling", "archive", "alerts", "publish", "control", "instance", "reload"}) {
        if (keys.has(key)) return FileKind::settings;
    }
    if (keys.has("match") || keys.has("tests") || keys.blocks.contains("watchlists"))
        return FileKind::watchlists;
    if (keys.blocks.contains("concepts")) return FileKind::concepts;
    if (keys.blocks.contains("feeds")) return FileKind::feeds;
    if (keys.values.contains("feeds") || keys.values.contains("watchlists")) return FileKind::settings;
    return std::nullopt;
}

Result<FileKind> kind_of_file(const fs::path& file) {
    if (const std::optional<FileKind> kind = kind_by_folder(file.parent_path())) return *kind;
    if (file.filename() == "newswatch.yaml") return FileKind::settings;
    if (file.extension() == ".opml") return FileKind::feeds;
    const Result<std::string> text = read_file(file, kLargestFile);
    if (!text) return tl::unexpected{text.error()};
    if (const std::optional<FileKind> kind = kind_by_keys(*text)) return *kind;
    return fail(ErrorKind::bad_input,
                "cannot tell whether this holds settings, feeds, concepts or a watchlist", file.native(),
                "put it into feeds.d, concepts.d or watchlists.d: the folder says what a file is");
}

Result<std::vector<CheckTarget>> targets_of_folder(const fs::path& folder) {
    if (const std::optional<FileKind> kind = kind_by_folder(folder))
        return std::vector{CheckTarget{*kind, folder}};
    if (fs::exists(folder / "newswatch.yaml")) {
        const auto read = settings::read_settings(folder / "newswatch.yaml");
        return targets_of(read.value);
    }
    std::vector<CheckTarget> targets;
    for (const char* name : {"feeds.d", "concepts", "concepts.d", "watchlists.d"}) {
        if (fs::is_directory(folder / name))
            targets.push_back({*kind_by_folder(folder / name), folder / name});
    }
    // A folder of another name: its first file that says what it is speaks for all.
    for (const fs::directory_entry& entry : fs::directory_iterator{folder}) {
        if (!targets.empty()) break;
        if (!entry.is_regular_file() || entry.path().extension() != ".yaml") continue;
        if (const Result<FileKind> kind = kind_of_file(entry.path())) targets.push_back({*kind, folder});
    }
    if (targets.empty()) {
        return fail(ErrorKind::bad_input, "this folder holds no settings, feeds, concepts or watchlists",
                    folder.native(), "name a folder such as watchlists.d, or one with a newswatch.yaml");
    }
    return targets;
}

/// Findings of the target alone: watchlists cannot be read without concepts, whose findings are their own.
void keep_own(std::vector<settings::Finding>& findings, const CheckTarget& target) {
    const std::string folder = target.path.filename().native() + "/";
    std::erase_if(findings, [&](const settings::Finding& finding) {
        const std::string& file = finding.place.file;
        return target.only.empty()
                   ? !(file.starts_with(folder) || file == target.path.native() || file + "/" == folder)
                   : file != target.only;
    });
}

/// Concepts beside the watchlists; the shipped ones are always there.
fs::path concepts_beside(const fs::path& watchlists) {
    const fs::path parent = watchlists.parent_path();
    for (const char* name : {"concepts.d", "concepts"}) {
        if (fs::is_directory(parent / name)) return parent / name;
    }
    return {};
}

Result<CheckResult> check_watchlists(const CheckTarget& target) {
    settings::Settings settings;
    settings.watchlists = target.path;
    settings.concepts = concepts_beside(target.path);
    settings.feeds = target.path.parent_path() / "feeds.d";
    Result<rules::Rules> rules = rules::load(settings, SystemClock{}.now());
    if (!rules) return tl::unexpected{rules.error()};
    CheckResult result{.findings = std::move(rules->findings), .tests = std::move(rules->tests)};
    keep_own(result.findings, target);
    const auto elsewhere = [&](std::string_view file) { return !target.only.empty() && file != target.only; };
    std::erase_if(result.tests,
                  [&](const rules::TestedWatchlist& tested) { return elsewhere(tested.place.file); });
    for (const match::WatchlistFacts& watchlist : rules->watchlists->watchlists()) {
        if (!elsewhere(watchlist.file)) ++result.watchlists;
    }
    return result;
}

CheckResult check_concepts(const CheckTarget& target) {
    auto read = settings::read_concepts({}, target.path);
    CheckResult result{.findings = std::move(read.findings), .concepts = read.value.size()};
    keep_own(result.findings, target);
    return result;
}

CheckResult check_feeds(const CheckTarget& target) {
    auto read = settings::read_feeds(target.path);
    CheckResult result{.findings = std::move(read.findings), .feeds = read.value.size()};
    keep_own(result.findings, target);
    return result;
}

}  // namespace

std::vector<CheckTarget> targets_of(const settings::Settings& settings) {
    return {{FileKind::settings, settings.file},
            {FileKind::feeds, settings.feeds},
            {FileKind::concepts, settings.concepts},
            {FileKind::watchlists, settings.watchlists}};
}

Result<std::vector<CheckTarget>> targets_of(const fs::path& path) {
    std::error_code error;
    const fs::path whole = fs::weakly_canonical(path, error);
    if (error || !fs::exists(whole, error)) {
        return fail(ErrorKind::bad_input, "there is no such file or folder", path.native());
    }
    if (fs::is_directory(whole)) return targets_of_folder(whole);
    const Result<FileKind> kind = kind_of_file(whole);
    if (!kind) return tl::unexpected{kind.error()};
    if (*kind == FileKind::settings) return std::vector{CheckTarget{*kind, whole}};
    const fs::path folder = whole.parent_path();
    return std::vector{CheckTarget{*kind, folder, (folder.filename() / whole.filename()).native()}};
}

Result<CheckResult> check(const CheckTarget& target) {
    switch (target.kind) {
        case FileKind::settings:
            return CheckResult{.findings = settings::read_settings(target.path).findings};
        case FileKind::feeds:
            return check_feeds(target);
        case FileKind::concepts:
            return check_concepts(target);
        case FileKind::watchlists:
            return check_watchlists(target);
    }
    return CheckResult{};
}

}  // namespace newswatch::ctl
