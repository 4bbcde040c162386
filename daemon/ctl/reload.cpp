#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>
#include <ostream>

#include "base/wording.h"
#include "ctl/daemon_api.h"
#include "ctl/verbs.h"

namespace newswatch::ctl {

namespace {

using nlohmann::json;

/// Ends with 1 where something was refused, so that `systemctl reload` shows it (SERVICE.md).
void reload(Session& session) {
    const std::optional<json> answer = ask_daemon(session, "POST", "/v1/reload", {}, kReloadSeconds);
    if (!answer) return;
    const json& refused = part_of(*answer, "refused");
    const auto found = answer->find("reloaded");
    const bool reloaded = found != answer->end() && found->is_boolean() && found->get<bool>();
    session.exit = reloaded && refused.empty() ? Exit::fine : Exit::refused;
    if (session.json) return;
    for (const json& finding : refused)
        session.console.err << text_of(finding, "rendered") << '\n';
    if (!reloaded) {
        session.console.complain("nothing was reloaded: the daemon goes on with what it had");
    } else if (!refused.empty()) {
        session.console.complain(counted(refused.size(), "error") + "; everything else is reloaded");
    } else {
        session.console.out << "reloaded\n";
    }
}

}  // namespace

void add_reload(CLI::App& program, Session& session) {
    CLI::App* verb =
        program.add_subcommand("reload", "read every file again; ends with 1 where one was refused");
    verb->add_flag("--json", session.json, "the answer as JSON");
    verb->callback([&session] { reload(session); });
}

}  // namespace newswatch::ctl
