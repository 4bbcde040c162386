#include "xml/extensions.h"

#include <string>

#include "feed/words.h"

namespace newswatch::xml {

using feed::Entry;
using feed::kExtension;
using feed::kFallback;
using feed::kLastResort;
using feed::kOwn;
using feed::same_word;
using feed::Slot;

namespace {

bool read_dublin_core(const Scope& child, Entry& entry) {
    std::string scratch;
    const std::string_view name = child.local();
    const bool terms = child.space() == Space::dcterms;
    if (same_word(name, "creator") || same_word(name, "author")) {
        entry.person_line(text_of(child.element(), scratch));
    } else if (same_word(name, "subject")) {
        entry.category(text_of(child.element(), scratch), child.language());
    } else if (same_word(name, "title")) {
        offer_html(entry, Slot::title, kExtension, child);
    } else if (same_word(name, "description") || same_word(name, "abstract")) {
        offer_html(entry, Slot::summary, kExtension, child);
    } else if (same_word(name, "date")) {
        // Dublin Core means "some event in the life" of the article: both, until something better comes.
        offer_text(entry, Slot::published, kFallback, NW_DATE, child);
        offer_text(entry, Slot::updated, kFallback, NW_DATE, child);
    } else if (terms && (same_word(name, "issued") || same_word(name, "created"))) {
        offer_text(entry, Slot::published, same_word(name, "issued") ? kExtension : kExtension + 1, NW_DATE,
                   child);
    } else if (terms && same_word(name, "modified")) {
        offer_text(entry, Slot::updated, kExtension, NW_DATE, child);
    } else if (same_word(name, "language")) {
        offer_text(entry, Slot::language, kExtension, NW_TEXT, child);
    } else if (same_word(name, "identifier")) {
        offer_text(entry, Slot::id, kFallback, NW_TEXT, child);
    }
    return true;
}

void read_media_content(const Scope& child, Entry& entry) {
    const std::string_view url = child.attribute("url");
    const std::string_view type = child.attribute("type");
    entry.enclosure(url, type, child.attribute("fileSize"), child.base());
    if (same_word(child.attribute("medium"), "image") || type.starts_with("image/")) {
        entry.offer(Slot::image, kFallback, NW_URL, url, child.base());
    }
}

constexpr unsigned kMediaDepth = 2;  // group, content, thumbnail

/// Media RSS: a group repeats what an item may hold, so both are read by one loop.
bool read_media(const Scope& child, Entry& entry, unsigned depth) {
    const std::string_view name = child.local();
    if (same_word(name, "thumbnail")) {
        entry.offer(Slot::image, kExtension, NW_URL, child.attribute("url"), child.base());
    } else if (same_word(name, "title")) {
        offer_html(entry, Slot::title, kLastResort, child);
    } else if (same_word(name, "description")) {
        offer_html(entry, Slot::summary, kLastResort, child);
    } else if (same_word(name, "category")) {
        std::string scratch;
        entry.category(text_of(child.element(), scratch), child.language());
        entry.category(child.attribute("label"), child.language());
    } else if (same_word(name, "keywords")) {
        read_keywords(child, entry);
    } else if (same_word(name, "credit") && same_word(child.attribute("role"), "author")) {
        std::string scratch;
        entry.person_line(text_of(child.element(), scratch), kFallback);
    } else if (same_word(name, "content") || same_word(name, "group")) {
        if (!same_word(name, "group")) read_media_content(child, entry);
        if (depth == kMediaDepth) return true;
        for (const pugi::xml_node node : child.element().children()) {
            if (node.type() != pugi::node_element) continue;
            const Scope inner{&child, node};
            if (inner.space() == Space::media) read_media(inner, entry, depth + 1);
        }
    }
    return true;
}

/// PRISM, of magazines and journals. Its dates are days of the issue: they give way to all others.
bool read_prism(const Scope& child, Entry& entry) {
    std::string scratch;
    const std::string_view name = child.local();
    if (same_word(name, "publicationDate") || same_word(name, "coverDate")) {
        offer_text(entry, Slot::published, same_word(name, "coverDate") ? kLastResort + 1 : kLastResort,
                   NW_DATE, child);
    } else if (same_word(name, "modificationDate")) {
        offer_text(entry, Slot::updated, kLastResort, NW_DATE, child);
    } else if (same_word(name, "url")) {
        offer_text(entry, Slot::url, kFallback, NW_URL, child);
    } else if (same_word(name, "keyword")) {
        entry.category(text_of(child.element(), scratch), child.language());
    }
    return true;
}

/// A category may hold the one below it.
void read_itunes_category(const Scope& category, Entry& entry) {
    entry.category(category.attribute("text"), category.language());
    for (const pugi::xml_node node : category.element().children()) {
        if (node.type() != pugi::node_element) continue;
        entry.category(Scope{&category, node}.attribute("text"), category.language());
    }
}

bool read_itunes(const Scope& child, Entry& entry) {
    const std::string_view name = child.local();
    std::string scratch;
    if (same_word(name, "author")) {
        entry.person_line(text_of(child.element(), scratch), kFallback);
    } else if (same_word(name, "summary")) {
        offer_html(entry, Slot::summary, kFallback, child);
    } else if (same_word(name, "subtitle")) {
        offer_html(entry, Slot::summary, kFallback + 1, child);
    } else if (same_word(name, "title")) {
        offer_html(entry, Slot::title, kFallback, child);
    } else if (same_word(name, "image")) {
        entry.offer(Slot::image, kExtension + 1, NW_URL, child.attribute("href"), child.base());
    } else if (same_word(name, "category")) {
        read_itunes_category(child, entry);
    } else if (same_word(name, "keywords")) {
        read_keywords(child, entry);
    }
    return true;
}

}  // namespace

void offer_html(Entry& entry, Slot slot, int rank, const Scope& element) {
    if (holds_elements(element.element())) {
        entry.offer_own(slot, rank, NW_XHTML, inner_markup(element.element()), element.base(),
                        element.language());
        return;
    }
    std::string scratch;
    const std::string_view text = text_of(element.element(), scratch);
    if (scratch.empty()) {
        entry.offer(slot, rank, NW_HTML, text, element.base(), element.language());
    } else {
        entry.offer_own(slot, rank, NW_HTML, std::string{text}, element.base(), element.language());
    }
}

void read_keywords(const Scope& child, Entry& entry) {
    std::string scratch;
    feed::for_each_listed(text_of(child.element(), scratch),
                          [&](std::string_view word) { entry.category(word, child.language()); });
}

void offer_text(Entry& entry, Slot slot, int rank, nw_kind kind, const Scope& element) {
    std::string scratch;
    const std::string_view text = text_of(element.element(), scratch);
    if (scratch.empty()) {
        entry.offer(slot, rank, kind, text, element.base(), element.language());
    } else {
        entry.offer_own(slot, rank, kind, std::string{text}, element.base(), element.language());
    }
}

bool read_extension(const Scope& child, Entry& entry) {
    switch (child.space()) {
        case Space::dc:
        case Space::dcterms:
            return read_dublin_core(child, entry);
        case Space::content:
            if (same_word(child.local(), "encoded")) offer_html(entry, Slot::content, kOwn, child);
            return true;
        case Space::media:
            return read_media(child, entry, 0);
        case Space::itunes:
            return read_itunes(child, entry);
        case Space::feedburner:
            // The page behind the address that FeedBurner counts clicks by. `link` is what the feed itself
            // says.
            if (same_word(child.local(), "origLink")) offer_text(entry, Slot::url, kFallback, NW_URL, child);
            return true;
        case Space::full_text:
            if (same_word(child.local(), "full-text") || same_word(child.local(), "fulltext") ||
                same_word(child.local(), "content")) {
                offer_html(entry, Slot::content, kOwn + 1, child);
            }
            return true;
        case Space::prism:
            return read_prism(child, entry);
        case Space::syndication:
        case Space::rdf:
            return true;
        case Space::xhtml:
            if (same_word(child.local(), "body")) offer_html(entry, Slot::content, kExtension, child);
            return true;
        case Space::none:
        case Space::atom:
        case Space::atom03:
        case Space::xml:
        case Space::news:
        case Space::sitemap_image:
        case Space::sitemap_video:
        case Space::other:
            return false;
    }
    return false;
}

}  // namespace newswatch::xml
