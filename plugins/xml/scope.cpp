#include "xml/scope.h"

namespace newswatch::xml {

namespace {

std::string_view local_part(std::string_view name) {
    const std::size_t colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

/// RFC 3986 §5.2 as far as a base needs it: newswatch removes dot segments when it resolves against it.
std::string joined_base(std::string_view outer, std::string_view inner) {
    const std::size_t colon = inner.find(':');
    const std::size_t slash = inner.find_first_of("/?#");
    if (outer.empty() || (colon != std::string_view::npos && colon < slash)) return std::string{inner};
    const std::size_t scheme_end = outer.find(':');
    const bool absolute = scheme_end != std::string_view::npos && outer.substr(scheme_end).starts_with("://");
    if (inner.starts_with("//")) {
        return std::string{absolute ? outer.substr(0, scheme_end + 1) : std::string_view{}}.append(inner);
    }
    const std::size_t path = absolute ? outer.find('/', scheme_end + 3) : 0;
    if (inner.starts_with('/')) return std::string{outer.substr(0, path)}.append(inner);
    if (path == std::string_view::npos) return std::string{outer}.append("/").append(inner);
    const std::string_view without_query = outer.substr(0, outer.find_first_of("?#"));
    return std::string{without_query.substr(0, without_query.rfind('/') + 1)}.append(inner);
}

void append_escaped(std::string& out, std::string_view text) {
    std::size_t from = 0;
    for (std::size_t at = text.find_first_of("<&"); at != std::string_view::npos;
         at = text.find_first_of("<&", from)) {
        out.append(text, from, at - from).append(text[at] == '<' ? "&lt;" : "&amp;");
        from = at + 1;
    }
    out.append(text, from);
}

}  // namespace

Scope::Scope(const Scope* around, pugi::xml_node element) : around_{around}, element_{element} {
    if (around != nullptr) {
        base_ = around->base_;
        language_ = around->language_;
        undeclared_ = around->undeclared_;
    }
    read_attributes();
    const std::string_view name = element.name();
    local_ = local_part(name);
    space_ = resolve(name.substr(0, local_.size() == name.size() ? 0 : name.size() - local_.size() - 1));
}

void Scope::read_attributes() {
    for (const pugi::xml_attribute attribute : element_.attributes()) {
        const std::string_view name = attribute.name();
        if (!name.starts_with("xml")) continue;
        if (name == "xmlns") {
            bindings_.push_back({{}, space_of(attribute.value())});
        } else if (name.starts_with("xmlns:")) {
            bindings_.push_back({name.substr(6), space_of(attribute.value())});
        } else if (name == "xml:lang") {
            language_ = trimmed(attribute.value());
        } else if (name == "xml:base") {
            own_base_ = joined_base(base_, trimmed(attribute.value()));
            base_ = own_base_;
        }
    }
}

Space Scope::resolve(std::string_view prefix) {
    for (const Scope* scope = this; scope != nullptr; scope = scope->around_) {
        for (const Binding& binding : scope->bindings_) {
            if (binding.prefix == prefix) return binding.space;
        }
    }
    if (prefix.empty()) return Space::none;
    undeclared_ = undeclared_ || prefix != "xml";
    return usual_space(prefix);
}

std::string_view Scope::attribute(std::string_view name) const {
    for (const pugi::xml_attribute attribute : element_.attributes()) {
        if (same_word(local_part(attribute.name()), name)) return trimmed(attribute.value());
    }
    return {};
}

std::string_view text_of(pugi::xml_node element, std::string& scratch) {
    std::string_view only;
    unsigned pieces = 0;
    for (const pugi::xml_node child : element.children()) {
        if (child.type() != pugi::node_pcdata && child.type() != pugi::node_cdata) continue;
        // Line ends around a CDATA section are layout.
        const bool at_edge = pieces == 0 || !child.next_sibling();
        if (at_edge && child.type() == pugi::node_pcdata && trimmed(child.value()).empty()) continue;
        if (++pieces == 1) {
            only = child.value();
            continue;
        }
        if (pieces == 2) scratch.assign(only);
        scratch.append(child.value());
    }
    return trimmed(pieces > 1 ? std::string_view{scratch} : only);
}

bool holds_elements(pugi::xml_node element) {
    for (const pugi::xml_node child : element.children()) {
        if (child.type() == pugi::node_element) return true;
    }
    return false;
}

std::string inner_markup(pugi::xml_node element) {
    std::string out;
    pugi::xml_node node = element.first_child();
    while (node && node != element) {
        const bool opens = node.type() == pugi::node_element;
        if (opens) {
            out.append("<").append(local_part(node.name())).append(node.first_child() ? ">" : "/>");
        } else if (node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata) {
            append_escaped(out, node.value());
        }
        if (opens && node.first_child()) {
            node = node.first_child();
            continue;
        }
        while (node != element && !node.next_sibling()) {
            node = node.parent();
            if (node != element) out.append("</").append(local_part(node.name())).append(">");
        }
        if (node != element) node = node.next_sibling();
    }
    return out;
}

}  // namespace newswatch::xml
