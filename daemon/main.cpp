#include <sysexits.h>

#include <CLI/CLI.hpp>
#include <iostream>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/log.h"
#include "base/version.h"
#include "pipeline/pipeline.h"
#include "service/service.h"
#include "settings/settings.h"

using namespace newswatch;

namespace {

/// What the command line asks for.
struct Arguments {
    std::string config{"/etc/newswatch/newswatch.yaml"};
    bool check{false};
    bool verbose{false};
};

/// The settings, or nothing where the daemon could not start with them; every finding is said.
std::optional<settings::Settings> read_settings(const std::string& file) {
    settings::Read<settings::Settings> read = settings::read_settings(file);
    for (const settings::Finding& finding : read.findings) {
        if (finding.severity != settings::Severity::note) std::cerr << settings::render(finding) << "\n";
    }
    if (settings::has_errors(read.findings)) return std::nullopt;
    return std::move(read.value);
}

/// Until SIGTERM. The watchdog is fed only while every thread gets on: a daemon of which a part hangs is
/// started again, and nothing that was journalled is lost by that.
void serve(Pipeline& pipeline) {
    while (true) {
        switch (service::wait_for_signal(service::look_every())) {
            case service::Signal::stop:
                return;
            case service::Signal::reload:
                pipeline.reload_soon();  // what was refused is in the log, and in `newswatchctl status`
                break;
            case service::Signal::none:
                break;
        }
        const std::vector<std::string> stuck = pipeline.stuck();
        for (const std::string& thread : stuck)
            log::error("service", "{}", thread);
        if (!stuck.empty()) continue;
        service::alive();
        service::status(pipeline.summary());
    }
}

int run(settings::Settings settings) {
    const SystemClock clock;
    auto pipeline = Pipeline::start(std::move(settings), clock);
    if (!pipeline) {
        log::error("newswatchd", "{}", pipeline.error().line());
        return exit_code(pipeline.error().kind);
    }
    service::ready((*pipeline)->summary());
    log::info("newswatchd", "newswatch {} is ready: {}", kVersion, (*pipeline)->summary());
    serve(**pipeline);
    service::stopping();
    (*pipeline)->stop();
    // The disk failed: systemd starts us again, and the next start reads what really is on it (FAULTS.md 18).
    if ((*pipeline)->fatal() != nullptr) return EX_TEMPFAIL;
    log::info("newswatchd", "stopped; everything that was accepted is journalled and published");
    return EX_OK;
}

}  // namespace

int main(int argc, char** argv) {
    Arguments arguments;
    CLI::App app{
        "newswatchd: watches news feeds and publishes an alert when something on a watchlist appears"};
    app.add_option("--config", arguments.config, "the settings file")
        ->capture_default_str()
        ->envname("NEWSWATCH_CONFIG");
    app.add_flag("--check", arguments.check, "read the settings, say what is wrong with them, and end");
    app.add_flag("--verbose", arguments.verbose, "log every poll");
    app.set_version_flag("--version", "newswatchd " + std::string{kVersion});
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? EX_OK : EX_USAGE;
    }
    service::block_signals();
    log::start(arguments.verbose ? log::Level::debug : log::Level::info);
    std::optional<settings::Settings> settings = read_settings(arguments.config);
    if (!settings) return EX_CONFIG;
    if (arguments.check) return EX_OK;
    return run(*std::move(settings));
}
