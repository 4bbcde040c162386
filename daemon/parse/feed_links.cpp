#include "parse/feed_links.h"

#include <algorithm>
#include <unordered_set>

#include "base/ascii.h"
#include "parse/start_tags.h"
#include "text/charset.h"
#include "text/html.h"
#include "text/url.h"

namespace newswatch::parse {

namespace {

constexpr std::size_t kSearched = std::size_t{2} << 20;

bool has(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

/// One of the words of a space-separated attribute such as `rel`.
bool has_word(std::string_view words, std::string_view word) {
    for (std::size_t at = 0; at < words.size();) {
        const std::size_t end = std::min(words.find_first_of(" \t\r\n\f", at), words.size());
        if (words.substr(at, end - at) == word) return true;
        at = end + 1;
    }
    return false;
}

/// application/rss+xml, text/rss, application/x-atom+xml, application/feed+json, and the general types that
/// some publishers announce a feed with. oEmbed and WordPress' own API are announced as alternates too.
bool is_feed_type(std::string_view written) {
    const std::string type = ascii::lower(written.substr(0, written.find(';')));
    if (has(type, "oembed") || has(type, "xhtml")) return false;
    return has(type, "rss") || has(type, "atom") || has(type, "rdf") || has(type, "feed") ||
           has(type, "/xml") || has(type, "application/json");
}

/// A feed's usual names at the end of a path, a parameter that asks for one, or a host for feeds.
bool looks_like_feed(std::string_view url) {
    const std::string low = ascii::lower(url);
    const text::UrlParts parts = text::split_url(low);
    for (const std::string_view host : {"feeds.", "feed.", "rss."}) {
        if (parts.host.starts_with(host)) return true;
    }
    std::string_view path = parts.path;
    while (path.ends_with('/'))
        path.remove_suffix(1);
    for (const std::string_view end : {".rss", ".atom", ".rdf", ".xml", "feed.json"}) {
        if (path.ends_with(end)) return true;
    }
    // The last part, or the one before: /feed, /rss/world, /atom/index.php.
    for (int part = 0; part < 2 && !path.empty(); ++part) {
        const std::size_t slash = path.rfind('/');
        const std::string_view name = slash == path.npos ? path : path.substr(slash + 1);
        for (const std::string_view known : {"feed", "feeds", "rss", "rss2", "atom", "rdf", "syndication"}) {
            if (name == known || (name.starts_with(known) && name.substr(known.size()).starts_with('.')))
                return true;
        }
        path = path.substr(0, slash == path.npos ? 0 : slash);
    }
    for (const std::string_view parameter : {"feed=", "format=feed", "format=rss", "format=atom", "type=rss",
                                             "type=atom", "output=rss", "alt=rss", "mode=rss"}) {
        if (has(parts.query, parameter)) return true;
    }
    return false;
}

/// `RSS` or `Atom` as a word of what people read on the link.
bool reads_like_feed(const StartTag& tag) {
    if (has(tag.text, "RSS") || has(tag.text, "Atom feed")) return true;
    for (const std::string_view attribute : {"title", "aria-label"}) {
        const std::string value = tag.value(attribute);
        if (has(value, "RSS") || has(value, "Atom feed")) return true;
    }
    return false;
}

/// Collects the links of one page.
class Collector {
  public:
    explicit Collector(std::string_view url) : url_{url}, base_{url} {}

    void take(const StartTag& tag) {
        if (tag.name == "base" && !has_base_) {
            const std::string href = tag.value("href");
            const std::string base = href.empty() ? std::string{} : text::resolve_url(href, url_);
            has_base_ = !base.empty();
            if (has_base_) base_ = base;
        } else if (tag.name == "link" || tag.name == "a" || tag.name == "area") {
            take_link(tag);
        }
    }

    [[nodiscard]] std::vector<FeedLink> links() && {
        std::stable_partition(links_.begin(), links_.end(),
                              [](const FeedLink& link) { return link.announced; });
        std::unordered_set<std::string> seen;
        std::erase_if(links_, [&](const FeedLink& link) { return !seen.insert(link.url).second; });
        if (links_.size() > kMostFeedLinks) links_.resize(kMostFeedLinks);
        return std::move(links_);
    }

  private:
    void take_link(const StartTag& tag) {
        const std::string href = tag.value("href");
        if (href.empty() || href.starts_with('#')) return;
        const std::string rel = ascii::lower(tag.value("rel"));
        const std::string type = tag.value("type");
        const bool alternate = has_word(rel, "alternate") && !has_word(rel, "stylesheet");
        const bool feed_scheme = ascii::lower(std::string_view{href}.substr(0, 5)) == "feed:";
        const bool announced = has_word(rel, "feed") || feed_scheme || (alternate && is_feed_type(type));
        std::string url = text::resolve_url(without_feed_scheme(href), base_);
        if (const std::size_t hash = url.find('#'); hash != std::string::npos) url.erase(hash);
        if (!url.starts_with("http://") && !url.starts_with("https://")) return;
        if (!announced) {
            // A <link> that is no alternate is a stylesheet, an icon, a neighbour.
            if (tag.name == "link" && !(alternate && type.empty())) return;
            if (!looks_like_feed(url) && !reads_like_feed(tag)) return;
        }
        std::size_t& room = announced ? announced_room_ : likely_room_;
        if (room == 0) return;
        --room;
        std::string title = tag.value("title");
        if (title.empty() && tag.name != "link") title = text::html_to_text(tag.text);
        links_.push_back({.url = std::move(url), .title = std::move(title), .announced = announced});
    }

    std::string_view url_;
    std::string base_;
    bool has_base_{false};
    std::vector<FeedLink> links_{};
    // A page may name each of its feeds several times.
    std::size_t announced_room_{10 * kMostFeedLinks};
    std::size_t likely_room_{10 * kMostFeedLinks};
};

}  // namespace

std::string without_feed_scheme(std::string address) {
    const std::string low = ascii::lower(std::string_view{address}.substr(0, 16));
    for (const std::string_view scheme : {"feed:", "pcast:", "itpc:", "rss:"}) {
        if (!low.starts_with(scheme)) continue;
        std::string rest = address.substr(scheme.size());
        return rest.starts_with("//") ? "http:" + rest : rest;
    }
    return address;
}

bool is_web_page(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == text.npos) return false;
    const std::string begin = ascii::lower(text.substr(first, 4096));
    return begin.starts_with("<!doctype html") || has(begin, "<html");
}

std::vector<FeedLink> feed_links(std::string_view page, std::string_view url) {
    Collector collector{url};
    StartTags tags{page.substr(0, kSearched)};
    for (StartTag tag; tags.next(tag);)
        collector.take(tag);
    return std::move(collector).links();
}

std::vector<FeedLink> feed_links(const Document& document) {
    return feed_links(text::decode(document.bytes, document.content_type, document.language).utf8,
                      document.url);
}

}  // namespace newswatch::parse
