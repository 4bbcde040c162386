#include "article_page/blocks.h"

#include <algorithm>
#include <utility>

#include "article_page/characters.h"
#include "text/fold.h"

namespace newswatch::article_page {

namespace {

constexpr std::size_t kFoldedStart = 96;  // bytes of a block that are compared with phrases
constexpr std::size_t kLabel = 25;        // what is shorter is hardly a sentence

bool never_text(GumboTag tag) {
    switch (tag) {  // NOLINT(clang-diagnostic-switch-enum)
        case GUMBO_TAG_HEAD:
        case GUMBO_TAG_NAV:
        case GUMBO_TAG_ASIDE:
        case GUMBO_TAG_FOOTER:
        case GUMBO_TAG_BUTTON:
        case GUMBO_TAG_SELECT:
        case GUMBO_TAG_TEXTAREA:
        case GUMBO_TAG_OPTION:
        case GUMBO_TAG_AUDIO:
        case GUMBO_TAG_VIDEO:
        case GUMBO_TAG_MENU:
        case GUMBO_TAG_RT:
        case GUMBO_TAG_RP:
        case GUMBO_TAG_LABEL:
        case GUMBO_TAG_LEGEND:
            return true;
        default:
            return false;
    }
}

bool shapes_block(GumboTag tag) {
    switch (tag) {  // NOLINT(clang-diagnostic-switch-enum)
        case GUMBO_TAG_P:
        case GUMBO_TAG_LI:
        case GUMBO_TAG_DD:
        case GUMBO_TAG_DT:
        case GUMBO_TAG_BLOCKQUOTE:
        case GUMBO_TAG_PRE:
        case GUMBO_TAG_TD:
        case GUMBO_TAG_TH:
        case GUMBO_TAG_FIGCAPTION:
        case GUMBO_TAG_FIGURE:
        case GUMBO_TAG_CAPTION:
        case GUMBO_TAG_ADDRESS:
        case GUMBO_TAG_DIV:
        case GUMBO_TAG_SECTION:
        case GUMBO_TAG_ARTICLE:
        case GUMBO_TAG_MAIN:
        case GUMBO_TAG_BODY:
            return true;
        default:
            return is_heading(tag);
    }
}

bool says_hidden(std::string_view style) {
    for (const std::string_view rule :
         {"display:none", "display: none", "visibility:hidden", "visibility: hidden"}) {
        if (style.find(rule) != std::string_view::npos) return true;
    }
    return false;
}

bool blank(std::string_view text) {
    return text.find_first_not_of(" \t\r\n\f") == std::string_view::npos;
}

}  // namespace

bool Block::sentence() const {
    if (weight < kLabel) return false;
    return ends_sentence(text) || weight >= 120 || (weight >= 60 && sentence_marks(text) >= 1);
}

Outline::Outline(const Page& page) : page_{page} {
    read_names();
    weigh();
    omit();
    collect();
}

void Outline::read_names() {
    hints_.resize(static_cast<std::size_t>(page_.size()));
    for (NodeIndex at = 0; at < page_.size(); ++at) {
        if (page_[at].text) continue;
        const std::string_view names = page_.attribute(at, "class");
        const std::string_view id = page_.attribute(at, "id");
        if (names.empty() && id.empty()) continue;
        std::string both{names.substr(0, 400)};
        both.append(" ").append(id.substr(0, 100));
        hints_[static_cast<std::size_t>(at)] = hints_of(both);
    }
}

/// Prose: text outside links, in paragraphs or in pieces as long as a sentence.
void Outline::weigh() {
    constexpr std::size_t kLongPiece = 80;
    prose_before_.assign(static_cast<std::size_t>(page_.size()) + 1, 0);
    weight_before_.assign(static_cast<std::size_t>(page_.size()) + 1, 0);
    for (NodeIndex at = 0; at < page_.size(); ++at) {
        const auto i = static_cast<std::size_t>(at);
        const std::size_t own = page_[at].text ? weight(page_.text(at)) : 0;
        const bool paragraph = page_[at].parent != kNobody && page_[page_[at].parent].tag == GUMBO_TAG_P;
        const bool prose = !page_[at].in_link && (own >= kLongPiece || (paragraph && own >= kLabel));
        weight_before_[i + 1] = weight_before_[i] + own;
        prose_before_[i + 1] = prose_before_[i] + (prose ? own : 0);
    }
}

std::string Outline::objection(NodeIndex at) const {
    const Node& node = page_[at];
    if (never_text(node.tag)) return std::string{"<"} + gumbo_normalized_tagname(node.tag) + ">";
    if (page_.has_attribute(at, "hidden") || page_.attribute(at, "aria-hidden") == "true" ||
        says_hidden(page_.attribute(at, "style"))) {
        return "hidden";
    }
    const std::string_view role = page_.attribute(at, "role");
    for (const std::string_view of_frame :
         {"navigation", "complementary", "contentinfo", "banner", "dialog", "search", "menu", "alert"}) {
        if (role == of_frame) return "role " + std::string{role};
    }
    const NameHints& names = hints(at);
    if (names.junk || names.comments) return "named " + std::string{names.word};
    return {};
}

/// Cuts the subtrees that their tags and names speak against. Where one holds much of the page's prose, the
/// name is about the layout: `content-with-sidebar`.
void Outline::omit() {
    omitted_.assign(static_cast<std::size_t>(page_.size()), false);
    const std::size_t prose = prose_before_.back();
    for (NodeIndex at = page_.body(); at < page_.size(); ++at) {
        const Node& node = page_[at];
        if (node.text || node.tag == GUMBO_TAG_HTML || node.tag == GUMBO_TAG_BODY) continue;
        std::string reason = objection(at);
        if (reason.empty()) continue;
        const auto from = static_cast<std::size_t>(at);
        const auto to = static_cast<std::size_t>(node.end);
        const std::size_t inside = prose_before_[to] - prose_before_[from];
        const bool of_article = node.tag == GUMBO_TAG_ARTICLE || node.tag == GUMBO_TAG_MAIN ||
                                hints(at).body || page_.attribute(at, "itemprop") == "articleBody";
        const std::size_t most = of_article ? prose / 10 : prose / 2;
        if (inside > most && !hints(at).comments) continue;
        if (inside > most && of_article) continue;
        std::fill(omitted_.begin() + at, omitted_.begin() + node.end, true);
        if (weight_before_[to] > weight_before_[from]) omissions_.push_back({at, std::move(reason)});
        at = node.end - 1;
    }
}

/// Where each node stands: its nearest elements of each kind.
struct Place {
    NodeIndex container{kNobody};
    NodeIndex list{kNobody};
    NodeIndex table{kNobody};
    GumboTag tag{GUMBO_TAG_UNKNOWN};
    bool bold{false};
};

void Outline::collect() {
    std::vector<Place> places(static_cast<std::size_t>(page_.size()));
    Block block;
    std::size_t bold = 0;
    unsigned breaks = 0;
    const auto flush = [&] {
        if (block.first != kNobody && !blank(block.text)) {
            block.bold = bold * 10 >= block.weight * 9 && bold > 0;
            finish(block);
        }
        block = {};
        bold = 0;
        breaks = 0;
    };
    for (NodeIndex at = page_.body(); at < page_.size(); ++at) {
        const Node& node = page_[at];
        if (omitted_[static_cast<std::size_t>(at)]) {
            if (breaks_line(node.tag)) flush();
            at = std::max(at, node.end - 1);
            continue;
        }
        Place& place = places[static_cast<std::size_t>(at)];
        if (node.parent >= page_.body()) place = places[static_cast<std::size_t>(node.parent)];
        if (node.text) {
            const std::string_view words = page_.text(at);
            if (place.container != block.container && block.container != kNobody) flush();
            if (blank(words)) {
                if (!block.text.empty()) append_folded_blanks(block.text, " ");
                continue;
            }
            if (breaks >= 2) flush();
            if (breaks == 1 && !block.text.empty() && !block.text.ends_with('\n')) block.text += '\n';
            breaks = 0;
            block.container = place.container;
            if (block.first == kNobody) block.first = at;
            block.last = at;
            block.tag = place.tag;
            block.list = place.list;
            block.table = place.table;
            append_folded_blanks(block.text, words);
            const std::size_t own = weight(words);
            block.weight += own;
            if (node.in_link) block.link_weight += own;
            if (place.bold) bold += own;
            continue;
        }
        if (node.tag == GUMBO_TAG_BR) {
            ++breaks;
            continue;
        }
        if (node.tag == GUMBO_TAG_B || node.tag == GUMBO_TAG_STRONG) place.bold = true;
        if (!breaks_line(node.tag)) continue;
        flush();
        place.container = at;
        const bool list = node.tag == GUMBO_TAG_UL || node.tag == GUMBO_TAG_OL || node.tag == GUMBO_TAG_DL;
        if (list && place.list == kNobody) place.list = at;
        if (node.tag == GUMBO_TAG_TABLE) place.table = at;
        if (shapes_block(node.tag)) {
            // A `div` inside a list item or a caption is still of it.
            const bool plain =
                node.tag == GUMBO_TAG_DIV || node.tag == GUMBO_TAG_P || node.tag == GUMBO_TAG_SECTION;
            const bool keeps = place.tag == GUMBO_TAG_LI || place.tag == GUMBO_TAG_FIGCAPTION ||
                               place.tag == GUMBO_TAG_FIGURE || is_heading(place.tag);
            if (!(plain && keeps)) place.tag = node.tag;
        }
    }
    flush();
}

void Outline::finish(Block& block) {
    while (block.text.ends_with(' ') || block.text.ends_with('\n'))
        block.text.pop_back();
    std::size_t cut = std::min(block.text.size(), kFoldedStart);
    while (cut < block.text.size() && (static_cast<unsigned char>(block.text[cut]) & 0xC0U) == 0x80U)
        ++cut;
    block.folded = text::fold(std::string_view{block.text}.substr(0, cut));
    std::string_view start = block.folded;
    for (const std::string_view sign :
         {"►", "▶", "»", ">", "•", "●", "-", "–", "—", "*", "(", "[", "|", "→", "«", "\"", "“"}) {
        if (start.starts_with(sign)) start.remove_prefix(sign.size());
        while (start.starts_with(' '))
            start.remove_prefix(1);
    }
    block.phrase = phrase_at(start);
    blocks_.push_back(std::move(block));
}

std::pair<std::size_t, std::size_t> Outline::blocks_under(NodeIndex at) const {
    const auto begin =
        std::lower_bound(blocks_.begin(), blocks_.end(), at,
                         [](const Block& block, NodeIndex node) { return block.first < node; });
    const auto end = std::lower_bound(begin, blocks_.end(), page_[at].end,
                                      [](const Block& block, NodeIndex node) { return block.first < node; });
    return {static_cast<std::size_t>(begin - blocks_.begin()),
            static_cast<std::size_t>(end - blocks_.begin())};
}

}  // namespace newswatch::article_page
