#include "xml/scope.h"

#include "feed/words.h"
#include "xml/vocabulary.h"

namespace newswatch::xml {

namespace {

// Every link of a feed is joined with its base: a longer one is none.
constexpr std::size_t kLongestBase = 8192;

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
    }
    read_attributes();
    const std::string_view name = element.name();
    local_ = local_part(name);
    space_ = resolve(prefix_of(name));
}

void Scope::bind(std::string_view prefix, std::string_view uri) {
    Space space = space_of(uri);
    // RSS has no namespace, and whatever one its root is put into by mistake is that of the whole feed; Atom
    // has one, which some misspell.
    const std::string_view root = around_ == nullptr ? std::string_view{element_.name()} : std::string_view{};
    if (around_ == nullptr && prefix == prefix_of(root)) {
        const bool atom =
            feed::same_word(local_part(root), "feed") || feed::same_word(local_part(root), "entry");
        if (space == Space::other || (prefix.empty() && !atom)) space = Space::none;
    }
    if (bindings_.size() < kMostPrefixes) bindings_.push_back({prefix, space});
}

void Scope::read_attributes() {
    for (const pugi::xml_attribute attribute : element_.attributes()) {
        const std::string_view name = attribute.name();
        if (name == "lang") language_ = own_language();
        if (!name.starts_with("xml")) continue;
        if (name == "xmlns") {
            bind({}, attribute.value());
        } else if (name.starts_with("xmlns:")) {
            bind(name.substr(6), attribute.value());
        } else if (name == "xml:lang") {
            language_ = own_language();
        } else if (name == "xml:base") {
            const std::string_view base = feed::trimmed(attribute.value());
            if (base_.size() + base.size() > kLongestBase) continue;
            own_base_ = joined_base(base_, base);
            base_ = own_base_;
        }
    }
}

Space Scope::resolve(std::string_view prefix) const {
    for (const Scope* scope = this; scope != nullptr; scope = scope->around_) {
        for (const Binding& binding : scope->bindings_) {
            if (binding.prefix == prefix) return binding.space;
        }
    }
    return prefix.empty() ? Space::none : usual_space(prefix);
}

std::string_view Scope::own_language() const {
    const pugi::xml_attribute proper = element_.attribute("xml:lang");
    // HTML's attribute, by those who do not know XML's.
    return feed::trimmed((proper ? proper : element_.attribute("lang")).value());
}

std::string_view Scope::attribute(std::string_view name) const {
    for (const pugi::xml_attribute attribute : element_.attributes()) {
        if (feed::same_word(local_part(attribute.name()), name)) return feed::trimmed(attribute.value());
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
        if (at_edge && child.type() == pugi::node_pcdata && feed::trimmed(child.value()).empty()) continue;
        if (++pieces == 1) {
            only = child.value();
            continue;
        }
        if (pieces == 2) scratch.assign(only);
        scratch.append(child.value());
    }
    return feed::trimmed(pieces > 1 ? std::string_view{scratch} : only);
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
