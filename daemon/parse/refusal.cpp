#include "parse/refusal.h"

#include <algorithm>
#include <cctype>
#include <string>

#include "text/html.h"
#include "text/url.h"

namespace newswatch::parse {

namespace {

constexpr std::size_t kNowhere = std::string::npos;
constexpr std::size_t kLookedAt = std::size_t{256} * 1024;

std::string lower(std::string_view text) {
    std::string out{text};
    std::transform(out.begin(), out.end(), out.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return out;
}

/// The value of `name="…"` in one tag.
std::string_view attribute(std::string_view tag, std::string_view lower_tag, std::string_view name) {
    const std::size_t found = lower_tag.find(std::string{" "}.append(name).append("="));
    if (found == kNowhere) return {};
    std::size_t from = found + name.size() + 2;
    if (from >= tag.size()) return {};
    const char quote = tag[from];
    const bool quoted = quote == '"' || quote == '\'';
    from += quoted ? 1 : 0;
    const std::size_t end = quoted ? tag.find(quote, from) : tag.find_first_of(" >", from);
    return tag.substr(from, end == kNowhere ? end : end - from);
}

/// The feed that a web page announces (`<link rel="alternate" type="application/rss+xml" href="…">`).
std::string announced_feed(std::string_view page, std::string_view url) {
    const std::string low = lower(page);
    for (std::size_t at = low.find("<link"); at != kNowhere; at = low.find("<link", at + 5)) {
        const std::size_t end = low.find('>', at);
        if (end == kNowhere) break;
        const std::string_view tag = page.substr(at, end - at);
        const std::string_view low_tag = std::string_view{low}.substr(at, end - at);
        const std::string_view type = attribute(low_tag, low_tag, "type");
        const bool feed = type == "application/rss+xml" || type == "application/atom+xml" ||
                          type == "application/feed+json";
        if (!feed || low_tag.find("alternate") == kNowhere) continue;
        const std::string href = text::html_to_text(attribute(tag, low_tag, "href"));
        const std::string resolved = text::resolve_url(href, url);
        if (!href.empty()) return resolved.empty() ? href : resolved;
    }
    return {};
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
    const std::string low = lower(start.substr(first, 4096));
    if (low.starts_with("<!doctype html") || low.find("<html") != kNowhere) {
        const std::string feed = announced_feed(start, url);
        error.what = "this is a web page, not a feed";
        error.help = feed.empty() ? "an RSS or Atom feed was expected, and the page announces none"
                                  : "the page announces a feed: " + feed;
    } else if (low.starts_with("{") || low.starts_with("[")) {
        error.what = "this is JSON, not an RSS or Atom feed";
        error.help = "no plug-in here reads it";
    } else if (low.starts_with("<")) {
        error.what = "this is XML, but not a feed: its root is <" + root_name(start) + ">";
        error.help = "an RSS or Atom feed was expected";
    } else {
        error.what = "not XML: it begins \"" + beginning(start.substr(first)) + "\"";
        error.help = "an RSS or Atom feed was expected";
    }
    return error;
}

}  // namespace newswatch::parse
