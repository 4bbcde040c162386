#include "text/html_tags.h"

#include <array>

namespace newswatch::text {

namespace {

/// The first eight letters of a name as a number: enough to tell HTML's elements apart.
constexpr std::uint64_t packed(std::string_view name) {
    std::uint64_t key = 0;
    for (std::size_t i = 0; i < name.size() && i < 8; ++i) {
        const char c = name[i];
        key = (key << 8) | static_cast<unsigned char>(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
    }
    return key;
}

struct Tag {
    std::uint64_t key{0};
    TagKind kind{TagKind::unknown};
};

constexpr std::string_view kBlocks[] = {
    "address", "article", "aside",    "blockquote", "body",  "br",     "caption",  "center",     "dd",
    "details", "dialog",  "dir",      "div",        "dl",    "dt",     "fieldset", "figcaption", "figure",
    "footer",  "form",    "frameset", "h1",         "h2",    "h3",     "h4",       "h5",         "h6",
    "head",    "header",  "hgroup",   "hr",         "html",  "legend", "li",       "main",       "menu",
    "nav",     "ol",      "optgroup", "option",     "p",     "pre",    "search",   "section",    "summary",
    "table",   "tbody",   "tfoot",    "thead",      "title", "tr",     "ul",       "listing",    "xmp"};

constexpr std::string_view kCells[] = {"td", "th", "select", "button", "textarea", "input"};

// What a reader does not see: scripts, and what is shown only where something else cannot be.
constexpr std::string_view kDropped[] = {"script",  "style",    "template", "noscript", "iframe",
                                         "noembed", "noframes", "svg",      "math",     "object",
                                         "applet",  "video",    "audio",    "canvas"};

// How to read the word before, in East Asia: it would stand in the middle of the word.
constexpr std::string_view kReadings[] = {"rt", "rp"};

constexpr std::string_view kInline[] = {
    "a",       "abbr",   "acronym", "b",     "bdi",      "bdo",  "big",     "cite",     "code",  "data",
    "del",     "dfn",    "em",      "font",  "i",        "ins",  "kbd",     "label",    "mark",  "meter",
    "nobr",    "output", "q",       "rb",    "rtc",      "ruby", "s",       "samp",     "small", "span",
    "strike",  "strong", "sub",     "sup",   "time",     "tt",   "u",       "var",      "wbr",   "img",
    "picture", "source", "track",   "embed", "param",    "map",  "area",    "progress", "link",  "meta",
    "base",    "blink",  "marquee", "slot",  "basefont", "col",  "colgroup"};

constexpr std::size_t kCount =
    std::size(kBlocks) + std::size(kCells) + std::size(kDropped) + std::size(kReadings) + std::size(kInline);

// A table of open addressing, less than half full: a feed asks for every tag of every article.
constexpr std::size_t kTagPlaces = 512;
static_assert(kCount * 2 < kTagPlaces);

constexpr std::size_t place_of(std::uint64_t key) {
    return static_cast<std::size_t>((key * 0x9E3779B97F4A7C15U) >> 55);
}

/// Where `key` stands, or the free place where it would.
constexpr std::size_t find_place(const std::array<Tag, kTagPlaces>& tags, std::uint64_t key) {
    std::size_t at = place_of(key);
    while (tags[at].key != 0 && tags[at].key != key)
        at = (at + 1) % kTagPlaces;
    return at;
}

constexpr std::array<Tag, kTagPlaces> make_tags() {
    std::array<Tag, kTagPlaces> tags{};
    const auto add = [&](const auto& names, TagKind kind) {
        for (const std::string_view name : names)
            tags[find_place(tags, packed(name))] = {packed(name), kind};
    };
    add(kBlocks, TagKind::block);
    add(kCells, TagKind::cell);
    add(kDropped, TagKind::dropped);
    add(kReadings, TagKind::reading);
    add(kInline, TagKind::inline_);
    return tags;
}

constexpr std::array<Tag, kTagPlaces> kTags = make_tags();

/// Of XHTML with a prefix; of others `o:p` is no paragraph.
std::string_view without_html_prefix(std::string_view name) {
    for (const std::string_view prefix : {"xhtml:", "html:", "h:"}) {
        if (name.starts_with(prefix)) return name.substr(prefix.size());
    }
    return name;
}

}  // namespace

TagKind tag_kind(std::string_view name) {
    if (name.find(':') != std::string_view::npos) name = without_html_prefix(name);
    return name.empty() ? TagKind::unknown : kTags[find_place(kTags, packed(name))].kind;
}

}  // namespace newswatch::text
