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

void report_move(const Judgement& poll) {
    const Feed& feed = poll.harvest.feed;
    const std::string_view moved_to = poll.harvest.state.moved_to();
    if (moved_to.empty()) {
        log::warning("fetch", "feed \"{}\" <{}> is asked at its old address again", feed.label(), feed.url);
    } else {
        log::warning(
            "fetch",
            "feed \"{}\" <{}> has moved for good and is asked at <{}> now; write that address in {}:{}",
            feed.label(), feed.url, moved_to, feed.place.file, feed.place.line);
    }
}

void report_page(const Judgement& page) {
    const PageResult& result = *page.harvest.page;
    const std::string& url = result.wish.article.url;
    if (result.article) {
        log::debug("parse", "page <{}> is read", url);
    } else if (result.again) {
        log::debug("fetch", "page <{}>: {}; it is asked for again later", url, page.outcome.error);
    } else {
        log::info("fetch", "page <{}> of feed <{}> is left out: {}", url, page.harvest.feed.url,
                  page.outcome.error);
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
