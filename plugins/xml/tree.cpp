#include "xml/tree.h"

#include <string>

#include "xml/names.h"
#include "xml/repair.h"

namespace newswatch::xml {

namespace {

// White space between inline elements separates words of XHTML, so it is kept.
constexpr unsigned kParse = pugi::parse_default | pugi::parse_ws_pcdata;

bool load(pugi::xml_document& document, std::string_view text, Defect& defect) {
    const pugi::xml_parse_result result =
        document.load_buffer(text.data(), text.size(), kParse, pugi::encoding_utf8);
    if (result && is_feed_root(document.document_element().name())) {
        // What follows the root is no part of the feed, but it tells that the document is damaged.
        if (document.document_element().next_sibling()) defect = {"junk-after-root", 0};
        return true;
    }
    if (result) {
        defect = {"junk-before-root", 0};
        return false;
    }
    defect = {"not-well-formed", static_cast<std::size_t>(result.offset)};
    return false;
}

bool declares_entities(std::string_view text) {
    return text.substr(0, 4096).find("<!ENTITY") != std::string_view::npos;
}

}  // namespace

Tree::Tree(std::string_view text) {
    if (const auto defect = find_defect(text)) {
        defect_ = *defect;
    } else if (load(document_, text, defect_)) {
        return;
    }
    const bool only_declared = defect_.code == "unknown-reference" && declares_entities(text);
    document_.reset();
    Defect after_repair;
    load(document_, repaired(text), after_repair);
    // References to entities that the document declares itself are no damage.
    if (only_declared && after_repair.code.empty()) defect_ = {};
}

int probe_root(std::string_view text, bool (*accepts)(std::string_view local)) {
    const std::size_t root = find_root(text);
    if (root == std::string_view::npos) return 0;
    std::size_t end = root + 1;
    while (end < text.size() && std::string_view{" \t\r\n/>"}.find(text[end]) == std::string_view::npos)
        ++end;
    const std::string_view name = text.substr(root + 1, end - root - 1);
    if (!accepts(name.substr(name.rfind(':') + 1))) return 0;
    const std::string_view before = text.substr(0, root);
    // A web page may show a feed's source; a page is what it begins as.
    const std::size_t tag = before.find_first_not_of(" \t\r\n");
    if (tag == std::string_view::npos) return 100;
    for (const std::string_view page : {"<!doctype html", "<html"}) {
        for (std::size_t at = 0; at + page.size() <= before.size(); ++at) {
            if (same_word(before.substr(at, page.size()), page)) return 0;
        }
    }
    return before[tag] == '<' && (before[tag + 1] == '?' || before[tag + 1] == '!') ? 100 : 70;
}

}  // namespace newswatch::xml
