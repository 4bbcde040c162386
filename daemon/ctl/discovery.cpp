#include "ctl/discovery.h"

#include <algorithm>
#include <set>
#include <utility>

#include "parse/feed_links.h"
#include "text/charset.h"
#include "text/language.h"

namespace newswatch::ctl {

namespace {

constexpr std::size_t kReadForLanguage = 10;

/// What the feed says, else what most of its articles say, else what their words look like.
std::string language_of(const parse::ParsedDocument& feed) {
    if (!feed.feed.language.empty()) return feed.feed.language;
    std::string words;
    for (std::size_t i = 0; i < std::min(feed.articles.size(), kReadForLanguage); ++i) {
        if (!feed.articles[i].language.empty()) return feed.articles[i].language;
        words += feed.articles[i].title + ". " + feed.articles[i].summary + "\n";
    }
    return text::code_of(text::detect_language(words));
}

/// A date beyond tomorrow says nothing of the feed's age.
std::optional<Time> newest_of(const std::vector<Article>& articles, Time now) {
    std::optional<Time> newest;
    for (const Article& article : articles) {
        const std::optional<Time> dated = article.published ? article.published : article.updated;
        if (dated && *dated <= now + std::chrono::hours{24} && (!newest || *dated > *newest)) newest = dated;
    }
    return newest;
}

/// One discovery under way.
class Search {
  public:
    Search(const parse::ParserRegistry& parsers, const std::function<FetchAnswer(const std::string&)>& fetch,
           Time now)
        : parsers_{parsers}, fetch_{fetch}, now_{now} {}

    /// Asks and reads. The links of a page are followed from the first address only.
    void look_at(const parse::FeedLink& link, bool is_first) {
        if (requests_ == kMostRequests || !asked_.insert(link.url).second) return;
        ++requests_;
        FetchAnswer answer = fetch_(link.url);
        if (!answer.document) {
            found_.others.push_back({link.url, answer.error.empty() ? "there is no document" : answer.error});
            return;
        }
        const Document& document = *answer.document;
        Result<parse::ParsedDocument> feed = parse::parse(parsers_, document);
        const bool page = parse::is_web_page(text::decode(document.bytes, document.content_type).utf8);
        if (feed && !page) return take(*feed, document, link);
        if (!is_first || !page) {
            found_.others.push_back({link.url, page ? "it is a web page" : feed.error().what});
            return;
        }
        found_.is_page = true;
        for (const parse::FeedLink& next : parse::feed_links(document))
            look_at(next, false);
    }

    [[nodiscard]] Discovery found() && { return std::move(found_); }

  private:
    void take(const parse::ParsedDocument& feed, const Document& document, const parse::FeedLink& link) {
        if (!bodies_.insert(hash128({document.bytes})).second) return;
        found_.feeds.push_back({.url = document.url.empty() ? link.url : document.url,
                                .title = feed.feed.title.empty() ? link.title : feed.feed.title,
                                .format = feed.format,
                                .language = language_of(feed),
                                .articles = feed.articles.size(),
                                .newest = newest_of(feed.articles, now_),
                                .announced = link.announced,
                                .recovered = feed.recovered});
    }

    const parse::ParserRegistry& parsers_;
    const std::function<FetchAnswer(const std::string&)>& fetch_;
    const Time now_;
    Discovery found_{};
    std::size_t requests_{0};
    std::set<std::string> asked_{};
    std::set<Hash128> bodies_{};
};

}  // namespace

Discovery discover(const std::string& url, const parse::ParserRegistry& parsers,
                   const std::function<FetchAnswer(const std::string&)>& fetch, Time now) {
    Search search{parsers, fetch, now};
    search.look_at({.url = url, .title = {}, .announced = false}, true);
    return std::move(search).found();
}

}  // namespace newswatch::ctl
