#include <string>
#include <unordered_map>

#include "parse/parser.h"
#include "text/url.h"

namespace newswatch::parse {

namespace {

/// What tells an entry from the others of its feed, in the order of DESIGN.md §4.
enum class Identity : std::uint8_t { own_id, url, text };

Identity identity_of(const Article& article, const std::string& url) {
    if (!article.own_id.empty()) return Identity::own_id;
    return url.empty() ? Identity::text : Identity::url;
}

ArticleKeys keys_by(Identity identity, const FeedId& feed, const Article& article, const std::string& url) {
    // One pass over the text serves all keys; its digest stands for it below.
    const Hash128 text = hash128({article.title, article.summary, article.content});
    const std::string text_name = text.text();
    const std::string feed_name = feed.text();

    ArticleKeys keys;
    switch (identity) {
        case Identity::own_id:
            // RFC 4287 §4.2.6.1: ids are compared character by character, so they are never normalised.
            keys.id = hash128({"article", feed_name, "id", article.own_id});
            break;
        case Identity::url:
            keys.id = hash128({"article", feed_name, "url", url});
            break;
        case Identity::text:
            keys.id = hash128({"article", feed_name, "text", text_name});
            break;
    }
    keys.fingerprint = hash128({"fingerprint", feed_name, url, text_name});
    keys.revision = text;
    if (!url.empty()) keys.across_feeds = hash128({"across feeds", url, text_name});
    return keys;
}

/// The identities of a document's entries. A publisher that puts one id, or without ids one address, on
/// entries that are plainly different ones means nothing by it: what comes next in the order tells them
/// apart.
std::vector<Identity> identities(std::span<const Article> articles, const std::vector<std::string>& urls) {
    std::unordered_map<std::string_view, std::string_view> address_of_id;
    std::unordered_map<std::string_view, bool> shared_ids;
    for (std::size_t i = 0; i < articles.size(); ++i) {
        if (articles[i].own_id.empty() || urls[i].empty()) continue;
        // Versions of one entry share its address (RFC 4287 §4.1.1).
        const auto [first, is_first] = address_of_id.emplace(articles[i].own_id, urls[i]);
        if (!is_first && first->second != urls[i]) shared_ids[articles[i].own_id] = true;
    }
    std::vector<Identity> result(articles.size());
    std::unordered_map<std::string_view, unsigned> by_address;
    for (std::size_t i = 0; i < articles.size(); ++i) {
        result[i] = identity_of(articles[i], urls[i]);
        if (result[i] == Identity::own_id && shared_ids.contains(articles[i].own_id))
            result[i] = urls[i].empty() ? Identity::text : Identity::url;
        if (result[i] == Identity::url) ++by_address[urls[i]];
    }
    for (std::size_t i = 0; i < articles.size(); ++i) {
        if (result[i] == Identity::url && by_address[urls[i]] > 1) result[i] = Identity::text;
    }
    return result;
}

}  // namespace

ArticleKeys article_keys(const FeedId& feed, const Article& article) {
    const std::string url = text::canonical_url(article.url);
    return keys_by(identity_of(article, url), feed, article, url);
}

std::vector<ArticleKeys> document_keys(const FeedId& feed, std::span<const Article> articles) {
    std::vector<std::string> urls;
    urls.reserve(articles.size());
    for (const Article& article : articles)
        urls.push_back(text::canonical_url(article.url));
    const std::vector<Identity> identity = identities(articles, urls);
    std::vector<ArticleKeys> keys;
    keys.reserve(articles.size());
    for (std::size_t i = 0; i < articles.size(); ++i)
        keys.push_back(keys_by(identity[i], feed, articles[i], urls[i]));
    return keys;
}

}  // namespace newswatch::parse
