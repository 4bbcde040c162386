#include "rules/last_good.h"

#include <algorithm>
#include <chrono>
#include <set>
#include <string>
#include <system_error>
#include <unordered_set>
#include <utility>

#include "base/format.h"
#include "base/wording.h"

namespace newswatch::rules {

namespace {

namespace fs = std::filesystem;
using settings::Finding;
using settings::Severity;

/// Messages name a file by its folder's name, so the copies lie in a folder of the same name.
fs::path copies_of(const fs::path& folder, const char* kind, const fs::path& kept) {
    return kept / kind / folder.filename();
}

settings::Settings of_the_copies(settings::Settings settings, const fs::path& kept) {
    settings.watchlists = copies_of(settings.watchlists, "watchlists", kept);
    settings.concepts = copies_of(settings.concepts, "concepts", kept);
    return settings;
}

/// When the copy's original was last changed; a copy keeps that time.
std::optional<Time> changed_at(const fs::path& file) {
    std::error_code failure;
    const fs::file_time_type time = fs::last_write_time(file, failure);
    if (failure) return std::nullopt;
    return std::chrono::time_point_cast<Time::duration>(std::chrono::file_clock::to_sys(time));
}

void copy_of(const fs::path& from, const fs::path& to, std::error_code& failure) {
    const fs::path unfinished = to.native() + ".unfinished";
    fs::copy_file(from, unfinished, fs::copy_options::overwrite_existing, failure);
    if (failure) return;
    const fs::file_time_type time = fs::last_write_time(from, failure);
    if (!failure) fs::last_write_time(unfinished, time, failure);
    if (!failure) fs::rename(unfinished, to, failure);
}

bool is_same(const fs::path& file, const fs::path& copy) {
    std::error_code no_copy;
    const auto size = fs::file_size(copy, no_copy);
    if (no_copy) return false;
    std::error_code failure;
    return fs::file_size(file, failure) == size && changed_at(file) == changed_at(copy);
}

/// Copies the good files of one folder; the first failure is told.
class Folder {
  public:
    Folder(fs::path folder, fs::path copies) : folder_{std::move(folder)}, copies_{std::move(copies)} {}

    void keep(const std::unordered_set<std::string>& broken, Time read_at, std::error_code& first) {
        std::error_code failure;
        if (!fs::is_directory(folder_, failure)) return;  // not there for a moment: forget nothing
        fs::create_directories(copies_, first);
        if (first) return;
        std::set<fs::path> names;
        for (const fs::directory_entry& entry : fs::directory_iterator{folder_, failure}) {
            const fs::path name = entry.path().filename();
            const std::string extension = name.extension();
            if (extension != ".yaml" && extension != ".yml" && extension != ".opml") continue;
            names.insert(name);
            if (broken.contains((folder_.filename() / name).native())) continue;
            const std::optional<Time> changed = changed_at(entry.path());
            if (!changed || *changed >= read_at || is_same(entry.path(), copies_ / name)) continue;
            copy_of(entry.path(), copies_ / name, failure);
            if (failure && !first) first = failure;
        }
        for (const fs::directory_entry& entry : fs::directory_iterator{copies_, failure}) {
            if (!names.contains(entry.path().filename())) fs::remove(entry.path(), failure);
        }
    }

  private:
    const fs::path folder_;
    const fs::path copies_;
};

std::unordered_set<std::string> broken_files(const std::vector<Finding>& findings) {
    std::unordered_set<std::string> files;
    for (const Finding& finding : findings) {
        if (finding.severity == Severity::error) files.insert(finding.place.file);
    }
    return files;
}

}  // namespace

Result<Rules> load_at_start(const settings::Settings& settings, Time now, const fs::path& kept) {
    Result<Rules> rules = load(settings, now);
    std::error_code failure;
    if (!rules || !settings::has_errors(rules->findings) || !fs::is_directory(kept, failure)) return rules;
    const settings::Settings copies = of_the_copies(settings, kept);
    Result<Rules> then = load(copies, now);
    if (!then) return then;
    for (auto& [file, as_of] : then->as_of) {
        const fs::path name = fs::path{file}.filename();
        const bool is_concept = fs::path{file}.parent_path() == copies.concepts.filename();
        as_of = changed_at((is_concept ? copies.concepts : copies.watchlists) / name).value_or(as_of);
    }
    return load(settings, now, &*then);
}

settings::Read<std::vector<Feed>> read_feeds(const settings::Settings& settings, const fs::path& kept) {
    settings::Read<std::vector<Feed>> read = settings::read_feeds(settings.feeds);
    const std::unordered_set<std::string> broken = broken_files(read.findings);
    const fs::path copies = copies_of(settings.feeds, "feeds", kept);
    std::error_code failure;
    if (broken.empty() || !fs::is_directory(copies, failure)) return read;
    std::set<FeedId> known;
    for (const Feed& feed : read.value)
        known.insert(feed.id);
    std::set<std::string> helped;
    for (Feed& feed : settings::read_feeds(copies).value) {
        if (!broken.contains(feed.place.file) || !known.insert(feed.id).second) continue;
        helped.insert(feed.place.file);
        read.value.push_back(std::move(feed));
    }
    for (auto finding = read.findings.rbegin(); finding != read.findings.rend(); ++finding) {
        if (finding->severity != Severity::error || helped.erase(finding->place.file) == 0) continue;
        finding->help.push_back(format("in force: the feeds of the last good version of {} are asked as well",
                                       fs::path{finding->place.file}.filename().native()));
    }
    return read;
}

Result<void> keep_last_good(const settings::Settings& settings, const std::vector<Finding>& findings,
                            Time read_at, const fs::path& kept) {
    const std::unordered_set<std::string> broken = broken_files(findings);
    std::error_code failure;
    for (const auto& [folder, kind] :
         {std::pair{settings.watchlists, "watchlists"}, std::pair{settings.concepts, "concepts"},
          std::pair{settings.feeds, "feeds"}}) {
        Folder{folder, copies_of(folder, kind, kept)}.keep(broken, read_at, failure);
    }
    if (!failure) return {};
    return fail(
        ErrorKind::unavailable,
        "the last good versions of edited files cannot be kept for the next start: " + failure.message(),
        kept.string(), "let the daemon write there");
}

}  // namespace newswatch::rules
