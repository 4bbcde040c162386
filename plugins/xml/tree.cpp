#include "xml/tree.h"

#include <algorithm>
#include <string>

#include "xml/markup.h"
#include "xml/repair.h"
#include "xml/vocabulary.h"

namespace newswatch::xml {

namespace {

constexpr std::size_t kMostTags = 2'000'000;  // and as many attributes

// White space between inline elements separates words of XHTML, so it is kept.
constexpr unsigned kParse = pugi::parse_default | pugi::parse_ws_pcdata;

bool load(pugi::xml_document& document, std::string_view text, Defect& defect) {
    const pugi::xml_parse_result result =
        document.load_buffer(text.data(), text.size(), kParse, pugi::encoding_utf8);
    if (!result) {
        defect = {"not-well-formed", static_cast<std::size_t>(result.offset)};
        return false;
    }
    const pugi::xml_node root = document.document_element();
    if (!is_feed_root(root.name())) {
        defect = {"junk-before-root", 0};
        return false;
    }
    for (pugi::xml_node after = root.next_sibling(); after; after = after.next_sibling()) {
        // What follows the root is no part of the feed, but it tells that the document is damaged.
        defect = {"junk-after-root", 0};
        if (is_feed_root(after.name())) return false;
    }
    return true;
}

bool declares_entities(std::string_view text) {
    return text.substr(0, 4096).find("<!ENTITY") != std::string_view::npos;
}

/// Where the byte `wanted` stands for the time after `most`; npos where it does not come that often.
std::size_t too_often(std::string_view text, char wanted, std::size_t most) {
    if (text.size() <= most) return std::string_view::npos;
    if (static_cast<std::size_t>(std::count(text.begin(), text.end(), wanted)) <= most)
        return std::string_view::npos;
    std::size_t at = 0;
    for (std::size_t i = 0; i < most; ++i)
        at = text.find(wanted, at) + 1;
    return at;
}

}  // namespace

Tree::Tree(std::string_view text) {
    // A node of pugixml takes 64 bytes for a tag of 4: what a document may cost is decided before it is read.
    const std::size_t end = std::min(too_often(text, '<', kMostTags), too_often(text, '=', kMostTags));
    if (end != std::string_view::npos) {
        defect_ = {"too-many-tags", end};
        text = text.substr(0, end);
    } else if (const auto defect = find_defect(text)) {
        defect_ = *defect;
    } else if (load(document_, text, defect_)) {
        // What pugixml understands as it was meant is noted and not written anew.
        if (const auto fault = find_markup_defect(text); fault && defect_.code.empty()) defect_ = *fault;
        if (defect_.code != kTooDeep && defect_.code != kUnfinishedComment) return;
    }
    const bool only_declared = defect_.code == "unknown-reference" && declares_entities(text);
    document_.reset();
    Defect after_repair;
    const Repaired whole = repaired(text);
    load(document_, whole.xml, after_repair);
    cut_in_entry_ = whole.cut_in_entry;
    // References to entities that the document declares itself are no damage.
    if (only_declared && after_repair.code.empty()) defect_ = {};
}

bool Tree::cut_off(pugi::xml_node entry) const {
    if (!cut_in_entry_) return false;
    for (pugi::xml_node node = entry; node; node = node.parent()) {
        if (node.next_sibling()) return false;
    }
    return true;
}

}  // namespace newswatch::xml
