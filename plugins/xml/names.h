#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

/// The vocabularies of feeds, known by their URI whatever the prefix. Pure.
namespace newswatch::xml {

/// More prefixes than any element of a feed declares: further ones are not kept.
inline constexpr std::size_t kMostPrefixes = 256;

enum class Space : std::uint8_t {
    none,     ///< no namespace, or one of the many that RSS was given
    atom,     ///< RFC 4287
    atom03,   ///< the draft before it
    content,  ///< content:encoded
    dc,       ///< Dublin Core
    dcterms,
    media,  ///< Media RSS
    itunes,
    rdf,
    syndication,  ///< sy:updatePeriod
    feedburner,
    full_text,      ///< whole articles for the aggregators of Russia: Yandex, Rambler, Mail.ru
    prism,          ///< magazines and journals, of any version
    news,           ///< Google News in a sitemap
    sitemap_image,  ///< its pictures …
    sitemap_video,  ///< … and films
    xhtml,
    xml,  ///< xml:base, xml:lang
    other,
};

/// Namespace URIs are compared without scheme, case and a last `/`: publishers write them from memory.
[[nodiscard]] Space space_of(std::string_view uri);

/// What a prefix stands for where nobody declared it.
[[nodiscard]] Space usual_space(std::string_view prefix);

}  // namespace newswatch::xml
