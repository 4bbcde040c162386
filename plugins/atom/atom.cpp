/// Atom 1.0 (RFC 4287) and 0.3: feeds, and single entry documents.

#include <newswatch/parser_plugin.h>

#include "atom/atom_entry.h"
#include "feed/entry.h"
#include "feed/words.h"
#include "xml/extensions.h"
#include "xml/reader.h"
#include "xml/vocabulary.h"

namespace newswatch::atom {

using feed::same_word;
using feed::Slot;
using xml::Scope;
using xml::Space;

namespace {

bool is_atom_root(std::string_view name) {
    return same_word(name, "feed") || same_word(name, "entry");
}

std::string_view format_name(const Scope& root) {
    return root.space() == Space::atom03 || root.attribute("version").starts_with("0.") ? "atom-0.3"
                                                                                        : "atom-1.0";
}

bool is_entry(pugi::xml_node node) {
    return same_word(xml::local_part(node.name()), "entry");
}

class FeedReader {
  public:
    FeedReader(const xml::Tree& tree, feed::Output& output) : tree_{tree}, output_{output} {}

    void read(const Scope& feed) {
        for (const pugi::xml_node node : feed.element().children()) {
            if (node.type() != pugi::node_element || is_entry(node)) continue;
            const Scope child{&feed, node};
            const bool dublin_core = child.space() == Space::dc || child.space() == Space::dcterms;
            if (is_atom(child) || dublin_core) read_language(child);
            if (is_atom(child)) read_fact(child);
        }
        facts_.offer(Slot::language, feed::kExtension, NW_TEXT, feed.language());
        facts_.send_as_feed(output_);
        read_authors(feed, authors_);
        for (const pugi::xml_node node : feed.element().children()) {
            if (output_.stopped()) return;
            if (node.type() != pugi::node_element || !is_entry(node)) continue;
            const Scope child{&feed, node};
            if (is_atom(child)) read_article(child);
        }
    }

    void read_article(const Scope& element) {
        entry_.clear();
        read_entry(element, entry_);
        if (tree_.cut_off(element.element()) && !entry_.known_again_without_its_end(ids_, articles_)) return;
        ids_ = ids_ || entry_.has(Slot::id);
        ++articles_;
        // RFC 4287 §4.2.1: the feed's authors apply to an entry that names none.
        entry_.inherit_persons(authors_);
        entry_.send(output_);
    }

  private:
    /// Atom has no element for it; those of others are met all the same, and mean what they say.
    void read_language(const Scope& child) {
        if (same_word(child.local(), "language"))
            xml::offer_text(facts_, Slot::language, feed::kOwn, NW_TEXT, child);
    }

    void read_fact(const Scope& child) {
        const std::string_view name = child.local();
        if (same_word(name, "title")) {
            offer_construct(facts_, Slot::title, feed::kOwn, child);
        } else if (same_word(name, "subtitle") || same_word(name, "tagline")) {
            offer_construct(facts_, Slot::summary, feed::kOwn, child);
        } else if (same_word(name, "link")) {
            offer_page(facts_, child);
        } else if (same_word(name, "updated") || same_word(name, "modified")) {
            xml::offer_text(facts_, Slot::updated, feed::kOwn, NW_DATE, child);
        }
    }

    const xml::Tree& tree_;
    feed::Output& output_;
    feed::Entry facts_{};
    feed::Entry authors_{};
    feed::Entry entry_{};
    std::size_t articles_{0};
    bool ids_{false};
};

void read(const Scope& root, const xml::Tree& tree, feed::Output& output) {
    FeedReader reader{tree, output};
    if (same_word(root.local(), "entry")) {
        reader.read_article(root);
    } else {
        reader.read(root);
    }
}

constexpr xml::Format kFormat = {.accepts = is_atom_root, .name = format_name, .read = read};

constexpr nw_parser_plugin kPlugin = {
    NW_PARSER_ABI_VERSION, sizeof(nw_parser_plugin), "atom",
    [](const nw_document* document) { return xml::probe(document, kFormat); },
    [](const nw_document* document, const nw_sink* sink) { return xml::parse(document, sink, kFormat); }};

}  // namespace

}  // namespace newswatch::atom

extern "C" __attribute__((visibility("default"))) const nw_parser_plugin* newswatch_parser_plugin(void) {
    return &newswatch::atom::kPlugin;
}
