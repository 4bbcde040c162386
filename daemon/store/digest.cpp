#include "store/digest.h"

#include "base/format.h"

namespace newswatch::store {

Alert digest_of(const std::vector<Alert>& listed) {
    const Alert& first = listed.front();
    Alert digest;
    digest.kind = AlertKind::digest;
    digest.watchlist = first.watchlist;
    digest.watchlist_name = first.watchlist_name;
    digest.watchlist_rev = first.watchlist_rev;
    digest.wants_updates = first.wants_updates;
    digest.priority = first.priority;
    digest.feed = first.feed;
    digest.feed_name = first.feed_name;
    digest.feed_url = first.feed_url;
    std::string ids;
    for (const Alert& alert : listed) {
        ids += alert.id.text();
        digest.listed.push_back(alert.id);
        digest.listed_titles.push_back(alert.article.title);
    }
    digest.id = hash128({"alert", digest.watchlist, "digest", ids});
    digest.explanation = newswatch::format("{} articles came from one feed at once", listed.size());
    return digest;
}

}  // namespace newswatch::store
