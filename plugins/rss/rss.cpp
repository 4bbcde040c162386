/// The RSS family: 0.90, 0.91, 0.92 … 2.0 and RSS 1.0 (RDF).

#include <newswatch/parser_plugin.h>

#include <algorithm>
#include <charconv>
#include <exception>
#include <string>

#include "rss/rss_item.h"
#include "xml/entry.h"
#include "xml/extensions.h"
#include "xml/scope.h"
#include "xml/tree.h"

namespace newswatch::rss {

using xml::same_word;
using xml::Scope;
using xml::Space;

namespace {

bool is_rss_root(std::string_view name) {
    return same_word(name, "rss") || same_word(name, "RDF") || same_word(name, "channel");
}

std::string_view format_name(const Scope& root) {
    if (root.is(Space::rdf, "RDF") || same_word(root.local(), "RDF")) {
        // 0.90 was RDF too; its namespace tells it from 1.0.
        for (const pugi::xml_attribute attribute : root.element().attributes()) {
            if (std::string_view{attribute.value()}.find("netscape.com") != std::string_view::npos)
                return "rss-0.9x";
        }
        return "rss-1.0";
    }
    const std::string_view version = root.attribute("version");
    if (version.starts_with("0.")) return "rss-0.9x";
    return version.starts_with("1.") ? "rss-1.0" : "rss-2.0";
}

unsigned minutes_of_period(std::string_view period) {
    constexpr unsigned kHour = 60;
    if (same_word(period, "hourly")) return kHour;
    if (same_word(period, "weekly")) return 7 * 24 * kHour;
    if (same_word(period, "monthly")) return 30 * 24 * kHour;
    if (same_word(period, "yearly")) return 365 * 24 * kHour;
    return 24 * kHour;  // RSS syndication module: daily where nothing is said
}

/// The channel: facts of the feed, and the items that stand inside it.
class Channel {
  public:
    explicit Channel(xml::Output& output) : output_{output} {}

    void read(const Scope& parent) {
        for (const pugi::xml_node node : parent.element().children()) {
            if (output_.stopped()) return;
            if (node.type() != pugi::node_element) continue;
            const Scope child{&parent, node};
            undeclared_ = undeclared_ || child.undeclared_prefix();
            if (child.is(Space::none, "item")) {
                read_article(child);
            } else if (child.is(Space::none, "channel")) {
                channel_language_ = child.language();
                if (depth_ > 0) continue;
                ++depth_;
                read(child);
            } else {
                read_fact(child);
            }
        }
    }

    /// What needs more than one element to know.
    void finish() {
        if (!period_.empty() && !ttl_) {
            unsigned frequency = 1;
            std::from_chars(frequency_.data(), frequency_.data() + frequency_.size(), frequency);
            const unsigned minutes = minutes_of_period(period_) / std::clamp(frequency, 1U, 1440U);
            output_.feed_field("ttl_minutes", NW_NUMBER, std::to_string(std::max(minutes, 1U)));
        }
        if (!said_language_) output_.feed_field("language", NW_TEXT, channel_language_);
    }

    void remember_language(std::string_view language) { channel_language_ = language; }
    [[nodiscard]] bool undeclared() const { return undeclared_; }

  private:
    void read_article(const Scope& item) {
        entry_.clear();
        read_item(item, entry_);
        entry_.send(output_);
    }

    void fact(std::string_view name, nw_kind kind, const Scope& child) {
        std::string scratch;
        output_.feed_field(name, kind, xml::text_of(child.element(), scratch), child.base(),
                           child.language());
    }

    void read_fact(const Scope& child) {
        switch (child.space()) {
            case Space::none:
                return read_own_fact(child);
            case Space::dc:
            case Space::dcterms:
                if (same_word(child.local(), "language")) say_language(child);
                if (same_word(child.local(), "date")) fact("updated", NW_DATE, child);
                return;
            case Space::atom:
            case Space::atom03:
                if (same_word(child.local(), "link")) {
                    output_.feed_field("link", NW_URL, page_of_link(child), child.base());
                }
                if (same_word(child.local(), "updated")) fact("updated", NW_DATE, child);
                return;
            case Space::syndication:
                if (same_word(child.local(), "updatePeriod"))
                    period_ = xml::text_of(child.element(), period_);
                if (same_word(child.local(), "updateFrequency"))
                    frequency_ = xml::text_of(child.element(), frequency_);
                return;
            default:
                return;
        }
    }

    void read_own_fact(const Scope& child) {
        const std::string_view name = child.local();
        if (same_word(name, "title")) {
            fact("title", NW_HTML, child);
        } else if (same_word(name, "link")) {
            fact("link", NW_URL, child);
            output_.feed_field("link", NW_URL, page_of_link(child), child.base());
        } else if (same_word(name, "description")) {
            fact("description", NW_HTML, child);
        } else if (same_word(name, "language")) {
            say_language(child);
        } else if (same_word(name, "lastBuildDate") || same_word(name, "pubDate")) {
            fact("updated", NW_DATE, child);
        } else if (same_word(name, "ttl")) {
            ttl_ = true;
            fact("ttl_minutes", NW_NUMBER, child);
        }
    }

    void say_language(const Scope& child) {
        said_language_ = true;
        fact("language", NW_TEXT, child);
    }

    xml::Output& output_;
    xml::Entry entry_{};
    std::string period_{};
    std::string frequency_{};
    std::string_view channel_language_{};
    unsigned depth_{0};
    bool ttl_{false};
    bool said_language_{false};
    bool undeclared_{false};
};

int read(const nw_document& document, const nw_sink& sink) {
    const xml::Tree tree{xml::view(document.text)};
    if (!tree.root()) return 1;
    const Scope root{nullptr, tree.root()};
    if (!is_rss_root(root.local())) return 1;
    xml::Output output{sink};
    output.format(format_name(root), tree.recovered());
    if (tree.recovered()) output.problem(tree.defect().code, tree.defect().offset);
    Channel channel{output};
    channel.remember_language(root.language());
    channel.read(root);
    channel.finish();
    if (channel.undeclared() && !tree.recovered()) {
        output.format(format_name(root), true);
        output.problem("undeclared-prefix", 0);
    }
    return output.answer();
}

int probe(const nw_document* document) {
    return xml::probe_root(xml::view(document->text), is_rss_root);
}

int parse(const nw_document* document, const nw_sink* sink) {
    try {
        return read(*document, *sink);
    } catch (const std::exception&) {
        return 1;  // out of memory: the host reports that this plug-in refused the document
    }
}

constexpr nw_parser_plugin kPlugin = {NW_PARSER_ABI_VERSION, sizeof(nw_parser_plugin), "rss", probe, parse};

}  // namespace

}  // namespace newswatch::rss

extern "C" __attribute__((visibility("default"))) const nw_parser_plugin* newswatch_parser_plugin(void) {
    return &newswatch::rss::kPlugin;
}
