/// Atom 1.0 (RFC 4287) and 0.3: feeds, and single entry documents.

#include <newswatch/parser_plugin.h>

#include <exception>
#include <string>
#include <utility>

#include "atom/atom_entry.h"
#include "xml/entry.h"
#include "xml/scope.h"
#include "xml/tree.h"

namespace newswatch::atom {

using xml::same_word;
using xml::Scope;
using xml::Space;

namespace {

bool is_atom_root(std::string_view name) {
    return same_word(name, "feed") || same_word(name, "entry");
}

std::string_view format_name(const Scope& root) {
    return root.space() == Space::atom03 || root.attribute("version") == "0.3" ? "atom-0.3" : "atom-1.0";
}

class Feed {
  public:
    explicit Feed(xml::Output& output) : output_{output} {}

    void read(const Scope& feed) {
        for (const pugi::xml_node node : feed.element().children()) {
            if (output_.stopped()) return;
            if (node.type() != pugi::node_element) continue;
            const Scope child{&feed, node};
            undeclared_ = undeclared_ || child.undeclared_prefix();
            if (!is_atom(child)) continue;
            if (same_word(child.local(), "entry")) {
                read_article(child, &feed);
            } else {
                read_fact(child);
            }
        }
        output_.feed_field("language", NW_TEXT, feed.language());
    }

    /// `feed` is null for an entry that stands alone.
    void read_article(const Scope& element, const Scope* feed) {
        entry_.clear();
        read_entry(element, entry_);
        // RFC 4287 §4.2.1: the feed's authors apply to an entry that names none.
        if (feed != nullptr && !entry_.has_persons()) read_authors(*feed, entry_);
        entry_.send(output_);
    }

    [[nodiscard]] bool undeclared() const { return undeclared_; }

  private:
    void construct(std::string_view name, const Scope& child) {
        const TextConstruct text = read_text(child);
        output_.feed_field(name, text.kind, text.text, child.base(), child.language());
    }

    void read_fact(const Scope& child) {
        const std::string_view name = child.local();
        if (same_word(name, "title")) {
            construct("title", child);
        } else if (same_word(name, "subtitle") || same_word(name, "tagline")) {
            construct("description", child);
        } else if (same_word(name, "link")) {
            output_.feed_field("link", NW_URL, alternate(child), child.base());
        } else if (same_word(name, "updated") || same_word(name, "modified")) {
            std::string scratch;
            output_.feed_field("updated", NW_DATE, xml::text_of(child.element(), scratch));
        }
    }

    xml::Output& output_;
    xml::Entry entry_{};
    bool undeclared_{false};
};

int read(const nw_document& document, const nw_sink& sink) {
    const xml::Tree tree{xml::view(document.text)};
    if (!tree.root()) return 1;
    const Scope root{nullptr, tree.root()};
    if (!is_atom_root(root.local())) return 1;
    xml::Output output{sink};
    output.format(format_name(root), tree.recovered());
    if (tree.recovered()) output.problem(tree.defect().code, tree.defect().offset);
    Feed feed{output};
    if (same_word(root.local(), "entry")) {
        feed.read_article(root, nullptr);
    } else {
        feed.read(root);
    }
    if (feed.undeclared() && !tree.recovered()) {
        output.format(format_name(root), true);
        output.problem("undeclared-prefix", 0);
    }
    return output.answer();
}

int probe(const nw_document* document) {
    return xml::probe_root(xml::view(document->text), is_atom_root);
}

int parse(const nw_document* document, const nw_sink* sink) {
    try {
        return read(*document, *sink);
    } catch (const std::exception&) {
        return 1;  // out of memory: the host reports that this plug-in refused the document
    }
}

constexpr nw_parser_plugin kPlugin = {NW_PARSER_ABI_VERSION, sizeof(nw_parser_plugin), "atom", probe, parse};

}  // namespace

}  // namespace newswatch::atom

extern "C" __attribute__((visibility("default"))) const nw_parser_plugin* newswatch_parser_plugin(void) {
    return &newswatch::atom::kPlugin;
}
