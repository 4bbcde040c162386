// One broken plug-in for each macro.
#include <newswatch/parser_plugin.h>

#include <stdexcept>
#include <string>

namespace {

[[maybe_unused]] nw_text text(const char* words) {
    return {words, std::char_traits<char>::length(words)};
}

[[maybe_unused]] int probe(const nw_document*) {
    return 1;
}

#if defined(STRANGE_THROWS)
constexpr const char* kName = "throws";
int parse(const nw_document*, const nw_sink*) {
    throw std::runtime_error{"a plug-in must not do this"};
}
#elif defined(STRANGE_TALKS_NONSENSE)
constexpr const char* kName = "talks_nonsense";
int parse(const nw_document*, const nw_sink* sink) {
    sink->end_article(sink->host);
    sink->field(sink->host, text("title"), NW_TEXT, text("outside any article"), {nullptr, 0}, {nullptr, 0});
    sink->begin_article(sink->host);
    sink->field(sink->host, text("no such field"), static_cast<nw_kind>(7), text("x"), {nullptr, 0},
                {nullptr, 0});
    sink->field(sink->host, text("title"), NW_HTML, text("not UTF-8: \xC3\x28 \xFF"), {nullptr, 0},
                {nullptr, 0});
    sink->field(sink->host, {nullptr, 0}, NW_TEXT, {nullptr, 0}, {nullptr, 0}, {nullptr, 0});
    sink->end_article(sink->host);
    return 0;
}
#else
[[maybe_unused]] int parse(const nw_document*, const nw_sink*) {
    return 1;
}
#endif

#if defined(STRANGE_THROWS) || defined(STRANGE_TALKS_NONSENSE)
constexpr nw_parser_plugin kPlugin = {NW_PARSER_ABI_VERSION, sizeof(nw_parser_plugin), kName, probe, parse};
#elif defined(STRANGE_TOO_NEW)
constexpr nw_parser_plugin kPlugin = {NW_PARSER_ABI_VERSION + 1, sizeof(nw_parser_plugin), "too_new", probe,
                                      parse};
#elif defined(STRANGE_TOO_SMALL)
constexpr nw_parser_plugin kPlugin = {NW_PARSER_ABI_VERSION, 8, "too_small", probe, parse};
#elif defined(STRANGE_BAD_NAME)
constexpr nw_parser_plugin kPlugin = {NW_PARSER_ABI_VERSION, sizeof(nw_parser_plugin), "Bad Name", probe,
                                      parse};
#elif defined(STRANGE_NO_PARSE)
constexpr nw_parser_plugin kPlugin = {NW_PARSER_ABI_VERSION, sizeof(nw_parser_plugin), "no_parse", probe,
                                      nullptr};
#endif

}  // namespace

#if defined(STRANGE_RETURNS_NOTHING)
extern "C" const nw_parser_plugin* newswatch_parser_plugin(void) {
    return nullptr;
}
#elif !defined(STRANGE_NO_SYMBOL)
extern "C" const nw_parser_plugin* newswatch_parser_plugin(void) {
    return &kPlugin;
}
#endif
