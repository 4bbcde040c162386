#pragma once

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

    /// Whether the document ended inside this article: only its complete fields are there.
    [[nodiscard]] bool cut_off(pugi::xml_node entry) const;

  private:
    pugi::xml_document document_{};
    Defect defect_{};
    bool cut_in_entry_{false};
};

}  // namespace newswatch::xml
