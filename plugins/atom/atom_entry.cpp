#include "atom/atom_entry.h"

#include <string>
#include <utility>

#include "xml/extensions.h"

namespace newswatch::atom {

using xml::Entry;
using xml::same_word;
using xml::Scope;
using xml::Slot;
using xml::Space;

namespace {

int base64_value(char c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    if (c == '+') return 62;
    return c == '/' ? 63 : -1;
}

/// RFC 4648 §4; anything outside the alphabet is white space.
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

bool text_media_type(std::string_view type) {
    return type.empty() || same_word(type.substr(0, 5), "text/");
}

void offer_construct(Entry& entry, Slot slot, int rank, const Scope& element) {
    TextConstruct construct = read_text(element);
    entry.offer_own(slot, rank, construct.kind, std::move(construct.text), element.base(),
                    element.language());
}

void read_content(const Scope& element, Entry& entry) {
    const std::string_view source = element.attribute("src");
    if (!source.empty()) {  // RFC 4287 §4.1.3.2: the content is elsewhere
        entry.offer(Slot::url, xml::kFallback, NW_URL, source, element.base());
        return;
    }
    offer_construct(entry, Slot::content, xml::kOwn, element);
}

void read_link(const Scope& link, Entry& entry) {
    const std::string_view type = link.attribute("type");
    const std::string_view rel = link.attribute("rel");
    const std::string_view page = alternate(link);
    // RFC 4287 §4.2.7.2: several alternates differ by type; people read the HTML one.
    const bool readable = type.empty() || type.find("html") != std::string_view::npos;
    entry.offer(Slot::url, readable ? xml::kOwn : xml::kExtension, NW_URL, page, link.base());
    if (same_word(rel, "enclosure")) {
        entry.enclosure(link.attribute("href"), type, link.attribute("length"), link.base());
        if (type.starts_with("image/")) {
            entry.offer(Slot::image, xml::kLastResort, NW_URL, link.attribute("href"), link.base());
        }
    }
}

void read_own(const Scope& child, Entry& entry) {
    const std::string_view name = child.local();
    if (same_word(name, "id")) {
        // RFC 4287 §4.2.6: compared character by character, never normalised.
        xml::offer_text(entry, Slot::id, xml::kOwn, NW_TEXT, child);
    } else if (same_word(name, "title")) {
        offer_construct(entry, Slot::title, xml::kOwn, child);
    } else if (same_word(name, "summary") || same_word(name, "tagline")) {
        offer_construct(entry, Slot::summary, xml::kOwn, child);
    } else if (same_word(name, "content")) {
        read_content(child, entry);
    } else if (same_word(name, "link")) {
        read_link(child, entry);
    } else if (same_word(name, "published") || same_word(name, "issued")) {
        xml::offer_text(entry, Slot::published, xml::kOwn, NW_DATE, child);
    } else if (same_word(name, "created")) {
        xml::offer_text(entry, Slot::published, xml::kExtension, NW_DATE, child);
    } else if (same_word(name, "updated") || same_word(name, "modified")) {
        xml::offer_text(entry, Slot::updated, xml::kOwn, NW_DATE, child);
    } else if (same_word(name, "category")) {
        const std::string_view term = child.attribute("term");
        entry.category(term.empty() ? child.attribute("label") : term, child.language());
    }
}

}  // namespace

bool is_atom(const Scope& element) {
    return element.space() == Space::atom || element.space() == Space::atom03 ||
           element.space() == Space::none;
}

std::string_view alternate(const Scope& link) {
    const std::string_view rel = link.attribute("rel");
    // RFC 4287 §4.2.7.2: a registered relation may be written as its URI.
    const bool alternates = rel.empty() || same_word(rel, "alternate") ||
                            same_word(rel, "http://www.iana.org/assignments/relation/alternate");
    return alternates ? link.attribute("href") : std::string_view{};
}

TextConstruct read_text(const Scope& element) {
    const std::string_view type = element.attribute("type");
    const std::string_view mode = element.attribute("mode");
    std::string scratch;
    if (same_word(mode, "base64") || (!text_media_type(type) && type.find('/') != std::string_view::npos &&
                                      type.find("xml") == std::string_view::npos)) {
        // RFC 4287 §4.1.3.3, rule 6: other media types come in base64. Only text is of use here.
        const std::string decoded = from_base64(xml::text_of(element.element(), scratch));
        return text_media_type(type) || same_word(mode, "base64") ? TextConstruct{NW_HTML, decoded}
                                                                  : TextConstruct{};
    }
    if (xml::holds_elements(element.element())) return {NW_XHTML, xml::inner_markup(element.element())};
    std::string text{xml::text_of(element.element(), scratch)};
    if (same_word(type, "xhtml")) return {NW_XHTML, xml::inner_markup(element.element())};
    const bool html =
        type.find("html") != std::string_view::npos || same_word(type, "HTML") || same_word(mode, "escaped");
    return {html ? NW_HTML : NW_TEXT, std::move(text)};
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
    const std::string_view language = xml::trimmed(element.element().attribute("xml:lang").value());
    entry.offer(Slot::language, xml::kExtension + 1, NW_TEXT, language);
}

}  // namespace newswatch::atom
