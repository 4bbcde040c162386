#include "atom/atom_entry.h"

#include <algorithm>
#include <string>
#include <utility>

#include "feed/words.h"
#include "xml/extensions.h"

namespace newswatch::atom {

using feed::Entry;
using feed::same_word;
using feed::Slot;
using xml::Scope;
using xml::Space;

namespace {

int base64_value(char c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    if (c == '+') return 62;
    return c == '/' ? 63 : -1;
}

/// RFC 4648 §4, with line ends and with or without its padding.
bool is_base64(std::string_view text) {
    std::size_t letters = 0;
    for (const char c : text) {
        if (base64_value(c) >= 0) {
            ++letters;
        } else if (c != '=' && c != ' ' && c != '\t' && c != '\r' && c != '\n') {
            return false;
        }
    }
    return letters % 4 != 1;
}

/// What is no letter of the alphabet counts for nothing.
std::string from_base64(std::string_view text) {
    std::string out;
    unsigned buffer = 0;
    unsigned bits = 0;
    for (const char c : text) {
        const int value = base64_value(c);
        if (value < 0) continue;
        buffer = ((buffer << 6) | static_cast<unsigned>(value)) & 0xFFFFFF;
        bits += 6;
        if (bits < 8) continue;
        bits -= 8;
        out += static_cast<char>((buffer >> bits) & 0xFF);
    }
    return out;
}

/// RFC 4287 §4.1.3.3, rule 6: other media types come in base64. Of pictures and sounds nothing can be read;
/// `application/octet-stream` may be anything.
bool shows_or_sounds(std::string_view type) {
    return same_word(type.substr(0, 6), "image/") || same_word(type.substr(0, 6), "audio/") ||
           same_word(type.substr(0, 6), "video/");
}

bool is_text(std::string_view bytes) {
    return std::none_of(bytes.begin(), bytes.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r';
    });
}

/// Atom 0.3 may hold one text in several types (`multipart/alternative`): the richest is taken, as mail
/// programs do.
void offer_alternatives(Entry& entry, Slot slot, int rank, const Scope& element) {
    for (const pugi::xml_node node : element.element().children()) {
        if (node.type() != pugi::node_element) continue;
        const Scope part{&element, node};
        const std::string_view type = part.attribute("type");
        if (same_word(type.substr(0, 10), "multipart/")) continue;
        const bool rich = type.find("html") != std::string_view::npos;
        offer_construct(entry, slot, rich ? rank : rank + 1, part);
    }
}

/// RFC 4287 §4.2.7.2: a registered relation may be written as its URI.
std::string_view relation_of(const Scope& link) {
    constexpr std::string_view kRegistry = "http://www.iana.org/assignments/relation/";
    std::string_view relation = link.attribute("rel");
    if (relation.starts_with(kRegistry)) relation.remove_prefix(kRegistry.size());
    return relation;
}

bool is_web_address(std::string_view text) {
    return (text.starts_with("http://") || text.starts_with("https://")) &&
           text.find_first_of(" \n\t<") == std::string_view::npos;
}

void read_content(const Scope& element, Entry& entry) {
    const std::string_view source = element.attribute("src");
    if (!source.empty()) {  // RFC 4287 §4.1.3.2: the content is elsewhere
        entry.offer(Slot::url, feed::kFallback, NW_URL, source, element.base());
        return;
    }
    offer_construct(entry, Slot::content, feed::kOwn, element);
    // Where only the text says its language, that is the article's.
    entry.offer(Slot::language, feed::kFallback, NW_TEXT, element.own_language());
}

void read_link(const Scope& link, Entry& entry) {
    const std::string_view type = link.attribute("type");
    const std::string_view relation = relation_of(link);
    const std::string_view target = link.attribute("href");
    offer_page(entry, link);
    if (target.empty()) xml::offer_text(entry, Slot::url, feed::kExtension, NW_URL, link);  // as in RSS
    if (same_word(relation, "enclosure")) {
        entry.enclosure(target, type, link.attribute("length"), link.base());
        if (type.starts_with("image/"))
            entry.offer(Slot::image, feed::kLastResort, NW_URL, target, link.base());
    } else if (same_word(relation, "related") || same_word(relation, "via")) {
        // A link blog may name nothing but the page that it speaks of.
        entry.offer(Slot::url, feed::kLastResort, NW_URL, target, link.base());
    }
}

void read_own(const Scope& child, Entry& entry) {
    const std::string_view name = child.local();
    if (same_word(name, "id")) {
        // RFC 4287 §4.2.6: compared character by character, never normalised.
        xml::offer_text(entry, Slot::id, feed::kOwn, NW_TEXT, child);
        std::string scratch;
        const std::string_view id = xml::text_of(child.element(), scratch);
        if (is_web_address(id)) xml::offer_text(entry, Slot::url, feed::kLastResort + 1, NW_URL, child);
    } else if (same_word(name, "title")) {
        offer_construct(entry, Slot::title, feed::kOwn, child);
        entry.offer(Slot::language, feed::kLastResort, NW_TEXT, child.own_language());
    } else if (same_word(name, "summary") || same_word(name, "tagline")) {
        offer_construct(entry, Slot::summary, feed::kOwn, child);
    } else if (same_word(name, "content")) {
        read_content(child, entry);
    } else if (same_word(name, "link")) {
        read_link(child, entry);
    } else if (same_word(name, "published") || same_word(name, "issued")) {
        xml::offer_text(entry, Slot::published, feed::kOwn, NW_DATE, child);
    } else if (same_word(name, "created")) {
        xml::offer_text(entry, Slot::published, feed::kExtension, NW_DATE, child);
    } else if (same_word(name, "updated") || same_word(name, "modified")) {
        xml::offer_text(entry, Slot::updated, feed::kOwn, NW_DATE, child);
    } else if (same_word(name, "pubDate")) {  // elements of RSS that came along
        xml::offer_text(entry, Slot::published, feed::kFallback, NW_DATE, child);
    } else if (same_word(name, "description")) {
        xml::offer_html(entry, Slot::summary, feed::kFallback, child);
    } else if (same_word(name, "guid")) {
        xml::offer_text(entry, Slot::id, feed::kFallback, NW_TEXT, child);
    } else if (same_word(name, "category")) {
        std::string scratch;
        entry.category(child.attribute("term"), child.language());
        entry.category(child.attribute("label"), child.language());
        entry.category(xml::text_of(child.element(), scratch), child.language());
    }
}

}  // namespace

