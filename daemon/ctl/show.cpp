#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>
#include <ostream>

#include "ctl/alert_view.h"
#include "ctl/daemon_api.h"
#include "ctl/verbs.h"

namespace newswatch::ctl {

namespace {

using nlohmann::json;

constexpr std::string_view kIdCharacters = "abcdefghijklmnopqrstuvwxyz234567";  // RFC 4648 base32, lower case

void show_alert(const std::string& id, Session& session) {
    if (id.find_first_not_of(kIdCharacters) != std::string::npos) {
        session.console.complain(id +
                                 " is not the id of an alert: it has letters and the digits 2 to 7 only");
        session.exit = Exit::refused;
        return;
    }
    const std::optional<json> answer = ask_daemon(session, "GET", "/v1/alerts/" + id);
    if (!answer || session.json) return;
    session.console.out << alert_page(part_of(*answer, "alert"), SystemClock{}.now(), session.console);
}

void show_almost(Session& session) {
    const std::optional<json> answer = ask_daemon(session, "GET", "/v1/almost");
    if (!answer || session.json) return;
    const json& almost = part_of(*answer, "almost");
    for (const json& entry : almost)
        session.console.out << near_miss(entry, session.console);
    if (almost.empty()) session.console.out << "nothing came close since the daemon started\n";
}

}  // namespace

void add_show(CLI::App& program, Session& session) {
    auto id = std::make_shared<std::string>();
    CLI::App* verb = program.add_subcommand("show", "one alert with everything that explains it");
    verb->add_flag("--json", session.json, "the alert as JSON");
    verb->add_option("alert", *id, "its id, as `tail --json` prints it")->required()->type_name("ALERT");
    verb->callback([id, &session] { show_alert(*id, session); });
}

void add_almost(CLI::App& program, Session& session) {
    CLI::App* verb = program.add_subcommand("almost", "articles that a watchlist missed by one clause");
    verb->add_flag("--json", session.json, "the answer as JSON");
    verb->callback([&session] { show_almost(session); });
}

}  // namespace newswatch::ctl
