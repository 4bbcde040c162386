#include "parse/refusal.h"

#include <algorithm>
#include <cctype>
#include <string>

#include "base/ascii.h"
#include "base/format.h"
#include "parse/feed_links.h"
#include "text/html.h"

namespace newswatch::parse {

namespace {

constexpr std::size_t kNowhere = std::string::npos;
constexpr std::size_t kLookedAt = std::size_t{256} * 1024;

/// What the page says of its feeds, for somebody who gave its address as a feed's.
std::string help_for_page(std::string_view page, std::string_view url) {
    constexpr std::size_t kNamed = 3;
    const std::vector<FeedLink> links = feed_links(page, url);
    std::string named;
    std::size_t announced = 0;
    for (const FeedLink& link : links) {
        if (!link.announced) continue;
        if (++announced <= kNamed) named += (named.empty() ? "" : ", ") + link.url;
    }
    const std::string check = "newswatchctl feeds check " + std::string{url};
    if (announced == 1) return "the page announces a feed: " + named;
    if (announced > 1)
        return format("the page announces {} feeds: {}{}; `{}` tells more", announced, named,
                      announced > kNamed ? ", …" : "", check);
    if (!links.empty())
        return format("the page announces no feed, but {} may be one; `{}` tells", links.front().url, check);
    return "an RSS or Atom feed was expected, and the page announces none";
}

/// The sitemap of an index that carries news by its address; else its first.
std::string news_sitemap(std::string_view index) {
    std::string first;
    for (std::size_t at = index.find("<loc>"); at != kNowhere; at = index.find("<loc>", at + 5)) {
        const std::size_t end = index.find('<', at + 5);
        if (end == kNowhere) break;
        std::string address = text::html_to_text(index.substr(at + 5, end - at - 5));
        if (ascii::lower(address).find("news") != kNowhere) return address;
        if (first.empty()) first = std::move(address);
    }
    return first;
}

std::string root_name(std::string_view text) {
    for (std::size_t at = text.find('<'); at != kNowhere; at = text.find('<', at + 1)) {
        const std::size_t end = text.find_first_of(" \t\r\n/>", at + 1);
        const bool name = at + 1 < text.size() && std::isalpha(static_cast<unsigned char>(text[at + 1])) != 0;
        if (name) return std::string{text.substr(at + 1, std::min(end, at + 40) - at - 1)};
    }
    return {};
}

/// The first words, fit for one line.
std::string beginning(std::string_view text) {
    constexpr std::size_t kShown = 60;
    std::string shown = text::tidy_text(text.substr(0, 4 * kShown));
    std::replace(shown.begin(), shown.end(), '\n', ' ');
    if (shown.size() <= kShown) return shown;
    std::size_t end = kShown;
    while (end > 0 && (static_cast<unsigned char>(shown[end]) & 0xC0) == 0x80)
        --end;
    return shown.substr(0, end) + "…";
}

}  // namespace

Error refusal(std::string_view text, std::string_view url) {
    Error error{.kind = ErrorKind::bad_input, .what = {}, .where = std::string{url}, .help = {}};
    const std::string_view start = text.substr(0, kLookedAt);
    const std::size_t first = start.find_first_not_of(" \t\r\n");
    if (first == kNowhere) {
        error.what = "empty document";
        error.help = "an RSS or Atom feed was expected; ask the publisher, or remove the feed";
        return error;
    }
    const std::string low = ascii::lower(start.substr(first, 4096));
    if (is_web_page(start)) {
        error.what = "this is a web page, not a feed";
        error.help = help_for_page(text, url);
    } else if (low.starts_with("{") || low.starts_with("[")) {
        error.what = "this is JSON, but not a JSON Feed: it names no jsonfeed.org version";
        error.help = "an RSS, Atom or JSON feed was expected";
    } else if (low.find("<sitemapindex") != kNowhere) {
        const std::string sitemap = news_sitemap(start);
        error.what = "this is an index of sitemaps, not a feed";
        error.help = sitemap.empty() ? "configure one of the sitemaps that it lists, best that of the news"
                                     : "configure the sitemap of the news that it lists: " + sitemap;
    } else if (low.starts_with("<")) {
        const std::string root = root_name(start);
        error.what = root.empty() ? "this is XML, but not a feed: it does not come to its root"
                                  : "this is XML, but not a feed: its root is <" + root + ">";
        error.help = "an RSS or Atom feed was expected";
    } else {
        error.what = "not XML: it begins \"" + beginning(start.substr(first)) + "\"";
        error.help = "an RSS or Atom feed was expected";
    }
    return error;
}

}  // namespace newswatch::parse
