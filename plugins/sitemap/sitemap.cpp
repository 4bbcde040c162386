/// Sitemaps (sitemaps.org 0.9) with the news, image and video extensions of Google.

#include <newswatch/parser_plugin.h>

#include <string>

#include "feed/entry.h"
#include "feed/words.h"
#include "xml/extensions.h"
#include "xml/reader.h"

namespace newswatch::sitemap {

using feed::Entry;
using feed::kExtension;
using feed::kFallback;
using feed::kOwn;
using feed::same_word;
using feed::Slot;
using xml::Scope;
using xml::Space;

namespace {

/// Calls `each` with every child element.
template <class Each>
void children(const Scope& parent, Each each) {
    for (const pugi::xml_node node : parent.element().children()) {
        if (node.type() == pugi::node_element) each(Scope{&parent, node});
    }
}

void add_list(const Scope& child, Entry& entry) {
    std::string scratch;
    feed::for_each_listed(xml::text_of(child.element(), scratch),
                          [&](std::string_view word) { entry.category(word, {}); });
}

class Sitemap {
  public:
    explicit Sitemap(feed::Output& output) : output_{output} {}

    void read(const Scope& root, const xml::Tree& tree) {
        for (const pugi::xml_node node : root.element().children()) {
            if (output_.stopped()) return;
            if (node.type() != pugi::node_element) continue;
            const Scope child{&root, node};
            if (!same_word(child.local(), "url")) continue;
            entry_.clear();
            read_url(child);
            // The address is all that a sitemap knows an article by.
            if (!entry_.has(Slot::url)) continue;
            if (tree.cut_off(node) && !entry_.known_again_without_its_end(false, articles_)) continue;
            ++articles_;
            entry_.send(output_);
        }
    }

  private:
    void read_url(const Scope& url) {
        children(url, [&](const Scope& child) {
            switch (child.space()) {
                case Space::news:
                    if (same_word(child.local(), "news")) read_news(child);
                    return;
                case Space::sitemap_image:
                    return children(child, [&](const Scope& part) {
                        if (same_word(part.local(), "loc"))
                            xml::offer_text(entry_, Slot::image, kOwn, NW_URL, part);
                    });
                case Space::sitemap_video:
                    return read_video(child);
                default:
                    break;
            }
            if (child.space() == Space::atom || child.space() == Space::xhtml)
                return;  // alternates by language
            if (same_word(child.local(), "loc")) xml::offer_text(entry_, Slot::url, kOwn, NW_URL, child);
            if (same_word(child.local(), "lastmod"))
                xml::offer_text(entry_, Slot::updated, kOwn, NW_DATE, child);
        });
    }

    void read_news(const Scope& news) {
        children(news, [&](const Scope& child) {
            const std::string_view name = child.local();
            if (same_word(name, "title")) {
                xml::offer_html(entry_, Slot::title, kOwn, child);
            } else if (same_word(name, "publication_date")) {
                xml::offer_text(entry_, Slot::published, kOwn, NW_DATE, child);
            } else if (same_word(name, "keywords") || same_word(name, "genres")) {
                add_list(child, entry_);
            } else if (same_word(name, "publication")) {
                read_publication(child);
            } else if (same_word(name, "language")) {
                xml::offer_text(entry_, Slot::language, kExtension, NW_TEXT, child);
            }
        });
    }

    void read_publication(const Scope& publication) {
        children(publication, [&](const Scope& child) {
            if (same_word(child.local(), "language"))
                xml::offer_text(entry_, Slot::language, kOwn, NW_TEXT, child);
            // A sitemap has no title of its own: the first publication gives it one.
            if (!same_word(child.local(), "name")) return;
            std::string scratch;
            output_.feed_field("title", NW_TEXT, xml::text_of(child.element(), scratch));
        });
    }

    void read_video(const Scope& video) {
        children(video, [&](const Scope& child) {
            const std::string_view name = child.local();
            if (same_word(name, "title")) xml::offer_html(entry_, Slot::title, kFallback, child);
            if (same_word(name, "description")) xml::offer_html(entry_, Slot::summary, kFallback, child);
            if (same_word(name, "thumbnail_loc"))
                xml::offer_text(entry_, Slot::image, kExtension, NW_URL, child);
            if (same_word(name, "publication_date"))
                xml::offer_text(entry_, Slot::published, kFallback, NW_DATE, child);
            if (same_word(name, "tag")) add_list(child, entry_);
        });
    }

    feed::Output& output_;
    Entry entry_{};
    std::size_t articles_{0};
};

constexpr xml::Format kFormat = {.accepts = [](std::string_view root) { return same_word(root, "urlset"); },
                                 .name = [](const Scope&) { return std::string_view{"sitemap"}; },
                                 .read = [](const Scope& root, const xml::Tree& tree,
                                            feed::Output& output) { Sitemap{output}.read(root, tree); }};

constexpr nw_parser_plugin kPlugin = {
    NW_PARSER_ABI_VERSION, sizeof(nw_parser_plugin), "sitemap",
    [](const nw_document* document) { return xml::probe(document, kFormat); },
    [](const nw_document* document, const nw_sink* sink) { return xml::parse(document, sink, kFormat); }};

}  // namespace

}  // namespace newswatch::sitemap

extern "C" __attribute__((visibility("default"))) const nw_parser_plugin* newswatch_parser_plugin(void) {
    return &newswatch::sitemap::kPlugin;
}
