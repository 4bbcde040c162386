#include "rules/rules.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <utility>

#include "base/format.h"
#include "base/paths.h"
#include "base/wording.h"
#include "rules/lint.h"

namespace newswatch::rules {

namespace {

using settings::Finding;
using settings::Severity;

/// Files that hold an error now. A finding on a folder stands for all that was read from it.
class BrokenFiles {
  public:
    void add(const std::vector<Finding>& findings) {
        for (const Finding& finding : findings) {
            if (finding.severity == Severity::error) files_.insert(finding.place.file);
        }
    }
    [[nodiscard]] bool contain(const std::string& file) const {
        return files_.contains(file) || files_.contains(std::filesystem::path{file}.parent_path().native());
    }
    [[nodiscard]] bool empty() const { return files_.empty(); }

  private:
    std::set<std::string> files_;
};

template <class T>
const T* with_id(const std::vector<T>& all, const std::string& id) {
    const auto found = std::find_if(all.begin(), all.end(), [&](const T& one) { return one.id == id; });
    return found == all.end() ? nullptr : &*found;
}

/// The concepts of now, and of each broken file those that it held when it was good: they replace a shipped
/// one of that name, as the file itself did.
std::vector<Concept> keep_concepts(std::vector<Concept> concepts, const Rules& previous,
                                   const BrokenFiles& broken, const std::filesystem::path& local) {
    for (const Concept& old : previous.concepts) {
        if (!broken.contain(old.place.file)) continue;
        const auto now = std::find_if(concepts.begin(), concepts.end(),
                                      [&](const Concept& one) { return one.id == old.id; });
        if (now == concepts.end()) {
            concepts.push_back(old);
        } else if (std::filesystem::path{now->place.file}.parent_path() != local.filename()) {
            *now = old;
        }
    }
    return concepts;
}

/// The good watchlists of now, and of each broken file those that it held when it was good, with the words
/// that their concepts had then.
std::shared_ptr<const match::WatchlistSet> choose_watchlists(std::shared_ptr<const match::WatchlistSet> fresh,
                                                             const BrokenFiles& broken,
                                                             const Rules* previous) {
    if (broken.empty()) return fresh;
    const auto is_good = [&](const match::WatchlistFacts& facts) {
        return !broken.contain(std::string{facts.file});
    };
    // An id that another file has taken meanwhile belongs to that file.
    const auto is_last_good = [&](const match::WatchlistFacts& facts) {
        if (is_good(facts)) return false;
        const auto now = fresh->find(facts.id);
        return !now || !is_good(*now);
    };
    const auto nothing = [](const match::WatchlistFacts&) { return false; };
    if (previous == nullptr) return match::WatchlistSet::with_changes(*fresh, is_good, *fresh, nothing);
    return match::WatchlistSet::with_changes(*previous->watchlists, is_last_good, *fresh, is_good);
}

/// When the version in force of each file was read: an unchanged one keeps its time.
std::map<std::string, Time> versions(const match::WatchlistSet& watchlists,
                                     const std::vector<Concept>& concepts, const BrokenFiles& broken,
                                     Time now, const Rules* previous) {
    std::map<std::string, Time> as_of;
    const auto time_of = [&](const std::string& file, bool unchanged) {
        if (previous == nullptr || !(unchanged || broken.contain(file))) return now;
        const auto known = previous->as_of.find(file);
        return known == previous->as_of.end() ? now : known->second;
    };
    for (const match::WatchlistFacts& watchlist : watchlists.watchlists()) {
        const auto old = previous == nullptr ? std::nullopt : previous->watchlists->find(watchlist.id);
        const std::string file{watchlist.file};
        as_of[file] = time_of(file, old && old->rev == watchlist.rev);
    }
    for (const Concept& one : concepts)
        as_of[one.place.file] = time_of(one.place.file, false);
    return as_of;
}

/// Says under the last error of each broken file what stays in force instead.
void say_what_is_kept(Rules& rules, const BrokenFiles& broken, Time now) {
    std::set<std::string> said;
    for (auto finding = rules.findings.rbegin(); finding != rules.findings.rend(); ++finding) {
        const std::string& file = finding->place.file;
        if (finding->severity != Severity::error || !said.insert(file).second) continue;
        const std::string name = std::filesystem::path{file}.filename().native();
        const auto version = rules.as_of.find(file);
        if (version == rules.as_of.end() || !broken.contain(file)) {
            finding->help.push_back(format("in force: nothing of {} until it is mended", name));
            continue;
        }
        finding->help.push_back(
            format("in force: the daemon keeps using {} as of {}", name, local_time(version->second, now)));
        rules.kept.push_back(file);
    }
    std::sort(rules.kept.begin(), rules.kept.end());
}

void append(std::vector<Finding>& all, std::vector<Finding> more) {
    std::move(more.begin(), more.end(), std::back_inserter(all));
}

}  // namespace

Result<Rules> load(const settings::Settings& settings, Time now, const Rules* previous) {
    Rules rules;
    if (previous != nullptr) {
        rules.regions = previous->regions;
    } else {
        Result<std::shared_ptr<const RegionTables>> regions = load_regions();
        if (!regions) return tl::unexpected{regions.error()};
        rules.regions = std::move(*regions);
    }

    BrokenFiles broken;
    const settings::RegionLookup lookup = region_lookup(rules.regions, settings.feeds);
    auto concepts = settings::read_concepts(share_folder() / "concepts", settings.concepts, lookup);
    broken.add(concepts.findings);
    rules.concepts = std::move(concepts.value);
    if (previous != nullptr && !broken.empty()) {
        rules.concepts = keep_concepts(std::move(rules.concepts), *previous, broken, settings.concepts);
    }

    auto read = settings::read_watchlists(settings.watchlists, rules.concepts, lookup);
    broken.add(read.findings);
    auto fresh = match::WatchlistSet::compile(read.value, rules.concepts, rules.regions->compiled);
    TestRun tested = run_tests(*fresh, read.value, settings.watchlists.parent_path());
    broken.add(tested.findings);
    rules.watchlists = choose_watchlists(std::move(fresh), broken, previous);

    append(rules.findings, std::move(concepts.findings));
    append(rules.findings, std::move(read.findings));
    append(rules.findings, std::move(tested.findings));
    append(rules.findings, lint(read.value, settings.watchlists.parent_path()));
    rules.tests = std::move(tested.watchlists);
    rules.as_of = versions(*rules.watchlists, rules.concepts, broken, now, previous);
    if (previous != nullptr) say_what_is_kept(rules, broken, now);
    return rules;
}

}  // namespace newswatch::rules
