#include "rss/cdf.h"

#include <string>

#include "feed/words.h"
#include "xml/extensions.h"

namespace newswatch::rss {

using feed::Entry;
using feed::same_word;
using feed::Slot;
using xml::Scope;

namespace {

constexpr unsigned kDeepest = 16;  // channels inside channels

/// CDF says a thing as text or, in its first draft, as an attribute: `<TITLE VALUE="News"/>`.
void offer(Entry& entry, Slot slot, const Scope& element) {
    entry.offer(slot, feed::kExtension, NW_HTML, element.attribute("value"));
    xml::offer_html(entry, slot, feed::kOwn, element);
}

void offer_address(Entry& entry, const Scope& element, int rank, std::string_view base) {
    entry.offer(Slot::url, rank, NW_URL, element.attribute("href"), base);
}

void read_item(const Scope& item, std::string_view base, Entry& entry) {
    offer_address(entry, item, feed::kOwn, base);
    entry.offer(Slot::updated, feed::kOwn, NW_DATE, item.attribute("lastmod"));
    for (const pugi::xml_node node : item.element().children()) {
        if (node.type() != pugi::node_element) continue;
        const Scope child{&item, node};
        const std::string_view name = child.local();
        if (same_word(name, "title")) offer(entry, Slot::title, child);
        if (same_word(name, "abstract")) offer(entry, Slot::summary, child);
        if (same_word(name, "a")) offer_address(entry, child, feed::kExtension, base);
        if (same_word(name, "logo"))
            entry.offer(Slot::image, feed::kOwn, NW_URL, child.attribute("href"), base);
    }
}

class CdfReader {
  public:
    CdfReader(const xml::Tree& tree, feed::Output& output) : tree_{tree}, output_{output} {}

    void read(const Scope& channel, std::string_view around, unsigned depth) {
        // BASE holds for the addresses in this channel; one inside it may have its own.
        const std::string_view own = channel.attribute("base");
        const std::string_view base = own.empty() ? around : own;
        if (depth == 0) read_facts(channel, base);
        for (const pugi::xml_node node : channel.element().children()) {
            if (output_.stopped()) return;
            if (node.type() != pugi::node_element) continue;
            const Scope child{&channel, node};
            if (same_word(child.local(), "item")) send(child, base);
            if (same_word(child.local(), "channel") && depth < kDeepest) read(child, base, depth + 1);
        }
    }

  private:
    void read_facts(const Scope& channel, std::string_view base) {
        output_.feed_field("link", NW_URL, channel.attribute("href"), base);
        output_.feed_field("updated", NW_DATE, channel.attribute("lastmod"));
        for (const pugi::xml_node node : channel.element().children()) {
            if (node.type() != pugi::node_element) continue;
            const Scope child{&channel, node};
            const bool title = same_word(child.local(), "title");
            if (same_word(child.local(), "a"))
                output_.feed_field("link", NW_URL, child.attribute("href"), base);
            if (!title && !same_word(child.local(), "abstract")) continue;
            std::string scratch;
            const std::string_view name = title ? "title" : "description";
            output_.feed_field(name, NW_HTML, xml::text_of(node, scratch));
            output_.feed_field(name, NW_HTML, child.attribute("value"));
        }
        output_.feed_field("language", NW_TEXT, channel.language());
    }

    void send(const Scope& item, std::string_view base) {
        entry_.clear();
        read_item(item, base, entry_);
        if (tree_.cut_off(item.element()) && !entry_.known_again_without_its_end(false, articles_)) return;
        ++articles_;
        entry_.send(output_);
    }

    const xml::Tree& tree_;
    feed::Output& output_;
    Entry entry_{};
    std::size_t articles_{0};
};

}  // namespace

bool is_cdf(const Scope& root) {
    if (!same_word(root.local(), "channel")) return false;
    if (!root.attribute("href").empty()) return true;
    for (const pugi::xml_node node : root.element().children()) {
        if (node.type() != pugi::node_element) continue;
        const Scope child{&root, node};
        if (same_word(child.local(), "item")) return !child.attribute("href").empty();
    }
    return false;
}

void read_cdf(const Scope& root, const xml::Tree& tree, feed::Output& output) {
    CdfReader{tree, output}.read(root, {}, 0);
}

}  // namespace newswatch::rss
