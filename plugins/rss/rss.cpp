/// The RSS family: 0.90, 0.91, 0.92 … 2.0, RSS 1.0 (RDF) and 1.1, and CDF.

#include <newswatch/parser_plugin.h>

#include <algorithm>
#include <charconv>
#include <string>

#include "feed/entry.h"
#include "feed/words.h"
#include "rss/cdf.h"
#include "rss/rss_item.h"
#include "xml/extensions.h"
#include "xml/reader.h"
#include "xml/vocabulary.h"

namespace newswatch::rss {

using feed::same_word;
using feed::Slot;
using xml::Scope;
using xml::Space;

namespace {

bool is_rss_root(std::string_view name) {
    return same_word(name, "rss") || same_word(name, "RDF") || same_word(name, "channel");
}

std::string_view format_name(const Scope& root) {
    if (is_cdf(root)) return "cdf";
    if (same_word(root.local(), "RDF")) {
        // 0.90 was RDF too; its namespace tells it from 1.0.
        for (const pugi::xml_attribute attribute : root.element().attributes()) {
            if (std::string_view{attribute.value()}.find("netscape.com") != std::string_view::npos)
                return "rss-0.9x";
        }
        return "rss-1.0";
    }
    const std::string_view version = root.attribute("version");
    if (version.starts_with("0.")) return "rss-0.9x";
    return version.starts_with("1.") || !root.attribute("about").empty() ? "rss-1.0" : "rss-2.0";
}

unsigned minutes_of_period(std::string_view period) {
    constexpr unsigned kHour = 60;
    if (same_word(period, "hourly")) return kHour;
    if (same_word(period, "weekly")) return 7 * 24 * kHour;
    if (same_word(period, "monthly")) return 30 * 24 * kHour;
    if (same_word(period, "yearly")) return 365 * 24 * kHour;
    return 24 * kHour;  // RSS syndication module: daily where nothing is said
}

bool is_item(pugi::xml_node node) {
    return same_word(xml::local_part(node.name()), "item");
}

/// The facts of the feed, each by its best witness.
class Facts {
  public:
    /// The root, or the channel in it.
    void read(const Scope& parent) {
        for (const pugi::xml_node node : parent.element().children()) {
            if (node.type() != pugi::node_element || is_item(node)) continue;
            const Scope child{&parent, node};
            if (child.is(Space::none, "channel")) {
                if (same_word(parent.local(), "channel")) continue;
                found_.offer(Slot::language, feed::kFallback, NW_TEXT, child.language());
                read(child);
            } else {
                read_fact(child);
            }
        }
        found_.offer(Slot::language, feed::kLastResort, NW_TEXT, parent.language());
    }

    void send(feed::Output& output) const {
        found_.send_as_feed(output);
        if (!ttl_.empty()) {
            output.feed_field("ttl_minutes", NW_NUMBER, ttl_);
        } else if (!period_.empty()) {
            unsigned frequency = 1;
            std::from_chars(frequency_.data(), frequency_.data() + frequency_.size(), frequency);
            const unsigned minutes = minutes_of_period(period_) / std::clamp(frequency, 1U, 1440U);
            output.feed_field("ttl_minutes", NW_NUMBER, std::to_string(std::max(minutes, 1U)));
        }
    }

  private:
    void read_fact(const Scope& child) {
        const std::string_view name = child.local();
        switch (child.space()) {
            case Space::none:
                return read_own(child);
            case Space::dc:
            case Space::dcterms:
                if (same_word(name, "language")) text(Slot::language, feed::kExtension, NW_TEXT, child);
                if (same_word(name, "modified")) text(Slot::updated, feed::kExtension, NW_DATE, child);
                if (same_word(name, "date")) text(Slot::updated, feed::kFallback, NW_DATE, child);
                if (same_word(name, "title")) text(Slot::title, feed::kExtension, NW_HTML, child);
                if (same_word(name, "description")) text(Slot::summary, feed::kExtension, NW_HTML, child);
                return;
            case Space::atom:
            case Space::atom03:
                if (same_word(name, "link")) link(child, feed::kExtension);
                if (same_word(name, "updated")) text(Slot::updated, feed::kExtension, NW_DATE, child);
                if (same_word(name, "title")) text(Slot::title, feed::kExtension, NW_HTML, child);
                if (same_word(name, "subtitle")) text(Slot::summary, feed::kExtension, NW_HTML, child);
                return;
            case Space::itunes:
                if (same_word(name, "summary")) text(Slot::summary, feed::kFallback, NW_HTML, child);
                if (same_word(name, "subtitle")) text(Slot::summary, feed::kLastResort, NW_HTML, child);
                return;
            case Space::syndication:
                if (same_word(name, "updatePeriod")) period_ = plain(child);
                if (same_word(name, "updateFrequency")) frequency_ = plain(child);
                return;
            default:
                return;
        }
    }

