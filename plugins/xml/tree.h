#pragma once

#include <newswatch/parser_plugin.h>

#include <memory>
#include <pugixml.hpp>
#include <string_view>

#include "xml/well_formed.h"

namespace newswatch::xml {

/// A feed as a tree, repaired where it had to be.
class Tree {
  public:
    /// `text` is valid UTF-8. Look at `root()`: it is empty where not even a repair found an element.
    explicit Tree(std::string_view text);

    [[nodiscard]] pugi::xml_node root() const { return document_.document_element(); }
    /// What made the repair necessary; an empty code where the document was well-formed.
    [[nodiscard]] const Defect& defect() const { return defect_; }
    [[nodiscard]] bool recovered() const { return !defect_.code.empty(); }

  private:
    pugi::xml_document document_{};
    Defect defect_{};
};

/// Borrowed text of the ABI.
[[nodiscard]] inline std::string_view view(nw_text text) {
    return text.size == 0 ? std::string_view{} : std::string_view{text.data, text.size};
}
[[nodiscard]] inline nw_text borrowed(std::string_view text) {
    return {text.data(), text.size()};
}

/// How sure a plug-in may be about a document, by its root's name: 100 where it is the first element, 70
/// where something stands before it, 0 where it is another one. `accepts` gets the name without prefix.
[[nodiscard]] int probe_root(std::string_view text, bool (*accepts)(std::string_view local));

}  // namespace newswatch::xml
