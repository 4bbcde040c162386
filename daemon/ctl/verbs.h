#pragma once

#include "ctl/session.h"

namespace CLI {
class App;
}

/// One function a verb, each in a file of its name. It adds the verb with its options to the program; when
/// the person chose it, the verb runs with the session and leaves its answer in `session.exit`.
namespace newswatch::ctl {

void add_parse(CLI::App& program, Session& session);
void add_extract(CLI::App& program, Session& session);
void add_match(CLI::App& program, Session& session);
void add_why_not(CLI::App& program, Session& session);
void add_check(CLI::App& program, Session& session);
void add_tail(CLI::App& program, Session& session);
void add_replay(CLI::App& program, Session& session);
void add_search(CLI::App& program, Session& session);
void add_try(CLI::App& program, Session& session);
void add_show(CLI::App& program, Session& session);
void add_status(CLI::App& program, Session& session);
void add_health(CLI::App& program, Session& session);
void add_almost(CLI::App& program, Session& session);
void add_backup(CLI::App& program, Session& session);
void add_feeds(CLI::App& program, Session& session);
void add_feeds_check(CLI::App& feeds, Session& session);  // a verb of `feeds`
void add_reload(CLI::App& program, Session& session);
void add_fmt(CLI::App& program, Session& session);
void add_concepts(CLI::App& program, Session& session);
void add_regions(CLI::App& program, Session& session);
void add_demo(CLI::App& program, Session& session);

}  // namespace newswatch::ctl