    void read_own(const Scope& child) {
        const std::string_view name = child.local();
        if (same_word(name, "title")) {
            xml::offer_html(found_, Slot::title, feed::kOwn, child);
        } else if (same_word(name, "link")) {
            text(Slot::url, feed::kOwn, NW_URL, child);
            link(child, feed::kExtension);
        } else if (same_word(name, "description")) {
            xml::offer_html(found_, Slot::summary, feed::kOwn, child);
        } else if (same_word(name, "tagline") || same_word(name, "subtitle") || same_word(name, "abstract")) {
            xml::offer_html(found_, Slot::summary, feed::kFallback, child);
        } else if (same_word(name, "language")) {
            text(Slot::language, feed::kOwn, NW_TEXT, child);
        } else if (same_word(name, "lastBuildDate")) {
            text(Slot::updated, feed::kOwn, NW_DATE, child);
        } else if (same_word(name, "pubDate")) {
            text(Slot::updated, feed::kLastResort, NW_DATE, child);
        } else if (same_word(name, "ttl") && ttl_.empty()) {
            ttl_ = plain(child);
        }
    }

    void text(Slot slot, int rank, nw_kind kind, const Scope& child) {
        xml::offer_text(found_, slot, rank, kind, child);
    }

    void link(const Scope& child, int rank) {
        const std::string_view type = child.attribute("type");
        // A link that forgot its rel=self says by its type that it is the feed.
        const bool page = type.empty() || type.find("html") != std::string_view::npos;
        found_.offer(Slot::url, page ? rank : feed::kLastResort, NW_URL, page_of_link(child), child.base());
    }

    static std::string plain(const Scope& child) {
        std::string scratch;
        return std::string{xml::text_of(child.element(), scratch)};
    }

    feed::Entry found_{};
    std::string ttl_{};
    std::string period_{};
    std::string frequency_{};
};

/// The items: in the channel, beside it (RDF), or in a list inside it (RSS 1.1).
class Items {
  public:
    Items(const xml::Tree& tree, feed::Output& output) : tree_{tree}, output_{output} {}

    void read(const Scope& parent) {
        for (const pugi::xml_node node : parent.element().children()) {
            if (output_.stopped()) return;
            if (node.type() != pugi::node_element) continue;
            const Scope child{&parent, node};
            if (child.space() != Space::none) continue;
            if (same_word(child.local(), "item")) {
                send(child);
            } else if (same_word(child.local(), "channel") || same_word(child.local(), "items")) {
                // A list holds no list: a channel in a channel is read where it is the root's only.
                if (depth_ == kDeepest) continue;
                ++depth_;
                read(child);
                --depth_;
            }
        }
    }

  private:
    static constexpr unsigned kDeepest = 2;

    void send(const Scope& item) {
        entry_.clear();
        read_item(item, entry_);
        if (tree_.cut_off(item.element()) && !entry_.known_again_without_its_end(ids_, articles_)) return;
        ids_ = ids_ || entry_.has(Slot::id);
        ++articles_;
        entry_.send(output_);
    }

    const xml::Tree& tree_;
    feed::Output& output_;
    feed::Entry entry_{};
    std::size_t articles_{0};
    unsigned depth_{0};
    bool ids_{false};
};

void read(const Scope& root, const xml::Tree& tree, feed::Output& output) {
    if (is_cdf(root)) return read_cdf(root, tree, output);
    Facts facts;
    facts.read(root);
    facts.send(output);
    Items{tree, output}.read(root);
}

constexpr xml::Format kFormat = {.accepts = is_rss_root, .name = format_name, .read = read};

constexpr nw_parser_plugin kPlugin = {
    NW_PARSER_ABI_VERSION, sizeof(nw_parser_plugin), "rss",
    [](const nw_document* document) { return xml::probe(document, kFormat); },
    [](const nw_document* document, const nw_sink* sink) { return xml::parse(document, sink, kFormat); }};

}  // namespace

}  // namespace newswatch::rss

extern "C" __attribute__((visibility("default"))) const nw_parser_plugin* newswatch_parser_plugin(void) {
    return &newswatch::rss::kPlugin;
}
