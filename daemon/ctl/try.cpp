#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>
#include <ostream>

#include "base/file.h"
#include "base/format.h"
#include "base/wording.h"
#include "ctl/daemon_api.h"
#include "ctl/duration.h"
#include "ctl/verbs.h"

namespace newswatch::ctl {

namespace {

using nlohmann::json;

constexpr std::size_t kLargestFile = std::size_t{1} << 20;
constexpr long kTrySeconds = 120;  // an analysis of twenty thousand articles

struct TryOptions {
    std::string watchlist{};
    std::uint64_t last{0};
};

/// The file that a person named, or the one of that watchlist in the folder of the settings.
std::optional<std::filesystem::path> file_of(const std::string& named, Session& session) {
    std::error_code error;
    if (std::filesystem::is_regular_file(named, error)) return named;
    const std::optional<settings::Settings> settings = session.read_settings();
    if (!settings) return std::nullopt;
    for (const char* ending : {".yaml", ".yml"}) {
        std::filesystem::path file = settings->watchlists / (named + ending);
        if (std::filesystem::is_regular_file(file, error)) return file;
    }
    session.console.complain(
        format("there is no file {} and no {}", named, (settings->watchlists / (named + ".yaml")).string()));
    return std::nullopt;
}

void print_changes(const json& changes, std::string_view what, std::string_view why, const Console& console) {
    if (changes.empty()) return;
    console.out << format("   {} {}:\n", counted(changes.size(), "article"), what);
    for (const json& article : changes) {
        console.out << "     - " << isolate(text_of(article, "title"));
        if (const std::string reason = text_of(article, why); !reason.empty())
            console.out << format("     {}: {}", why, reason);
        console.out << '\n';
    }
}

void print_trial(const json& answer, const json& one, const Console& console) {
    const std::uint64_t tried = number_of(answer, "tried");
    console.out << format("{}: tried on the archive ({}{})\n", text_of(one, "watchlist"),
                          counted(tried, "article"),
                          answer.value("all", true) ? "" : ", the newest; there are more");
    if (one.value("in_force", false)) {
        console.out << format("   before {}, now {}.\n", counted(number_of(one, "before"), "article"),
                              number_of(one, "now"));
    } else {
        console.out << format("   {} would have matched; no such watchlist is in force yet.\n",
                              counted(number_of(one, "now"), "article"));
    }
    print_changes(part_of(one, "gained"), "more would match", "why", console);
    print_changes(part_of(one, "lost"), "would NO LONGER match", "missing", console);
}

void try_watchlist(const TryOptions& options, Session& session) {
    session.exit = Exit::refused;
    const auto file = file_of(options.watchlist, session);
    if (!file) return;
    const Result<std::string> text = read_file(*file, kLargestFile);
    if (!text) return session.console.complain(text.error());
    const std::string body = json{{"file", file->string()}, {"text", *text}, {"last", options.last}}.dump(
        -1, ' ', false, json::error_handler_t::replace);
    const std::optional<json> answer = ask_daemon(session, "POST", "/v1/try", body, kTrySeconds);
    if (!answer) return;
    const json& lists = part_of(*answer, "watchlists");
    if (lists.empty()) session.exit = Exit::refused;
    if (session.json) return;
    for (const json& finding : part_of(*answer, "findings"))
        session.console.err << text_of(finding, "rendered") << '\n';
    for (const json& one : lists)
        print_trial(*answer, one, session.console);
}

}  // namespace

void add_try(CLI::App& program, Session& session) {
    auto options = std::make_shared<TryOptions>();
    CLI::App* verb = program.add_subcommand(
        "try", "a watchlist as it is in its file against the archive: what it gains and loses");
    add_last(*verb, options->last);
    verb->add_flag("--json", session.json, "the answer as JSON");
    verb->add_option("watchlist", options->watchlist, "its file, or its name in the folder of watchlists")
        ->required()
        ->type_name("WATCHLIST");
    verb->callback([options, &session] { try_watchlist(*options, session); });
}

}  // namespace newswatch::ctl
