#include "xml/names.h"

#include <array>

#include "feed/words.h"

namespace newswatch::xml {

using feed::same_word;

namespace {

struct Known {
    std::string_view name;
    Space space;
};

// Without `http://`, `www.` and the last `/` or `#`.
constexpr std::array kUris = {
    Known{"w3.org/2005/atom", Space::atom},
    Known{"purl.org/atom/ns", Space::atom03},
    Known{"purl.org/atom", Space::atom03},
    Known{"purl.org/echo", Space::atom03},
    Known{"purl.org/pie", Space::atom03},
    Known{"purl.org/rss/1.0/modules/content", Space::content},
    Known{"purl.org/dc/elements/1.1", Space::dc},
    Known{"purl.org/dc/elements/1.0", Space::dc},
    Known{"purl.org/rss/1.0/modules/dc", Space::dc},
    Known{"purl.org/dc/terms", Space::dcterms},
    Known{"search.yahoo.com/mrss", Space::media},
    Known{"video.search.yahoo.com/mrss", Space::media},
    Known{"tools.search.yahoo.com/mrss", Space::media},
    Known{"rssboard.org/media-rss", Space::media},
    Known{"itunes.com/dtds/podcast-1.0.dtd", Space::itunes},
    Known{"itunes.com/dtd/podcast-1.0.dtd", Space::itunes},
    Known{"example.com/dtds/podcast-1.0.dtd", Space::itunes},  // in the first examples of Apple's
    Known{"w3.org/1999/02/22-rdf-syntax-ns", Space::rdf},
    Known{"purl.org/rss/1.0/modules/syndication", Space::syndication},
    Known{"rssnamespace.org/feedburner/ext/1.0", Space::feedburner},
    Known{"news.yandex.ru", Space::full_text},
    Known{"turbo.yandex.ru", Space::full_text},
    Known{"news.rambler.ru", Space::full_text},
    Known{"news.mail.ru", Space::full_text},
    Known{"w3.org/1999/xhtml", Space::xhtml},
    Known{"w3.org/xml/1998/namespace", Space::xml},
    // RSS itself has no namespace; these are the ones that it was given all the same.
    Known{"", Space::none},
    Known{"purl.org/rss/1.0", Space::none},
    Known{"my.netscape.com/rdf/simple/0.9", Space::none},
    Known{"channel.netscape.com/rdf/simple/0.9", Space::none},
    Known{"my.netscape.com/publish/formats/rss-0.91.dtd", Space::none},
    Known{"backend.userland.com/rss", Space::none},
    Known{"backend.userland.com/rss2", Space::none},
    Known{"backend.userland.com/rss091", Space::none},
    Known{"backend.userland.com/rss092", Space::none},
    Known{"blogs.law.harvard.edu/tech/rss", Space::none},
    Known{"cyber.law.harvard.edu/rss", Space::none},
    Known{"rssboard.org/rss-specification", Space::none},
    Known{"purl.org/net/rss1.1", Space::none},
    Known{"sitemaps.org/schemas/sitemap/0.9", Space::none},
    Known{"google.com/schemas/sitemap/0.84", Space::none},
    Known{"google.com/schemas/sitemap/0.9", Space::none},
};

// Vocabularies whose address goes on with a version, or with what else their publisher wrote.
constexpr std::array kFamilies = {
    Known{"purl.org/atom/ns#draft", Space::atom},  // the drafts that became RFC 4287
    Known{"prismstandard.org/namespaces/", Space::prism},
    Known{"google.com/schemas/sitemap-news/", Space::news},
    Known{"google.com/schemas/sitemap-image/", Space::sitemap_image},
    Known{"google.com/schemas/sitemap-video/", Space::sitemap_video},
};

constexpr std::array kPrefixes = {
    Known{"atom", Space::atom},
    Known{"atom10", Space::atom},
    Known{"a10", Space::atom},
    Known{"content", Space::content},
    Known{"dc", Space::dc},
    Known{"dcterms", Space::dcterms},
    Known{"dct", Space::dcterms},
    Known{"media", Space::media},
    Known{"itunes", Space::itunes},
    Known{"rdf", Space::rdf},
    Known{"sy", Space::syndication},
    Known{"feedburner", Space::feedburner},
    Known{"prism", Space::prism},
    Known{"yandex", Space::full_text},
    Known{"turbo", Space::full_text},
    Known{"rambler", Space::full_text},
    Known{"mailru", Space::full_text},
    Known{"news", Space::news},
    Known{"image", Space::sitemap_image},
    Known{"video", Space::sitemap_video},
    Known{"xhtml", Space::xhtml},
    Known{"xml", Space::xml},
    Known{"rss", Space::none},
};

}  // namespace

Space space_of(std::string_view uri) {
    uri = feed::trimmed(uri);
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (same_word(uri.substr(0, scheme.size()), scheme)) uri.remove_prefix(scheme.size());
    }
    if (same_word(uri.substr(0, 4), "www.")) uri.remove_prefix(4);
    for (const Known& family : kFamilies) {
        if (same_word(uri.substr(0, family.name.size()), family.name)) return family.space;
    }
    while (uri.ends_with('/') || uri.ends_with('#'))
        uri.remove_suffix(1);
    for (const Known& known : kUris) {
        if (same_word(known.name, uri)) return known.space;
    }
    return Space::other;
}

Space usual_space(std::string_view prefix) {
    for (const Known& known : kPrefixes) {
        if (same_word(known.name, prefix)) return known.space;
    }
    return Space::other;
}

}  // namespace newswatch::xml
