#include "rss/rss_item.h"

#include <array>
#include <string>

#include "feed/words.h"
#include "xml/extensions.h"
#include "xml/vocabulary.h"

namespace newswatch::rss {

using feed::Entry;
using feed::same_word;
using feed::Slot;
using xml::Scope;
using xml::Space;

namespace {

bool looks_like_url(std::string_view text) {
    return (text.starts_with("http://") || text.starts_with("https://")) &&
           text.find_first_of(" \n\t<") == std::string_view::npos;
}

void read_guid(const Scope& child, Entry& entry) {
    xml::offer_text(entry, Slot::id, feed::kOwn, NW_TEXT, child);
    // RSS 2.0: a guid is the address unless it says that it is not. Publishers of plain ids forget to say so;
    // a relative one is believed only where it says that it is one.
    const std::string_view says = child.attribute("isPermaLink");
    if (same_word(says, "false")) return;
    std::string scratch;
    const std::string_view guid = xml::text_of(child.element(), scratch);
    if (looks_like_url(guid) || (same_word(says, "true") && guid.starts_with('/')))
        xml::offer_text(entry, Slot::url, feed::kLastResort, NW_URL, child);
}

/// Atom's way to attach a file.
void read_enclosing_link(const Scope& link, Entry& entry) {
    if (!same_word(link.attribute("rel"), "enclosure")) return;
    entry.enclosure(link.attribute("href"), link.attribute("type"), link.attribute("length"), link.base());
}

void read_link(const Scope& child, Entry& entry) {
    xml::offer_text(entry, Slot::url, feed::kOwn, NW_URL, child);
    entry.offer(Slot::url, feed::kOwn + 1, NW_URL, page_of_link(child), child.base());
    read_enclosing_link(child, entry);
}

void read_image(const Scope& child, Entry& entry) {
    for (const pugi::xml_node node : child.element().children()) {
        if (node.type() != pugi::node_element) continue;
        const Scope inner{&child, node};
        if (inner.is(Space::none, "url")) xml::offer_text(entry, Slot::image, feed::kOwn, NW_URL, inner);
    }
    entry.offer(Slot::image, feed::kFallback, NW_URL, child.attribute("href"), child.base());
}

void read_enclosure(const Scope& child, Entry& entry) {
    std::string scratch;
    std::string_view url = child.attribute("url");
    if (url.empty()) url = child.attribute("href");
    if (url.empty()) url = xml::text_of(child.element(), scratch);
    const std::string_view type = child.attribute("type");
    entry.enclosure(url, type, child.attribute("length"), child.base());
    if (type.starts_with("image/"))
        entry.offer_own(Slot::image, feed::kLastResort, NW_URL, std::string{url}, child.base());
}

/// Text in RSS, a `name` and an `email` in Atom; each is met in the other.
void read_author(const Scope& author, Entry& entry) {
    std::string name;
    std::string email;
    std::string uri;
    std::string scratch;
    for (const pugi::xml_node node : author.element().children()) {
        if (node.type() != pugi::node_element) continue;
        const std::string_view part = xml::local_part(node.name());
        if (same_word(part, "name")) name = xml::text_of(node, scratch);
        if (same_word(part, "email")) email = xml::text_of(node, scratch);
        if (same_word(part, "uri") || same_word(part, "url") || same_word(part, "homepage"))
            uri = xml::text_of(node, scratch);
    }
    if (name.empty() && email.empty()) return entry.person_line(xml::text_of(author.element(), scratch));
    entry.person(name, email, uri);
}

/// Own elements that only say one value.
struct Field {
    std::string_view name;
    Slot slot;
    int rank;
    nw_kind kind;
};
constexpr std::array kFields = {
    Field{"title", Slot::title, feed::kOwn, NW_HTML},
    Field{"description", Slot::summary, feed::kOwn, NW_HTML},
    Field{"pubDate", Slot::published, feed::kOwn, NW_DATE},
    Field{"lastBuildDate", Slot::updated, feed::kOwn, NW_DATE},
    Field{"language", Slot::language, feed::kOwn, NW_TEXT},
    // Elements of other formats that came along without their namespace.
    Field{"abstract", Slot::summary, feed::kFallback, NW_HTML},
    Field{"summary", Slot::summary, feed::kFallback, NW_HTML},
    Field{"body", Slot::content, feed::kFallback, NW_HTML},
    Field{"fullitem", Slot::content, feed::kFallback, NW_HTML},
    Field{"content", Slot::content, feed::kLastResort, NW_HTML},
    Field{"published", Slot::published, feed::kFallback, NW_DATE},
    Field{"date", Slot::published, feed::kLastResort, NW_DATE},
    Field{"issued", Slot::published, feed::kFallback + 1, NW_DATE},
    Field{"created", Slot::published, feed::kFallback + 2, NW_DATE},
    Field{"updated", Slot::updated, feed::kFallback, NW_DATE},
    Field{"modified", Slot::updated, feed::kFallback + 1, NW_DATE},
};

void read_own(const Scope& child, Entry& entry) {
    const std::string_view name = child.local();
    for (const Field& field : kFields) {
        if (!same_word(field.name, name)) continue;
        if (field.kind == NW_HTML) return xml::offer_html(entry, field.slot, field.rank, child);
        return xml::offer_text(entry, field.slot, field.rank, field.kind, child);
    }
    std::string scratch;
    if (same_word(name, "link")) {
        read_link(child, entry);
    } else if (same_word(name, "guid")) {
        read_guid(child, entry);
    } else if (same_word(name, "category")) {
        entry.category(xml::text_of(child.element(), scratch), child.language());
    } else if (same_word(name, "keywords") || same_word(name, "tags")) {
        xml::read_keywords(child, entry);
    } else if (same_word(name, "author")) {
        read_author(child, entry);
    } else if (same_word(name, "managingEditor")) {
        entry.person_line(xml::text_of(child.element(), scratch), feed::kFallback);
    } else if (same_word(name, "enclosure")) {
        read_enclosure(child, entry);
    } else if (same_word(name, "image")) {
        read_image(child, entry);
    }
}

void read_atom(const Scope& child, Entry& entry) {
    const std::string_view name = child.local();
    if (same_word(name, "link")) {
        entry.offer(Slot::url, feed::kExtension, NW_URL, page_of_link(child), child.base());
        read_enclosing_link(child, entry);
    } else if (same_word(name, "updated") || same_word(name, "modified")) {
        xml::offer_text(entry, Slot::updated, feed::kExtension, NW_DATE, child);
    } else if (same_word(name, "published") || same_word(name, "issued")) {
        xml::offer_text(entry, Slot::published, feed::kExtension, NW_DATE, child);
    } else if (same_word(name, "title")) {
        xml::offer_html(entry, Slot::title, feed::kExtension, child);
    } else if (same_word(name, "summary")) {
        xml::offer_html(entry, Slot::summary, feed::kExtension, child);
    } else if (same_word(name, "content")) {
        xml::offer_html(entry, Slot::content, feed::kExtension, child);
    } else if (same_word(name, "id")) {
        xml::offer_text(entry, Slot::id, feed::kExtension, NW_TEXT, child);
    } else if (same_word(name, "author")) {
        read_author(child, entry);
    } else if (same_word(name, "category")) {
        entry.category(child.attribute("term"), child.language());
        entry.category(child.attribute("label"), child.language());
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
    entry.offer(Slot::id, feed::kExtension, NW_TEXT, about);
    if (looks_like_url(about)) entry.offer(Slot::url, feed::kLastResort + 1, NW_URL, about, item.base());
    for (const pugi::xml_node node : item.element().children()) {
        if (node.type() != pugi::node_element) continue;
        const Scope child{&item, node};
        if (xml::read_extension(child, entry)) continue;
        if (child.space() == Space::none) read_own(child, entry);
        if (child.space() == Space::atom || child.space() == Space::atom03) read_atom(child, entry);
    }
    // The entry's own xml:lang; what the feed says is for the host to inherit.
    entry.offer(Slot::language, feed::kExtension + 1, NW_TEXT, item.own_language());
}

}  // namespace newswatch::rss
