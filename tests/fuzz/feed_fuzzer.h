#pragma once

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "parse/parser.h"
#include "text/utf8.h"

/// One plug-in through the host, as the daemon runs it: no bytes may crash it or bring invalid text.
namespace newswatch::parse {

inline void fuzz_reader(const char* reader, const std::uint8_t* data, std::size_t size) {
    static const ParserRegistry kRegistry =
        ParserRegistry::load(std::filesystem::path{NEWSWATCH_BINARY_DIR} / "lib/newswatch/plugins");
    Document document;
    document.url = "https://news.example/feed.xml";
    document.reader = reader;
    document.bytes.assign(reinterpret_cast<const char*>(data), size);
    const auto parsed = parse(kRegistry, document);
    if (!parsed) return;
    if (text::survey_utf8(to_json(*parsed)).invalid != 0) std::abort();
    for (const Article& article : parsed->articles)
        static_cast<void>(article_keys(document.feed, article));
}

}  // namespace newswatch::parse
