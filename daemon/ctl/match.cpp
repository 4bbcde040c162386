#include <CLI/CLI.hpp>
#include <memory>
#include <ostream>

#include "analyse/analyser.h"
#include "base/paths.h"
#include "ctl/article_lines.h"
#include "ctl/verbs.h"
#include "match/matcher.h"
#include "rules/regions.h"
#include "settings/settings.h"

namespace newswatch::ctl {

namespace {

struct MatchOptions {
    std::string file{};
    std::filesystem::path watchlists{};
    std::filesystem::path concepts{};
};

/// The watchlists that can be used, and whether every file could.
struct LoadedWatchlists {
    std::shared_ptr<const match::WatchlistSet> set{};
    bool complete{true};
};

void show(const std::vector<settings::Finding>& findings, const Console& console) {
    for (const settings::Finding& finding : findings) {
        if (finding.severity != settings::Severity::note) console.err << settings::render(finding) << '\n';
    }
}

/// Without --concepts the shipped ones; with it that folder and nothing else.
settings::Read<std::vector<Concept>> read_concepts(const MatchOptions& options,
                                                   const settings::RegionLookup& regions) {
    if (options.concepts.empty()) return settings::read_concepts(share_folder() / "concepts", {}, regions);
    return settings::read_concepts(options.concepts, {}, regions);
}

Result<LoadedWatchlists> load_watchlists(const MatchOptions& options, const Console& console) {
    const Result<std::shared_ptr<const rules::RegionTables>> regions = rules::load_regions();
    if (!regions) return tl::unexpected{regions.error()};
    const settings::RegionLookup lookup = rules::region_lookup(*regions);
    const auto concepts = read_concepts(options, lookup);
    auto watchlists = settings::read_watchlists(options.watchlists, concepts.value, lookup);
    show(concepts.findings, console);
    show(watchlists.findings, console);
    return LoadedWatchlists{
        .set = match::WatchlistSet::compile(watchlists.value, concepts.value, (*regions)->compiled),
        .complete = !settings::has_errors(concepts.findings) && !settings::has_errors(watchlists.findings)};
}

Exit match_articles(const MatchOptions& options, Console& console) {
    ArticleLines articles{options.file, console};
    if (!articles.readable()) return Exit::refused;
    const Result<LoadedWatchlists> loaded = load_watchlists(options, console);
    if (!loaded) {
        console.complain(loaded.error());
        return Exit::refused;
    }
    const Exit exit = articles.for_each([&](const Article& article, std::size_t line) {
        for (const Match& match : match::match(*loaded->set, analyse::analyse(article))) {
            console.out << write_match(article, line, match) << '\n';
        }
    });
    return loaded->complete ? exit : Exit::refused;
}

}  // namespace

void add_match(CLI::App& program, Session& session) {
    auto options = std::make_shared<MatchOptions>();
    CLI::App* verb = program.add_subcommand("match", "articles as JSON Lines -> matches as JSON Lines");
    verb->add_option("--watchlists", options->watchlists, "a folder of watchlists")
        ->required()
        ->check(CLI::ExistingDirectory)
        ->type_name("DIR");
    verb->add_option("--concepts", options->concepts, "a folder of concepts instead of the shipped ones")
        ->check(CLI::ExistingDirectory)
        ->type_name("DIR");
    verb->add_flag("--json", session.json, "the answer is always JSON Lines");
    verb->add_option("file", options->file,
                     "articles as `newswatchctl parse` prints them, - for standard input")
        ->required()
        ->type_name("FILE");
    verb->callback([options, &session] { session.exit = match_articles(*options, session.console); });
}

}  // namespace newswatch::ctl
