#pragma once

#include <string>
#include <string_view>

namespace newswatch::xml {

/// What became of a damaged feed.
struct Repaired {
    std::string xml{};         ///< well-formed enough for pugixml
    bool cut_in_entry{false};  ///< the document ended inside an article, which is the last thing in `xml`
};

/// A damaged feed → XML that pugixml reads, with every complete entry in it.
///
/// One pass: what stands before the root and after it goes, unless it is another feed, whose articles are
/// added; bare `&` and `<` become text; control characters go; names of HTML and of the document's own DTD
/// become their characters; attributes get their quotes; what is open when its container ends, or when the
/// document is cut off, is closed. Of an entry that was cut off only the complete fields stay. Elements
/// deeper than 256 lose their tags. Linear in time and memory.
[[nodiscard]] Repaired repaired(std::string_view text);

/// Where the root of a feed begins (`<rss`, `<rdf:RDF`, `<feed` …) in the first 64 KiB, whatever stands
/// before; npos where there is none.
[[nodiscard]] std::size_t find_root(std::string_view text);

}  // namespace newswatch::xml
