#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

#include "parse/parser.h"

/// How the tests of plug-ins read a document: through the host, as the daemon does.
namespace newswatch::parse {

inline const ParserRegistry& built_plugins() {
    static const ParserRegistry kRegistry =
        ParserRegistry::load(std::filesystem::path{NEWSWATCH_BINARY_DIR} / "lib/newswatch/plugins");
    return kRegistry;
}

inline Result<ParsedDocument> read(std::string_view bytes, std::string url = "https://news.example/feed.xml",
                                   std::string content_type = {}) {
    Document document;
    document.url = std::move(url);
    document.content_type = std::move(content_type);
    document.bytes = bytes;
    return parse(built_plugins(), document);
}

/// The articles of a document that must be readable; none where it was not.
inline ParsedDocument must_read(std::string_view bytes) {
    auto parsed = read(bytes);
    return parsed ? std::move(*parsed) : ParsedDocument{};
}

/// The titles in order, joined by `|`, with `!` in front where the document was repaired.
inline std::string titles(std::string_view bytes) {
    const ParsedDocument parsed = must_read(bytes);
    std::string all = parsed.recovered ? "!" : "";
    for (const Article& article : parsed.articles)
        all.append(article.title).append("|");
    return all;
}

/// The only article of an RSS 2.0 feed with these elements in its item.
inline Article rss_item(std::string_view elements) {
    const std::string feed =
        "<rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/' "
        "xmlns:content='http://purl.org/rss/1.0/modules/content/' "
        "xmlns:media='http://search.yahoo.com/mrss/' xmlns:atom='http://www.w3.org/2005/Atom' "
        "xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd' "
        "xmlns:dcterms='http://purl.org/dc/terms/'><channel><title>F</title><item>" +
        std::string{elements} + "</item></channel></rss>";
    ParsedDocument parsed = must_read(feed);
    return parsed.articles.size() == 1 ? std::move(parsed.articles[0]) : Article{};
}

/// The only article of an Atom 1.0 feed with these elements in its entry.
inline Article atom_entry(std::string_view elements) {
    const std::string feed = "<feed xmlns='http://www.w3.org/2005/Atom'><title>F</title><entry>" +
                             std::string{elements} + "</entry></feed>";
    ParsedDocument parsed = must_read(feed);
    return parsed.articles.size() == 1 ? std::move(parsed.articles[0]) : Article{};
}

}  // namespace newswatch::parse
