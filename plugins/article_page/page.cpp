#include "article_page/page.h"

#include <new>

#include "article_page/characters.h"

namespace newswatch::article_page {

namespace {

const GumboVector* children_of(const GumboNode& node) {
    if (node.type == GUMBO_NODE_DOCUMENT) return &node.v.document.children;
    const bool element = node.type == GUMBO_NODE_ELEMENT || node.type == GUMBO_NODE_TEMPLATE;
    return element ? &node.v.element.children : nullptr;
}

bool is_text(const GumboNode& node) {
    return node.type == GUMBO_NODE_TEXT || node.type == GUMBO_NODE_WHITESPACE ||
           node.type == GUMBO_NODE_CDATA;
}

}  // namespace

Page::Page(std::string_view html) {
    GumboOptions options = kGumboDefaultOptions;
    options.max_errors = 0;  // DESIGN.md §8: with errors, a hostile page takes seconds
    output_ = gumbo_parse_with_options(&options, html.data(), html.size());
    if (output_ == nullptr) throw std::bad_alloc{};
    flatten();
}

Page::~Page() {
    gumbo_destroy_output(&kGumboDefaultOptions, output_);
}

void Page::flatten() {
    struct Step {
        NodeIndex node;
        unsigned next;
    };
    std::vector<Step> path;
    const auto add = [&](const GumboNode* source, NodeIndex parent) {
        Node node{.source = source, .parent = parent, .text = is_text(*source)};
        if (children_of(*source) != nullptr && source->type != GUMBO_NODE_DOCUMENT)
            node.tag = source->v.element.tag;
        node.in_link = node.tag == GUMBO_TAG_A || (parent != kNobody && (*this)[parent].in_link);
        nodes_.push_back(node);
        const NodeIndex at = size() - 1;
        if (node.tag == GUMBO_TAG_BODY && body_ == kNobody) body_ = at;
        path.push_back({at, 0});
    };
    add(output_->root, kNobody);
    while (!path.empty()) {
        Step& step = path.back();
        const NodeIndex at = step.node;
        const GumboVector* children = children_of(*(*this)[at].source);
        if (children != nullptr && step.next < children->length) {
            const auto* child = static_cast<const GumboNode*>(children->data[step.next++]);
            if (child->type != GUMBO_NODE_COMMENT) add(child, at);
        } else {
            nodes_[static_cast<std::size_t>(at)].end = size();
            path.pop_back();
        }
    }
    if (body_ == kNobody) body_ = 0;
}

std::string_view Page::attribute(NodeIndex at, const char* name) const {
    const Node& node = (*this)[at];
    if (node.text || node.source->type != GUMBO_NODE_ELEMENT) return {};
    const GumboAttribute* found = gumbo_get_attribute(&node.source->v.element.attributes, name);
    return found == nullptr ? std::string_view{} : std::string_view{found->value};
}

bool Page::has_attribute(NodeIndex at, const char* name) const {
    const Node& node = (*this)[at];
    return !node.text && node.source->type == GUMBO_NODE_ELEMENT &&
           gumbo_get_attribute(&node.source->v.element.attributes, name) != nullptr;
}

std::string_view Page::text(NodeIndex at) const {
    return (*this)[at].source->v.text.text;
}

std::string Page::text_under(NodeIndex at, std::size_t most) const {
    std::string all;
    for (NodeIndex i = at; i < (*this)[at].end && all.size() < most; ++i) {
        const Node& node = (*this)[i];
        if (node.text)
            append_folded_blanks(all, text(i).substr(0, most));
        else if (breaks_line(node.tag))
            append_folded_blanks(all, " ");
    }
    while (all.ends_with(' '))
        all.pop_back();
    return all;
}

}  // namespace newswatch::article_page
