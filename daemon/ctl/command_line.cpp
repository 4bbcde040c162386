#include "ctl/command_line.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <exception>
#include <ostream>

#include "base/log.h"
#include "base/version.h"
#include "ctl/verbs.h"

namespace newswatch::ctl {

namespace {

std::string default_config() {
    const char* named = std::getenv("NEWSWATCH_CONFIG");
    return named != nullptr && *named != '\0' ? named : "/etc/newswatch/newswatch.yaml";
}

void describe(CLI::App& program, Session& session) {
    program.require_subcommand(1);
    program.set_version_flag("--version", "newswatchctl " + std::string{kVersion});
    program.add_option("--config", session.config, "the settings of the daemon (or NEWSWATCH_CONFIG)")
        ->type_name("FILE")
        ->capture_default_str();
    program.footer("newswatchctl VERB --help tells more of one verb.");
    for (auto* add : {add_parse,  add_extract, add_match,    add_why_not, add_try,    add_search, add_check,
                      add_tail,   add_replay,  add_show,     add_status,  add_health, add_almost, add_feeds,
                      add_reload, add_fmt,     add_concepts, add_regions, add_backup, add_demo}) {
        add(program, session);
    }
}

/// CLI11 ends with 0 for --help and --version; everything else it throws is a wrong usage.
Exit answer_usage(const CLI::App& program, const CLI::ParseError& error, const Console& console) {
    const bool asked = program.exit(error, console.out, console.err) == 0;
    return asked ? Exit::fine : Exit::wrong_usage;
}

}  // namespace

int run(const std::vector<std::string>& arguments, Console& console) {
    log::start(log::Level::warning);
    CLI::App program{"newswatchctl: watch news feeds, try watchlists, follow alerts", "newswatchctl"};
    Session session{.console = console, .config = default_config()};
    describe(program, session);
    try {
        // CLI11 takes the arguments from the back.
        program.parse(std::vector<std::string>{arguments.rbegin(), arguments.rend()});
    } catch (const CLI::ParseError& error) {
        session.exit = answer_usage(program, error, console);
    } catch (const std::exception& error) {
        console.complain(error.what());
        session.exit = Exit::refused;
    }
    console.out.flush();
    return static_cast<int>(session.exit);
}

}  // namespace newswatch::ctl
