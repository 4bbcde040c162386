#pragma once

#include <optional>
#include <string_view>

#include "xml/well_formed.h"

namespace newswatch::xml {

/// The elements deeper than this are too deep for any feed.
inline constexpr std::size_t kDeepest = 256;
inline constexpr std::string_view kTooDeep = "too-deep";
/// A comment begins inside a comment: the first may have swallowed articles.
inline constexpr std::string_view kUnfinishedComment = "unfinished-comment";

/// The first fault of the mark-up in a document that pugixml reads without a word: a malformed XML
/// declaration (XML 1.0 §2.8), `--` in a comment (§2.5), `<` in an attribute value, an attribute twice
/// (§3.1), mark-up or text outside of the root, a prefix that nobody declared (Namespaces in XML 1.0 §5),
/// elements that are too deep. `text` has no defect that `find_defect` knows. One pass, linear; no state.
[[nodiscard]] std::optional<Defect> find_markup_defect(std::string_view text);

}  // namespace newswatch::xml
