#include "text/html_tags.h"

#include <algorithm>
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
    std::uint64_t key;
    TagKind kind;
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

constexpr std::array<Tag, kCount> make_tags() {
    std::array<Tag, kCount> tags{};
    std::size_t next = 0;
    const auto add = [&](const auto& names, TagKind kind) {
        for (const std::string_view name : names)
            tags[next++] = {packed(name), kind};
    };
    add(kBlocks, TagKind::block);
    add(kCells, TagKind::cell);
    add(kDropped, TagKind::dropped);
    add(kReadings, TagKind::reading);
    add(kInline, TagKind::inline_);
    std::sort(tags.begin(), tags.end(), [](const Tag& a, const Tag& b) { return a.key < b.key; });
    return tags;
}

constexpr std::array<Tag, kCount> kTags = make_tags();

}  // namespace

TagKind tag_kind(std::string_view name) {
    // XHTML with a prefix; of others `o:p` is no paragraph.
    for (const std::string_view prefix : {"xhtml:", "html:", "h:"}) {
        if (name.starts_with(prefix)) name.remove_prefix(prefix.size());
    }
    const std::uint64_t key = packed(name);
    const auto* const found =
        std::lower_bound(kTags.begin(), kTags.end(), key,
                         [](const Tag& tag, std::uint64_t wanted) { return tag.key < wanted; });
    return found != kTags.end() && found->key == key ? found->kind : TagKind::unknown;
}

}  // namespace newswatch::text
