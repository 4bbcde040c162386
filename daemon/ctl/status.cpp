#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>
#include <ostream>

#include "base/format.h"
#include "base/wording.h"
#include "ctl/daemon_api.h"
#include "ctl/duration.h"
#include "ctl/verbs.h"

namespace newswatch::ctl {

namespace {

using nlohmann::json;

void print_refused(const json& refused, const Console& console) {
    for (const json& finding : refused) {
        console.out << console.paint(Style::red, "refused")
                    << format("    {}:{}:{}: {} [{}]\n", text_of(finding, "file"), number_of(finding, "line"),
                              number_of(finding, "column"), text_of(finding, "message"),
                              text_of(finding, "code"));
    }
}

void print_status(const json& status, const Console& console) {
    const json& feeds = part_of(status, "feeds");
    const json& config = part_of(status, "config");
    console.out << format("newswatchd {} as {}, process {}, up {}\n", show_value(status, "version"),
                          show_value(status, "instance"), show_value(status, "pid"),
                          show_duration(std::chrono::seconds{number_of(status, "uptime_seconds")}));
    console.out << format("feeds      {}: {} ok, {} ill, {} not asked yet\n", number_of(feeds, "total"),
                          number_of(feeds, "ok"), number_of(feeds, "ill"), number_of(feeds, "new"));
    console.out << format("rules      {}, {}; loaded {}\n",
                          counted(number_of(status, "watchlists"), "watchlist"),
                          counted(number_of(status, "concepts"), "concept"), show_value(config, "loaded"));
    console.out << format("archive    {}\n", counted(number_of(status, "articles"), "article"));
    console.out << format("alerts     {}, {} today; number {} is the last, {} the first kept\n",
                          number_of(status, "alerts"), number_of(status, "alerts_today"),
                          number_of(status, "head"), number_of(status, "first"));
    for (const json& endpoint : part_of(status, "publish")) {
        if (endpoint.is_string()) console.out << "publishes  " << endpoint.get<std::string>() << '\n';
    }
    print_refused(part_of(config, "refused"), console);
}

/// A healthy daemon is one line; else a line for each feed and file that needs somebody.
void print_health(const json& health, const Console& console) {
    const json& feeds = part_of(health, "feeds");
    const json& ill = part_of(health, "ill");
    console.out << format("{}: {} ok, {} ill, {} not asked yet\n", counted(number_of(feeds, "total"), "feed"),
                          number_of(feeds, "ok"), number_of(feeds, "ill"), number_of(feeds, "new"));
    for (const json& feed : ill) {
        console.out << console.paint(Style::yellow, text_of(feed, "health")) << "  "
                    << isolate(text_of(feed, "title")) << "  " << text_of(feed, "url") << '\n'
                    << "     " << text_of(feed, "error") << '\n';
    }
    print_refused(part_of(health, "refused"), console);
}

}  // namespace

void add_status(CLI::App& program, Session& session) {
    CLI::App* verb = program.add_subcommand("status", "what the running daemon does");
    verb->add_flag("--json", session.json, "the answer as JSON");
    verb->callback([&session] {
        const std::optional<json> status = ask_daemon(session, "GET", "/v1/status");
        if (status && !session.json) print_status(*status, session.console);
    });
}

void add_health(CLI::App& program, Session& session) {
    CLI::App* verb = program.add_subcommand(
        "health", "feeds and files that need somebody; ends with 1 where there are any");
    verb->add_flag("--json", session.json, "the answer as JSON");
    verb->callback([&session] {
        const std::optional<json> health = ask_daemon(session, "GET", "/v1/health");
        if (!health) return;
        if (!session.json) print_health(*health, session.console);
        const auto healthy = health->find("healthy");
        const bool fine = healthy != health->end() && healthy->is_boolean() && healthy->get<bool>();
        session.exit = fine ? Exit::fine : Exit::refused;
    });
}

}  // namespace newswatch::ctl
