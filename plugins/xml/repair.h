#pragma once

#include <string>
#include <string_view>

namespace newswatch::xml {

/// A damaged feed → XML that pugixml reads, with every complete entry in it.
///
/// One pass: what stands before the root and after it goes; bare `&` and `<` become text; control characters
/// go; names of HTML become their characters; attributes get their quotes; what is open when its container
/// ends, or when the document is cut off, is closed. An entry that was cut off in the middle of a field is
/// left out, unless it is the only one. Linear in time and memory.
[[nodiscard]] std::string repaired(std::string_view text);

/// Whether an element of this name, with or without prefix, is the root of a feed.
[[nodiscard]] bool is_feed_root(std::string_view name);

/// Where the root of a feed begins (`<rss`, `<rdf:RDF`, `<feed` …) in the first 64 KiB, whatever stands
/// before; npos where there is none.
[[nodiscard]] std::size_t find_root(std::string_view text);

}  // namespace newswatch::xml
