#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/format.h"
#include "store/journal.h"

/// Small harvests, so that a test names only what it is about.
namespace newswatch::store {

inline const Time kNoon =
    Time{std::chrono::sys_days{std::chrono::year{2026} / 3 / 14} + std::chrono::hours{12}};

inline Feed feed_at(const std::string& url) {
    Feed feed;
    feed.id = feed_id(url);
    feed.url = url;
    return feed;
}

inline const Feed kGazette = feed_at("https://gazette.example/feed");

/// An article of the feed under an id of its own, with one text.
inline HarvestedArticle article(const Feed& feed, const std::string& own_id, const std::string& text) {
    HarvestedArticle harvested;
    harvested.article.own_id = own_id;
    harvested.article.url = feed.url + "/" + own_id;
    harvested.article.title = text;
    const std::string id = feed.id.text();
    harvested.keys.id = hash128({"id", id, own_id});
    harvested.keys.fingerprint = hash128({"fingerprint", id, text});
    harvested.keys.revision = hash128({"revision", text});
    harvested.keys.across_feeds = hash128({"across", text});
    return harvested;
}

inline Alert alert(const std::string& watchlist, const HarvestedArticle& of,
                   const std::string& revision = "0") {
    Alert made;
    made.id = hash128({watchlist, of.keys.id.text(), revision});
    made.watchlist = watchlist;
    made.article_id = of.keys.id;
    made.article = of.article;
    return made;
}

inline HarvestedArticle with_alert(HarvestedArticle of, const std::string& watchlist) {
    of.alerts.push_back(alert(watchlist, of));
    return of;
}

inline Harvest harvest(const Feed& feed, std::vector<HarvestedArticle> articles) {
    Harvest made;
    made.feed = feed;
    made.state.id = feed.id;
    made.articles = std::move(articles);
    return made;
}

/// A payload that shows what the journal has set.
inline std::string plain_payload(const Alert& alert) {
    return newswatch::format(R"({{"number":{},"previous":{},"kind":{},"nwstream":"{}","watchlist":"{}"}})",
                             alert.number, alert.previous, static_cast<int>(alert.kind), alert.stream,
                             alert.watchlist);
}

inline Result<std::unique_ptr<Journal>> open_journal(const std::filesystem::path& folder,
                                                     const Clock& clock) {
    return Journal::open(folder, clock, plain_payload);
}

/// Commits one harvest of the Gazette.
/// All steps of it; how many rows went.
inline std::size_t retire_all(Journal& journal, std::chrono::hours keep) {
    std::size_t rows = 0;
    Journal::Retired step{.done = false};
    while (!step.done) {
        step = journal.retire(keep, keep).value();
        rows += step.rows;
    }
    return rows;
}

inline Result<Committed> commit(Journal& journal, std::vector<HarvestedArticle> articles) {
    const std::vector<Harvest> harvests{harvest(kGazette, std::move(articles))};
    return journal.commit(harvests);
}

}  // namespace newswatch::store
