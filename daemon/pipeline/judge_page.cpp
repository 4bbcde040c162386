#include "pipeline/judge_page.h"

#include <algorithm>
#include <array>
#include <span>
#include <unordered_set>
#include <utility>

#include "analyse/analyser.h"
#include "parse/robots_meta.h"
#include "pipeline/alert_for.h"

namespace newswatch {

namespace {

constexpr std::array<std::chrono::minutes, 2> kTryAgainAfter{std::chrono::minutes{10},
                                                             std::chrono::minutes{90}};
constexpr std::chrono::hours kLongestWait{12};

/// Whether the server may do better later (RFC 9110 §15.6): it did not answer, or said that it is its own
/// fault.
bool may_pass(const FetchAnswer& answer) {
    if (answer.end == PollEnd::refused) return true;
    return answer.end == PollEnd::failed && (answer.status == 0 || answer.status >= 500);
}

void give_up_or_wait(const FetchAnswer& answer, PageResult& page, Time now) {
    if (!may_pass(answer) || page.wish.tries >= kTryAgainAfter.size()) return;
    std::chrono::seconds wait = kTryAgainAfter.at(page.wish.tries);
    if (answer.wishes.retry_after) wait = std::max(wait, *answer.wishes.retry_after);
    if (wait > kLongestWait) return;
    page.wish.not_before = now + wait;
    ++page.wish.tries;
    page.again = true;
}

std::unordered_set<std::uint64_t> words_of(const Article& article) {
    const Analysed analysed = analyse::analyse(article);
    std::unordered_set<std::uint64_t> words;
    for (const AnalysedField& field : analysed.fields)
        words.insert(field.keys.begin(), field.keys.end());
    return words;
}

/// At least half of the words of the entry's title stand on its page. A front page or a consent form in its
/// place would bring matches that nobody published.
bool speaks_of(const Article& entry, const Article& page) {
    if (entry.title.empty()) return true;
    const Article headline{.title = entry.title};
    const Article text{.title = page.title, .content = page.content};
    const std::unordered_set<std::uint64_t> there = words_of(text);
    const Analysed wanted = analyse::analyse(headline);
    std::size_t words = 0;
    std::size_t found = 0;
    for (const AnalysedField& field : wanted.fields) {
        for (const AnalysedWord& word : field.words) {
            const auto keys = std::span{field.keys}.subspan(word.first_key, word.key_count);
            ++words;
            if (std::any_of(keys.begin(), keys.end(), [&](std::uint64_t key) { return there.contains(key); }))
                ++found;
        }
    }
    return found * 2 >= words;
}

/// The entry with what only its page says. What the feed says of it holds: it named the article first.
Article with_page(Article entry, Article page) {
    entry.content = std::move(page.content);
    if (entry.authors.empty()) entry.authors = std::move(page.authors);
    if (!entry.published) {
        entry.published = page.published;
        entry.published_raw = std::move(page.published_raw);
    }
    if (entry.language.empty()) entry.language = std::move(page.language);
    if (entry.image.empty()) entry.image = std::move(page.image);
    return entry;
}

/// Why the page brings nothing; empty where it does, and then `page.article` is set.
std::string read_page(const Jury& jury, Document document, PageResult& page) {
    const parse::RobotsMeta wishes = parse::robots_meta(document.bytes);
    if (!wishes.read) return "the page asks automatic readers to leave it alone (robots: noindex)";
    page.archive = wishes.keep;
    document.reader = "article_page";
    Result<parse::ParsedDocument> parsed = parse::parse(jury.parsers, document);
    if (!parsed) return parsed.error().what;
    if (parsed->articles.empty()) return "there is no article on the page";
    Article& found = parsed->articles.front();
    const Article& entry = page.wish.article;
    if (found.content.size() <= std::max(entry.content.size(), entry.summary.size()))
        return "the page says no more than the feed";
    if (!speaks_of(entry, found)) return "the page is about something else";
    page.article = with_page(entry, std::move(found));
    return {};
}

void match_page(const Jury& jury, const Feed& feed, const FeedState& state, PageResult& page) {
    HarvestedArticle harvested;
    harvested.article = *page.article;
    harvested.keys = page.wish.keys;
    const Analysed analysed = analyse::analyse(harvested.article, feed.language);
    const match::FeedContext context{.url = feed.url, .name = feed.name, .folder = feed.folder};
    for (const Match& match : match::match(jury.watchlists, analysed, context)) {
        const auto watchlist = jury.watchlists.find(match.watchlist);
        page.alerts.push_back(alert_for(*watchlist, match, feed, state, harvested));
    }
}

}  // namespace

Judgement judge_page(const Jury& jury, FetchAnswer answer, PageWish wish, const FeedState& state, Time now) {
    Judgement judgement;
    judgement.harvest.feed = std::move(answer.request.feed);
    PollOutcome& outcome = judgement.outcome;
    outcome.feed = wish.feed;
    outcome.end = answer.end;
    outcome.status = answer.status;
    outcome.error = std::move(answer.error);
    outcome.at = now;
    PageResult& page = judgement.harvest.page.emplace();
    page.wish = std::move(wish);
    if (!answer.document) {
        give_up_or_wait(answer, page, now);
        return judgement;
    }
    outcome.error = read_page(jury, *std::move(answer.document), page);
    if (page.article) match_page(jury, judgement.harvest.feed, state, page);
    return judgement;
}

}  // namespace newswatch
