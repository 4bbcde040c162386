#include "rss/rss_item.h"

#include <string>

#include "xml/extensions.h"

namespace newswatch::rss {

using xml::Entry;
using xml::same_word;
using xml::Scope;
using xml::Slot;
using xml::Space;

namespace {

bool looks_like_url(std::string_view text) {
    return (text.starts_with("http://") || text.starts_with("https://")) &&
           text.find_first_of(" \n\t<") == std::string_view::npos;
}

void read_guid(const Scope& child, Entry& entry) {
    xml::offer_text(entry, Slot::id, xml::kOwn, NW_TEXT, child);
    // RSS 2.0: a guid is the address unless it says that it is not. Publishers of plain ids forget to say so.
    if (same_word(child.attribute("isPermaLink"), "false")) return;
    std::string scratch;
    const std::string_view guid = xml::text_of(child.element(), scratch);
    if (looks_like_url(guid)) xml::offer_text(entry, Slot::url, xml::kLastResort, NW_URL, child);
}

void read_link(const Scope& child, Entry& entry) {
    xml::offer_text(entry, Slot::url, xml::kOwn, NW_URL, child);
    entry.offer(Slot::url, xml::kOwn + 1, NW_URL, page_of_link(child), child.base());
}

void read_image(const Scope& child, Entry& entry) {
    for (const pugi::xml_node node : child.element().children()) {
        if (node.type() != pugi::node_element) continue;
        const Scope inner{&child, node};
        if (inner.is(Space::none, "url")) xml::offer_text(entry, Slot::image, xml::kOwn, NW_URL, inner);
    }
    entry.offer(Slot::image, xml::kFallback, NW_URL, child.attribute("href"), child.base());
}

void read_enclosure(const Scope& child, Entry& entry) {
    const std::string_view url = child.attribute("url");
    const std::string_view type = child.attribute("type");
    entry.enclosure(url, type, child.attribute("length"), child.base());
    if (type.starts_with("image/")) entry.offer(Slot::image, xml::kLastResort, NW_URL, url, child.base());
}

void read_own(const Scope& child, Entry& entry) {
    const std::string_view name = child.local();
    std::string scratch;
    if (same_word(name, "title")) {
        xml::offer_html(entry, Slot::title, xml::kOwn, child);
    } else if (same_word(name, "link")) {
        read_link(child, entry);
    } else if (same_word(name, "description")) {
        xml::offer_html(entry, Slot::summary, xml::kOwn, child);
    } else if (same_word(name, "guid")) {
        read_guid(child, entry);
    } else if (same_word(name, "pubDate")) {
        xml::offer_text(entry, Slot::published, xml::kOwn, NW_DATE, child);
    } else if (same_word(name, "lastBuildDate")) {
        xml::offer_text(entry, Slot::updated, xml::kOwn, NW_DATE, child);
    } else if (same_word(name, "category")) {
        entry.category(xml::text_of(child.element(), scratch), child.language());
    } else if (same_word(name, "author")) {
        entry.person_line(xml::text_of(child.element(), scratch));
    } else if (same_word(name, "enclosure")) {
        read_enclosure(child, entry);
    } else if (same_word(name, "image")) {
        read_image(child, entry);
    } else if (same_word(name, "language")) {
        xml::offer_text(entry, Slot::language, xml::kOwn, NW_TEXT, child);
    } else if (same_word(name, "body") || same_word(name, "fullitem")) {
        xml::offer_html(entry, Slot::content, xml::kFallback, child);
    }
}

void read_atom_author(const Scope& author, Entry& entry) {
    std::string name;
    std::string email;
    std::string uri;
    std::string scratch;
    for (const pugi::xml_node node : author.element().children()) {
        if (node.type() != pugi::node_element) continue;
        const Scope child{&author, node};
        if (same_word(child.local(), "name")) name = xml::text_of(node, scratch);
        if (same_word(child.local(), "email")) email = xml::text_of(node, scratch);
        if (same_word(child.local(), "uri") || same_word(child.local(), "url"))
            uri = xml::text_of(node, scratch);
    }
    entry.person(name, email, uri);
}

void read_atom(const Scope& child, Entry& entry) {
    const std::string_view name = child.local();
    if (same_word(name, "link")) {
        entry.offer(Slot::url, xml::kExtension, NW_URL, page_of_link(child), child.base());
        if (same_word(child.attribute("rel"), "enclosure")) {
            entry.enclosure(child.attribute("href"), child.attribute("type"), child.attribute("length"),
                            child.base());
        }
    } else if (same_word(name, "updated") || same_word(name, "modified")) {
        xml::offer_text(entry, Slot::updated, xml::kExtension, NW_DATE, child);
    } else if (same_word(name, "published") || same_word(name, "issued")) {
        xml::offer_text(entry, Slot::published, xml::kExtension, NW_DATE, child);
    } else if (same_word(name, "title")) {
        xml::offer_html(entry, Slot::title, xml::kExtension, child);
    } else if (same_word(name, "summary")) {
        xml::offer_html(entry, Slot::summary, xml::kExtension, child);
    } else if (same_word(name, "content")) {
        xml::offer_html(entry, Slot::content, xml::kExtension, child);
    } else if (same_word(name, "id")) {
        xml::offer_text(entry, Slot::id, xml::kExtension, NW_TEXT, child);
    } else if (same_word(name, "author")) {
        read_atom_author(child, entry);
    } else if (same_word(name, "category")) {
        entry.category(child.attribute("term"), child.language());
    }
}

}  // namespace

std::string_view page_of_link(const Scope& link) {
    const std::string_view rel = link.attribute("rel");
    return rel.empty() || same_word(rel, "alternate") ? link.attribute("href") : std::string_view{};
}

void read_item(const Scope& item, Entry& entry) {
    // RSS 1.0: the item's name as a resource is its id, and its address where it has no link.
    const std::string_view about = item.attribute("about");
    entry.offer(Slot::id, xml::kExtension, NW_TEXT, about);
    if (looks_like_url(about)) entry.offer(Slot::url, xml::kLastResort + 1, NW_URL, about, item.base());
    for (const pugi::xml_node node : item.element().children()) {
        if (node.type() != pugi::node_element) continue;
        const Scope child{&item, node};
        if (xml::read_extension(child, entry)) continue;
        if (child.space() == Space::none) read_own(child, entry);
        if (child.space() == Space::atom || child.space() == Space::atom03) read_atom(child, entry);
    }
    // The entry's own xml:lang; what the feed says is for the host to inherit.
    const std::string_view language = item.element().attribute("xml:lang").value();
    entry.offer(Slot::language, xml::kExtension + 1, NW_TEXT, xml::trimmed(language));
}

}  // namespace newswatch::rss
