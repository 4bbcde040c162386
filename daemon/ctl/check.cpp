#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <ostream>

#include "base/format.h"
#include "base/wording.h"
#include "ctl/edited_files.h"
#include "ctl/verbs.h"

namespace newswatch::ctl {

namespace {

using nlohmann::ordered_json;
using settings::Finding;
using settings::Severity;

struct CheckOptions {
    std::vector<std::string> paths{};
    std::string format{"text"};
    bool verbose{false};  ///< notes too
};

std::size_t count_of(const CheckResult& result, Severity severity) {
    return static_cast<std::size_t>(
        std::count_if(result.findings.begin(), result.findings.end(),
                      [severity](const Finding& one) { return one.severity == severity; }));
}

ordered_json to_json(const Finding& finding) {
    return {{"severity", name_of(finding.severity)},
            {"code", finding.code},
            {"file", finding.place.file},
            {"line", finding.place.line},
            {"column", finding.place.column},
            {"length", finding.length},
            {"headline", finding.headline},
            {"label", finding.label},
            {"help", finding.help},
            {"rendered", settings::render(finding)}};
}

void print_json(const CheckResult& result, const Console& console) {
    ordered_json findings = ordered_json::array();
    for (const Finding& finding : result.findings)
        findings.push_back(to_json(finding));
    ordered_json watchlists = ordered_json::array();
    for (const rules::TestedWatchlist& tested : result.tests) {
        watchlists.push_back(
            {{"id", tested.watchlist}, {"passed", tested.passed}, {"failed", tested.failed}});
    }
    const ordered_json all{{"findings", std::move(findings)},
                           {"watchlists", std::move(watchlists)},
                           {"errors", count_of(result, Severity::error)},
                           {"warnings", count_of(result, Severity::warning)}};
    console.out << all.dump(-1, ' ', false, ordered_json::error_handler_t::replace) << '\n';
}

void print_tests(const CheckResult& result, const Console& console) {
    std::size_t width = 0;
    for (const rules::TestedWatchlist& tested : result.tests)
        width = std::max(width, tested.watchlist.size());
    for (const rules::TestedWatchlist& tested : result.tests) {
        const std::string outcome =
            tested.failed > 0
                ? console.paint(Style::red, format("{} of {} failed", tested.failed,
                                                   counted(tested.failed + tested.passed, "test")))
            : tested.passed > 0 ? console.paint(Style::green, counted(tested.passed, "test") + " passed")
                                : console.paint(Style::yellow, "no tests");
        console.out << format("{:{}}   {}\n", tested.watchlist, width, outcome);
    }
}

std::string closing_line(const CheckResult& result) {
    std::string line;
    const auto add = [&](std::size_t number, std::string_view thing) {
        if (number != 0) line += (line.empty() ? "" : ", ") + counted(number, thing);
    };
    add(result.feeds, "feed");
    add(result.concepts, "concept");
    add(result.watchlists, "watchlist");
    if (line.empty()) line = "nothing";
    const std::size_t errors = count_of(result, Severity::error);
    const std::size_t warnings = count_of(result, Severity::warning);
    if (errors == 0 && warnings == 0) return line + ": everything is fine";
    std::string found = errors == 0 ? std::string{} : counted(errors, "error");
    if (warnings != 0) found += (found.empty() ? "" : ", ") + counted(warnings, "warning");
    return format("{}. Fine: {}.", found, line);
}

void print_text(const CheckResult& result, bool verbose, const Console& console) {
    for (const Finding& finding : result.findings) {
        if (finding.severity != Severity::note || verbose) console.out << settings::render(finding) << '\n';
    }
    print_tests(result, console);
    console.out << closing_line(result) << '\n';
}

void print_gcc(const CheckResult& result, bool verbose, const Console& console) {
    for (const Finding& finding : result.findings) {
        if (finding.severity != Severity::note || verbose)
            console.out << settings::render_line(finding) << '\n';
    }
}

/// Editors open files by their path: `feeds.d/a.yaml` as seen from here, not from the folder that holds
/// feeds.d.
void make_openable(std::vector<Finding>& findings, const CheckTarget& target) {
    if (target.kind == FileKind::settings) return;
    const std::filesystem::path base = std::filesystem::proximate(target.path.parent_path());
    for (Finding& finding : findings)
        finding.place.file = (base / finding.place.file).lexically_normal().native();
}

void append(CheckResult& all, CheckResult more) {
    std::move(more.findings.begin(), more.findings.end(), std::back_inserter(all.findings));
    std::move(more.tests.begin(), more.tests.end(), std::back_inserter(all.tests));
    all.watchlists += more.watchlists;
    all.concepts += more.concepts;
    all.feeds += more.feeds;
}

/// What the person named, else what the settings name. The findings of the settings themselves come with
/// their target.
Result<std::vector<CheckTarget>> targets(const CheckOptions& options, const Session& session) {
    if (options.paths.empty()) {
        if (!std::filesystem::exists(session.config)) {
            return fail(ErrorKind::configuration, "there is no settings file", session.config.native(),
                        "name files or folders to check, or --config FILE");
        }
        return targets_of(settings::read_settings(session.config).value);
    }
    std::vector<CheckTarget> all;
    for (const std::string& path : options.paths) {
        Result<std::vector<CheckTarget>> some = targets_of(std::filesystem::path{path});
        if (!some) return some;
        std::move(some->begin(), some->end(), std::back_inserter(all));
    }
    return all;
}

Exit check_files(const CheckOptions& options, const Session& session) {
    const Result<std::vector<CheckTarget>> chosen = targets(options, session);
    if (!chosen) {
        session.console.complain(chosen.error());
        return Exit::refused;
    }
    CheckResult all;
    for (const CheckTarget& target : *chosen) {
        Result<CheckResult> result = check(target);
        if (!result) {
            session.console.complain(result.error());
            return Exit::refused;
        }
        if (options.format == "gcc") make_openable(result->findings, target);
        append(all, std::move(*result));
    }
    if (session.json || options.format == "json") {
        print_json(all, session.console);
    } else if (options.format == "gcc") {
        print_gcc(all, options.verbose, session.console);
    } else {
        print_text(all, options.verbose, session.console);
    }
    return settings::has_errors(all.findings) ? Exit::refused : Exit::fine;
}

}  // namespace

void add_check(CLI::App& program, Session& session) {
    auto options = std::make_shared<CheckOptions>();
    CLI::App* verb =
        program.add_subcommand("check", "every file that people edit, with all findings and inline tests");
    verb->add_option("paths", options->paths, "files or folders; without any, all that the settings name")
        ->type_name("FILE|DIR");
    verb->add_option("--format", options->format, "how findings are printed")
        ->check(CLI::IsMember({"text", "gcc", "json"}))
        ->capture_default_str();
    verb->add_flag("--json", session.json, "the same as --format json");
    verb->add_flag("-v,--verbose", options->verbose, "notes too");
    verb->callback([options, &session] { session.exit = check_files(*options, session); });
}

}  // namespace newswatch::ctl
