#include "xml/vocabulary.h"

#include <algorithm>
#include <array>

#include "feed/words.h"

namespace newswatch::xml {

namespace {

bool is_one_of(std::string_view name, const auto& names) {
    return std::any_of(names.begin(), names.end(),
                       [&](std::string_view other) { return feed::same_word(name, other); });
}

/// Elements that hold plain text only.
constexpr std::array<std::string_view, 20> kPlain = {
    "title",    "link", "guid",    "id",       "pubDate",  "updated",          "published",
    "author",   "ttl",  "creator", "category", "language", "lastBuildDate",    "issued",
    "modified", "loc",  "lastmod", "date",     "subject",  "publication_date",
};
/// Elements that may hold HTML, escaped or naked.
constexpr std::array<std::string_view, 8> kRich = {"description", "summary", "content",  "encoded",
                                                   "subtitle",    "tagline", "abstract", "rights"};
/// Elements of feeds that HTML may hold too …
constexpr std::array<std::string_view, 8> kFields = {"title",   "link",   "description", "content",
                                                     "summary", "source", "id",          "loc"};
/// … and those that it does not.
constexpr std::array<std::string_view, 16> kFieldsOnly = {
    "pubDate",  "guid",     "enclosure",        "updated", "published", "issued",
    "modified", "comments", "category",         "encoded", "creator",   "lastBuildDate",
    "lastmod",  "keywords", "publication_date", "news"};
constexpr std::array<std::string_view, 6> kRoots = {"rss", "RDF", "feed", "channel", "entry", "urlset"};
constexpr std::array<std::string_view, 6> kContainers = {"rss", "RDF", "feed", "channel", "items", "urlset"};

}  // namespace

std::string_view local_part(std::string_view name) {
    const std::size_t colon = name.rfind(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

std::string_view prefix_of(std::string_view name) {
    const std::size_t colon = name.rfind(':');
    return colon == std::string_view::npos ? std::string_view{} : name.substr(0, colon);
}

bool is_feed_root(std::string_view name) {
    return is_one_of(local_part(name), kRoots);
}

bool is_entry(std::string_view name, std::string_view root) {
    const std::string_view prefix = prefix_of(name);
    const bool ours = prefix.empty() || prefix == prefix_of(root) || feed::same_word(prefix, "rss") ||
                      feed::same_word(prefix.substr(0, 4), "atom");
    if (!ours) return false;
    const std::string_view local = local_part(name);
    if (feed::same_word(local_part(root), "urlset")) return feed::same_word(local, "url");
    return feed::same_word(local, "item") || feed::same_word(local, "entry");
}

bool holds_entries(std::string_view name) {
    return is_one_of(local_part(name), kContainers);
}

Holds what_it_holds(std::string_view name) {
    name = local_part(name);
    if (is_one_of(name, kPlain)) return Holds::text;
    return is_one_of(name, kRich) ? Holds::html : Holds::anything;
}

Stands where_it_stands(std::string_view name) {
    name = local_part(name);
    if (is_one_of(name, kFieldsOnly)) return Stands::in_feed;
    return is_one_of(name, kFields) ? Stands::in_feed_or_html : Stands::anywhere;
}

}  // namespace newswatch::xml
