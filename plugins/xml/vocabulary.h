#pragma once

#include <cstdint>
#include <string_view>

/// What a repair must know of the formats: which elements hold which. Names are compared without case, and
/// without prefix unless said otherwise. Pure.
namespace newswatch::xml {

[[nodiscard]] std::string_view local_part(std::string_view name);
[[nodiscard]] std::string_view prefix_of(std::string_view name);

/// The root of a feed: rss, RDF, feed, channel, entry, urlset.
[[nodiscard]] bool is_feed_root(std::string_view name);

/// An article inside the root `root`: `item`, `entry`, or `url` in a sitemap. A prefix must be the root's own
/// or that of a feed format: `x:entry` is something else.
[[nodiscard]] bool is_entry(std::string_view name, std::string_view root);

/// What articles stand in.
[[nodiscard]] bool holds_entries(std::string_view name);

/// What an element may hold: a tag of the feed inside one that holds less tells that its end was forgotten.
enum class Holds : std::uint8_t { anything, html, text };
[[nodiscard]] Holds what_it_holds(std::string_view name);

/// Where an element may stand: nowhere else than among the fields of a feed (`pubDate`), there or in HTML
/// (`title`), or anywhere.
enum class Stands : std::uint8_t { anywhere, in_feed_or_html, in_feed };
[[nodiscard]] Stands where_it_stands(std::string_view name);

[[nodiscard]] constexpr bool may_hold(Holds outer, Stands inner) {
    return inner == Stands::anywhere || outer == Holds::anything ||
           (outer == Holds::html && inner == Stands::in_feed_or_html);
}

}  // namespace newswatch::xml
