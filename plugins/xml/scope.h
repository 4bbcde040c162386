#pragma once

#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "feed/words.h"
#include "xml/names.h"

namespace newswatch::xml {

/// One element with what is in force there: its name's namespace, xml:base and xml:lang.
///
/// Lives on the stack while the tree is walked and borrows the scope around it.
class Scope {
  public:
    /// `around` is null for the root.
    Scope(const Scope* around, pugi::xml_node element);
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;

    [[nodiscard]] pugi::xml_node element() const { return element_; }
    [[nodiscard]] Space space() const { return space_; }
    /// The name without its prefix.
    [[nodiscard]] std::string_view local() const { return local_; }
    /// Whether this is `name` of the given vocabulary, in any case.
    [[nodiscard]] bool is(Space space, std::string_view name) const {
        return space_ == space && feed::same_word(local_, name);
    }
    /// May be relative; empty where nobody set one.
    [[nodiscard]] std::string_view base() const { return base_; }
    [[nodiscard]] std::string_view language() const { return language_; }
    /// The element's own xml:lang; empty where it only inherits one.
    [[nodiscard]] std::string_view own_language() const;

    /// The attribute `name` without a prefix, or with one of the vocabulary (`rdf:about`).
    [[nodiscard]] std::string_view attribute(std::string_view name) const;

  private:
    struct Binding {
        std::string_view prefix;
        Space space;
    };

    void read_attributes();
    void bind(std::string_view prefix, std::string_view uri);
    [[nodiscard]] Space resolve(std::string_view prefix) const;

    const Scope* around_;
    pugi::xml_node element_;
    Space space_{Space::none};
    std::string_view local_{};
    std::string_view base_{};
    std::string_view language_{};
    std::string own_base_{};
    std::vector<Binding> bindings_{};
};

/// The text of an element: its character data and CDATA sections glued together, trimmed. `scratch` holds
/// it where it stands in several pieces.
[[nodiscard]] std::string_view text_of(pugi::xml_node element, std::string& scratch);

/// Whether an element holds other elements.
[[nodiscard]] bool holds_elements(pugi::xml_node element);

/// What stands inside an element as mark-up, element names without prefix and attributes left out. No
/// recursion: any depth.
[[nodiscard]] std::string inner_markup(pugi::xml_node element);

}  // namespace newswatch::xml
