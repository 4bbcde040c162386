#include "parse/parser.h"

#include <algorithm>
#include <exception>
#include <optional>
#include <utility>

#include "base/format.h"
#include "base/log.h"
#include "parse/article_sink.h"
#include "parse/loaded_plugin.h"
#include "parse/refusal.h"
#include "text/charset.h"
#include "text/suggestion.h"
#include "text/url.h"

namespace newswatch::parse {

namespace {

nw_text borrowed(std::string_view text) {
    return {text.data(), text.size()};
}

nw_document as_abi(const Document& document, std::string_view utf8) {
    return {.size = sizeof(nw_document),
            .text = borrowed(utf8),
            .url = borrowed(document.url),
            .content_type = borrowed(document.content_type),
            .settings = borrowed(document.reader_settings)};
}

/// A plug-in that throws in spite of its contract does not know the document.
int probe(const ParserRegistry::Loaded& plugin, const nw_document& abi) {
    try {
        return plugin.descriptor->probe(&abi);
    } catch (const std::exception& thrown) {
        log::warning("parse", "{}: probe of a parser plug-in threw: {}", plugin.path.string(), thrown.what());
        return 0;
    }
}

/// What is wrong after a plug-in has parsed; nothing where it has found a feed.
std::optional<std::string> run(const ParserRegistry::Loaded& plugin, const nw_document& abi,
                               ArticleSink& sink) {
    try {
        const int answer = plugin.descriptor->parse(&abi, &sink.abi());
        if (!sink.failure().empty()) return "cannot read this document: " + sink.failure();
        if (answer == 0 || sink.full()) return std::nullopt;
        const std::string& reason = sink.last_problem();
        return format("the plug-in \"{}\" finds no feed in this document{}{}", plugin.name,
                      reason.empty() ? "" : ": ", reason);
    } catch (const std::exception& thrown) {
        return format("the plug-in \"{}\" failed: {}", plugin.name, thrown.what());
    }
}

Error unknown_reader(const ParserRegistry& registry, const Document& document) {
    const std::vector<std::string> names = registry.names();
    const std::string near = text::nearest(document.reader, names);
    return {ErrorKind::unavailable,
            format("no parser plug-in is called \"{}\"{}", document.reader,
                   near.empty() ? std::string{} : format(": did you mean \"{}\"?", near)),
            document.url,
            format("`reader:` of the feed may be {}; without it the content decides", text::joined(names))};
}

/// The plug-in the operator named, else the surest; null where none claims the document.
Result<const ParserRegistry::Loaded*> choose(const ParserRegistry& registry, const Document& document,
                                             const nw_document& abi) {
    const auto& plugins = registry.loaded();
    if (!document.reader.empty()) {
        const auto named = std::find_if(plugins.begin(), plugins.end(),
                                        [&](const auto& plugin) { return plugin.name == document.reader; });
        if (named != plugins.end()) return &*named;
        return tl::unexpected{unknown_reader(registry, document)};
    }
    const ParserRegistry::Loaded* surest = nullptr;
    int best = 0;
    for (const ParserRegistry::Loaded& plugin : plugins) {
        const int sure = probe(plugin, abi);
        if (sure <= best) continue;
        best = sure;
        surest = &plugin;
    }
    return surest;
}

bool same_site(std::string_view a, std::string_view b) {
    const std::string first = text::canonical_url(a);
    const std::string second = text::canonical_url(b);
    return text::split_url(first).host == text::split_url(second).host;
}

/// RFC 3986 §5.1.2, §5.1.3: the address inside the answer goes before the one it was asked at. Behind a proxy
/// many servers name a machine that only they know, so an address on another site is passed over.
std::string base_of(const Document& document) {
    if (document.content_location.empty()) return document.url;
    std::string located = text::resolve_url(document.content_location, document.url);
    const bool trusted = document.url.empty() || same_site(located, document.url);
    return located.empty() || !trusted ? document.url : located;
}

std::string_view hint_name(text::CharsetSource source) {
    switch (source) {
        case text::CharsetSource::bom:
            return "its byte order mark";
        case text::CharsetSource::http_header:
            return "the HTTP header";
        case text::CharsetSource::xml_declaration:
            return "its XML declaration";
        case text::CharsetSource::utf8:
            return "its bytes";
        case text::CharsetSource::guess:
            return "a guess";
    }
    return "";
}

}  // namespace

Result<ParsedDocument> parse(const ParserRegistry& registry, const Document& document) {
    const text::DecodedText decoded = text::decode(document.bytes, document.content_type, document.language);
    const nw_document abi = as_abi(document, decoded.utf8);
    const auto chosen = choose(registry, document, abi);
    if (!chosen) return tl::unexpected{chosen.error()};
    const ParserRegistry::Loaded* const plugin = *chosen;
    if (plugin == nullptr) {
        if (registry.loaded().empty()) {
            return fail(ErrorKind::unavailable, "no parser plug-in is loaded", document.url,
                        "atom.so, json_feed.so, rss.so and sitemap.so belong into lib/newswatch/plugins "
                        "beside the program");
        }
        return tl::unexpected{refusal(decoded.utf8, document.url)};
    }
    ArticleSink sink{base_of(document), document.bytes.size()};
    if (auto trouble = run(*plugin, abi, sink)) {
        return fail(ErrorKind::bad_input, std::move(*trouble), document.url,
                    "an RSS, Atom or JSON feed was expected");
    }
    ParsedDocument parsed = sink.take(document.language);
    if (decoded.repaired) {
        parsed.recovered = true;
        if (parsed.problems.size() < kMostProblems) {
            parsed.problems.push_back(format("bytes that do not fit the declared encoding: read as {} by {}",
                                             decoded.charset, hint_name(decoded.source)));
        }
    }
    return parsed;
}

}  // namespace newswatch::parse
