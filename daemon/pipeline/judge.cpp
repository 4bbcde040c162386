#include "pipeline/judge.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "analyse/analyser.h"
#include "parse/teaser.h"
#include "pipeline/alert_for.h"

namespace newswatch {

namespace {

/// How many near matches one document may add to what is shown.
constexpr std::size_t kAlmostPerDocument = 20;

/// The first poll of a feed brings its history: only what is surely young alerts (DESIGN.md §4). A date in
/// the future is a wrong time zone or a wrong clock, up to a day; beyond that it says nothing of the age.
bool young_enough(const Article& article, Time now, std::chrono::seconds window) {
    const std::optional<Time> dated = article.published ? article.published : article.updated;
    return dated && *dated >= now - window && *dated <= now + std::chrono::hours{24};
}

/// Watchlists that hundreds of articles meet at once: one digest tells of them all (DESIGN.md §4, FAULTS.md
/// 75 and 76).
std::set<std::string> digests_of(const std::vector<HarvestedArticle>& articles, std::size_t burst) {
    std::map<std::string_view, std::size_t> alerts;
    for (const HarvestedArticle& harvested : articles) {
        for (const Alert& alert : harvested.alerts)
            ++alerts[alert.watchlist];
    }
    std::set<std::string> digests;
    for (const auto& [watchlist, count] : alerts) {
        if (count > burst) digests.insert(std::string{watchlist});
    }
    return digests;
}

std::optional<std::chrono::seconds> age_of_oldest(const std::vector<Article>& articles, Time now) {
    std::optional<Time> oldest;
    for (const Article& article : articles) {
        // Before there were feeds: a generator's way to say that it knows no date.
        if (!article.published || *article.published < Time{} || *article.published > now) continue;
        if (!oldest || *article.published < *oldest) oldest = article.published;
    }
    if (!oldest) return std::nullopt;
    return std::chrono::duration_cast<std::chrono::seconds>(now - *oldest);
}

/// A text that met a watchlist before its change is no news to it, unless it asks for updates (DESIGN.md §4).
void drop_what_was_met(const Jury& jury, const Feed& feed, const match::FeedContext& context,
                       const std::string& language, HarvestedArticle& harvested) {
    if (harvested.alerts.empty() || !jury.earlier_text) return;
    const std::optional<Article> earlier = jury.earlier_text(feed.id, harvested.keys.id);
    if (!earlier) return;  // `store` still knows which watchlists alerted on it
    std::set<std::string> met;
    for (const Match& match : match::match(jury.watchlists, analyse::analyse(*earlier, language), context))
        met.emplace(match.watchlist);
    std::erase_if(harvested.alerts,
                  [&](const Alert& alert) { return !alert.wants_updates && met.contains(alert.watchlist); });
}

void match_article(const Jury& jury, const Feed& feed, const FeedState& state, const std::string& language,
                   HarvestedArticle& harvested, Judgement& judgement) {
    const Analysed analysed = analyse::analyse(harvested.article, language);
    const match::FeedContext context{.url = feed.url, .name = feed.name, .folder = feed.folder};
    for (const Match& match : match::match(jury.watchlists, analysed, context)) {
        const auto watchlist = jury.watchlists.find(match.watchlist);
        harvested.alerts.push_back(alert_for(*watchlist, match, feed, state, harvested));
    }
    if (harvested.novelty == Novelty::revised) drop_what_was_met(jury, feed, context, language, harvested);
    if (harvested.novelty != Novelty::fresh || judgement.almost.size() >= kAlmostPerDocument) return;
    const std::size_t room = kAlmostPerDocument - judgement.almost.size();
    for (NearMatch& near : match::near_matches(jury.watchlists, analysed, context, room)) {
        judgement.almost.push_back({.near = std::move(near),
                                    .title = harvested.article.title,
                                    .url = harvested.article.url,
                                    .language = harvested.article.language,
                                    .feed = feed.label()});
    }
}

/// One page once: a revised entry does not bring its page again.
bool wants_page(const Feed& feed, const HarvestedArticle& harvested) {
    if (feed.full_text == FullText::never || harvested.novelty != Novelty::fresh) return false;
    const std::string& url = harvested.article.url;
    if (!url.starts_with("https://") && !url.starts_with("http://")) return false;
    return feed.full_text == FullText::always || parse::is_teaser(harvested.article);
}

/// The fresh and revised articles of a document, matched. Returns how many are fresh.
unsigned harvest_articles(const Jury& jury, std::vector<Article> articles, const FeedState& state,
                          bool first_poll, const std::string& language, Time now, Judgement& judgement) {
    Harvest& harvest = judgement.harvest;
    harvest.still_there = parse::document_keys(harvest.feed.id, articles);
    unsigned fresh = 0;
    for (std::size_t i = 0; i < articles.size(); ++i) {
        HarvestedArticle harvested;
        harvested.keys = harvest.still_there[i];
        harvested.novelty = jury.novelty(harvested.keys);
        if (harvested.novelty == Novelty::known) continue;
        harvested.article = std::move(articles[i]);
        if (harvested.novelty == Novelty::fresh) ++fresh;
        const bool young = !first_poll || young_enough(harvested.article, now, jury.first_poll_window);
        if (young) match_article(jury, harvest.feed, state, language, harvested, judgement);
        if (young && wants_page(harvest.feed, harvested)) {
            harvest.pages.push_back(
                {.feed = harvest.feed.id, .keys = harvested.keys, .article = harvested.article});
        }
        harvest.articles.push_back(std::move(harvested));
    }
    // A heap of articles at once is an archive that was opened: a publisher is not asked for each of its
    // pages.
    if (fresh > jury.burst) harvest.pages.clear();
    harvest.digests = digests_of(harvest.articles, jury.burst);
    judgement.outcome.matched_articles = static_cast<unsigned>(std::count_if(
        harvest.articles.begin(), harvest.articles.end(), [](const HarvestedArticle& harvested) {
            return harvested.novelty == Novelty::fresh && !harvested.alerts.empty();
        }));
    return fresh;
}

void judge_document(const Jury& jury, const Document& document, FeedState& state, Time now,
                    Judgement& judgement) {
    PollOutcome& outcome = judgement.outcome;
    const Hash128 body_hash = hash128({document.bytes});
    if (body_hash == state.body_hash) {  // an unchanged 200: nothing to parse
        outcome.end = PollEnd::not_modified;
        state.etag = document.etag;
        state.last_modified = document.last_modified;
        return;
    }
    Result<parse::ParsedDocument> parsed = parse::parse(jury.parsers, document);
    if (!parsed) {
        outcome.end = PollEnd::unreadable;
        outcome.error = parsed.error().what;
        if (!parsed.error().help.empty()) outcome.error += " (" + parsed.error().help + ")";
        return;
    }
    const bool first_poll = state.last_success == Time{};
    // The validators belong to a document that could be read, so they are kept only now (POLLING.md §1).
    state.etag = document.etag;
    state.last_modified = document.last_modified;
    state.body_hash = body_hash;
    if (!parsed->feed.title.empty()) state.title = parsed->feed.title;
    if (parsed->feed.ttl_minutes) outcome.wishes.ttl = std::chrono::minutes{*parsed->feed.ttl_minutes};
    outcome.bytes = document.bytes.size();
    outcome.articles = static_cast<unsigned>(parsed->articles.size());
    if (first_poll) outcome.span = age_of_oldest(parsed->articles, now);
    judgement.problems = std::move(parsed->problems);
    const std::string& language = !document.language.empty() ? document.language : parsed->feed.language;
    outcome.new_articles =
        harvest_articles(jury, std::move(parsed->articles), state, first_poll, language, now, judgement);
}

}  // namespace

Judgement judge(const Jury& jury, FetchAnswer answer, FeedState state, Time now) {
    Judgement judgement;
    judgement.harvest.feed = std::move(answer.request.feed);
    PollOutcome& outcome = judgement.outcome;
    outcome.feed = judgement.harvest.feed.id;
    outcome.end = answer.end;
    outcome.status = answer.status;
    outcome.error = std::move(answer.error);
    outcome.wishes = answer.wishes;
    outcome.moved_to = std::move(answer.moved_to);
    outcome.at = now;
    if (answer.document) {
        judge_document(jury, *answer.document, state, now, judgement);
    } else if (answer.end == PollEnd::not_modified) {  // a 304 may refresh the validators (RFC 9110 §15.4.5)
        if (!answer.etag.empty()) state.etag = std::move(answer.etag);
        if (!answer.last_modified.empty()) state.last_modified = std::move(answer.last_modified);
    }
    state.id = outcome.feed;
    judgement.harvest.state = schedule::after_poll(std::move(state), outcome, jury.bounds, jury.tariff,
                                                   judgement.harvest.feed.every, jury.dice);
    return judgement;
}

}  // namespace newswatch
