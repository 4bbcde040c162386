#include "pipeline/reports.h"

#include "base/log.h"
#include "base/wording.h"

namespace newswatch {

void report_findings(const std::vector<settings::Finding>& findings) {
    for (const settings::Finding& finding : findings) {
        const std::string line = settings::render_line(finding);
        switch (finding.severity) {
            case settings::Severity::error:
                log::error("settings", "{}", line);
                break;
            case settings::Severity::warning:
                log::warning("settings", "{}", line);
                break;
            case settings::Severity::note:
                log::debug("settings", "{}", line);
                break;
        }
    }
}

void report_health(const Judgement& poll) {
    const Feed& feed = poll.harvest.feed;
    const FeedState& state = poll.harvest.state;
    if (state.last_error.empty()) {
        log::info("fetch", "feed \"{}\" <{}> answers again", feed.label(), feed.url);
    } else {
        log::warning("fetch", "feed \"{}\" <{}>: {}", feed.label(), feed.url, state.last_error);
    }
}

void report_stored(const Judgement& poll, std::size_t burst) {
    const Feed& feed = poll.harvest.feed;
    log::debug("store", "feed \"{}\": {}", feed.label(), counted(poll.outcome.new_articles, "new article"));
    for (const std::string& problem : poll.problems)
        log::debug("parse", "feed \"{}\" <{}>: {}", feed.label(), feed.url, problem);
    for (const std::string& watchlist : poll.harvest.digests) {
        log::warning("publish",
                     "feed \"{}\" <{}> brought more than {} at once that meet \"{}\": one digest lists them "
                     "(alerts.burst)",
                     feed.label(), feed.url, counted(burst, "article"), watchlist);
    }
}

}  // namespace newswatch
