#include "parse/parser.h"
#include "text/url.h"

namespace newswatch::parse {

ArticleKeys article_keys(const FeedId& feed, const Article& article) {
    const std::string url = text::canonical_url(article.url);
    // One pass over the text serves all keys; its digest stands for it below.
    const Hash128 text = hash128({article.title, article.summary, article.content});
    const std::string text_name = text.text();
    const std::string feed_name = feed.text();

    ArticleKeys keys;
    if (!article.own_id.empty()) {
        keys.id = hash128({"article", feed_name, "id", article.own_id});
    } else if (!url.empty()) {
        keys.id = hash128({"article", feed_name, "url", url});
    } else {
        keys.id = hash128({"article", feed_name, "text", text_name});
    }
    keys.fingerprint = hash128({"fingerprint", feed_name, url, text_name});
    keys.revision = text;
    if (!url.empty()) keys.across_feeds = hash128({"across feeds", url, text_name});
    return keys;
}

}  // namespace newswatch::parse
