#include "xml/names.h"

#include <array>

namespace newswatch::xml {

namespace {

struct Known {
    std::string_view name;
    Space space;
};

// Without `http://` and the last `/` or `#`.
constexpr std::array kUris = {
    Known{"www.w3.org/2005/atom", Space::atom},
    Known{"purl.org/atom/ns", Space::atom03},
    Known{"purl.org/rss/1.0/modules/content", Space::content},
    Known{"purl.org/dc/elements/1.1", Space::dc},
    Known{"purl.org/dc/elements/1.0", Space::dc},
    Known{"purl.org/rss/1.0/modules/dc", Space::dc},
    Known{"purl.org/dc/terms", Space::dcterms},
    Known{"search.yahoo.com/mrss", Space::media},
    Known{"search.yahoo.com/mrss/", Space::media},
    Known{"www.rssboard.org/media-rss", Space::media},
    Known{"www.itunes.com/dtds/podcast-1.0.dtd", Space::itunes},
    Known{"www.itunes.com/dtd/podcast-1.0.dtd", Space::itunes},
    Known{"www.w3.org/1999/02/22-rdf-syntax-ns", Space::rdf},
    Known{"purl.org/rss/1.0/modules/syndication", Space::syndication},
    Known{"rssnamespace.org/feedburner/ext/1.0", Space::feedburner},
    Known{"www.w3.org/1999/xhtml", Space::xhtml},
    Known{"www.w3.org/xml/1998/namespace", Space::xml},
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
    Known{"www.rssboard.org/rss-specification", Space::none},
    Known{"purl.org/net/rss1.1", Space::none},
};

constexpr std::array kPrefixes = {
    Known{"atom", Space::atom},
    Known{"atom10", Space::atom},
    Known{"a10", Space::atom},
    Known{"content", Space::content},
    Known{"dc", Space::dc},
    Known{"dcterms", Space::dcterms},
    Known{"media", Space::media},
    Known{"itunes", Space::itunes},
    Known{"rdf", Space::rdf},
    Known{"sy", Space::syndication},
    Known{"feedburner", Space::feedburner},
    Known{"xhtml", Space::xhtml},
    Known{"xml", Space::xml},
    Known{"rss", Space::none},
};

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

}  // namespace

bool same_word(std::string_view a, std::string_view b) {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (lower(a[i]) != lower(b[i])) return false;
    }
    return true;
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kBlank = " \t\r\n\f\v";
    const std::size_t from = text.find_first_not_of(kBlank);
    if (from == std::string_view::npos) return {};
    return text.substr(from, text.find_last_not_of(kBlank) - from + 1);
}

Space space_of(std::string_view uri) {
    uri = trimmed(uri);
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (same_word(uri.substr(0, scheme.size()), scheme)) uri.remove_prefix(scheme.size());
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