bool is_atom(const Scope& element) {
    return element.space() == Space::atom || element.space() == Space::atom03 ||
           element.space() == Space::none;
}

void offer_page(Entry& entry, const Scope& link) {
    const std::string_view relation = relation_of(link);
    if (!relation.empty() && !same_word(relation, "alternate")) return;
    const std::string_view type = link.attribute("type");
    // RFC 4287 §4.2.7.2: several alternates differ by type; people read the HTML one.
    const bool readable = type.empty() || type.find("html") != std::string_view::npos;
    entry.offer(Slot::url, readable ? feed::kOwn : feed::kExtension, NW_URL, link.attribute("href"),
                link.base());
}

void offer_construct(Entry& entry, Slot slot, int rank, const Scope& element) {
    const std::string_view type = element.attribute("type");
    if (same_word(type.substr(0, 10), "multipart/")) return offer_alternatives(entry, slot, rank, element);
    const std::string_view mode = element.attribute("mode");
    const bool media_type = type.find('/') != std::string_view::npos;
    const bool text = !media_type || same_word(type.substr(0, 5), "text/");
    const bool plain = same_word(type, "text") || same_word(type.substr(0, 10), "text/plain");
    const bool markup = type.find("xml") != std::string_view::npos;
    if (same_word(mode, "base64") || (!text && !markup)) {
        if (shows_or_sounds(type)) return;
        std::string scratch;
        const std::string_view value = xml::text_of(element.element(), scratch);
        if (!value.empty() && is_base64(value)) {
            std::string decoded = from_base64(value);
            if (!is_text(decoded)) return;
            return entry.offer_own(slot, rank, plain ? NW_TEXT : NW_HTML, std::move(decoded), element.base(),
                                   element.language());
        }
    }
    if (xml::holds_elements(element.element()) || same_word(type, "xhtml")) {
        return entry.offer_own(slot, rank, NW_XHTML, xml::inner_markup(element.element()), element.base(),
                               element.language());
    }
    // RFC 4287 §3.1.1: without a type it is text. In the draft before, `mode` says that mark-up is escaped; a
    // type that neither knows is a publisher's word for HTML.
    const bool html = type.empty() ? same_word(mode, "escaped") : !plain;
    xml::offer_text(entry, slot, rank, html ? NW_HTML : NW_TEXT, element);
}

void read_authors(const Scope& parent, Entry& entry) {
    for (const pugi::xml_node node : parent.element().children()) {
        if (node.type() != pugi::node_element) continue;
        const Scope author{&parent, node};
        if (!is_atom(author) || !same_word(author.local(), "author")) continue;
        std::string scratch;
        std::string name;
        std::string email;
        std::string uri;
        bool parts = false;
        for (const pugi::xml_node part : node.children()) {
            if (part.type() != pugi::node_element) continue;
            const Scope child{&author, part};
            parts = true;
            if (same_word(child.local(), "name")) name = xml::text_of(part, scratch);
            if (same_word(child.local(), "email")) email = xml::text_of(part, scratch);
            if (same_word(child.local(), "uri") || same_word(child.local(), "url"))
                uri = xml::text_of(part, scratch);
        }
        if (parts) {
            entry.person(name, email, uri);
        } else {
            entry.person_line(xml::text_of(node, scratch));
        }
    }
}

void read_entry(const Scope& element, Entry& entry) {
    read_authors(element, entry);
    for (const pugi::xml_node node : element.element().children()) {
        if (node.type() != pugi::node_element) continue;
        const Scope child{&element, node};
        if (xml::read_extension(child, entry)) continue;
        if (!is_atom(child)) continue;
        if (same_word(child.local(), "source")) {
            // RFC 4287 §4.2.11: facts of another feed. Only its authors count, where the entry has none.
            if (!entry.has_persons()) read_authors(child, entry);
            continue;
        }
        read_own(child, entry);
    }
    entry.offer(Slot::language, feed::kExtension + 1, NW_TEXT, element.own_language());
}

}  // namespace newswatch::atom
