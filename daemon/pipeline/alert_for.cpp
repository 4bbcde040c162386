#include "pipeline/alert_for.h"

#include <string>
#include <string_view>

namespace newswatch {

namespace {

Hash128 alert_id(std::string_view watchlist, const Hash128& article, const Hash128& revision) {
    return hash128({"alert", watchlist, article.text(), revision.text()});
}

}  // namespace

Alert alert_for(const match::WatchlistFacts& watchlist, const Match& match, const Feed& feed,
                const FeedState& state, const HarvestedArticle& harvested) {
    Alert alert;
    const bool revised = harvested.novelty == Novelty::revised;
    // The revision is 0 at first, then a hash of the text: the first alert of an article has the same id
    // everywhere.
    alert.id = alert_id(watchlist.id, harvested.keys.id, revised ? harvested.keys.revision : Hash128{});
    alert.kind = revised ? AlertKind::updated : AlertKind::new_article;
    alert.watchlist = std::string{watchlist.id};
    alert.watchlist_name = std::string{watchlist.name};
    alert.watchlist_rev = std::string{watchlist.rev};
    alert.wants_updates = watchlist.updates;
    alert.priority = watchlist.priority;
    alert.feed = feed.id;
    alert.feed_name = !feed.name.empty() ? feed.name : state.title;
    alert.feed_url = feed.url;
    alert.article_id = harvested.keys.id;
    alert.article = harvested.article;
    alert.spans = match.spans;
    alert.explanation = match::explain(match);
    return alert;
}

}  // namespace newswatch
