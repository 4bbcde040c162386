#pragma once

#include "feed/entry.h"
#include "xml/scope.h"

namespace newswatch::rss {

/// Reads one `item` into `entry`: RSS's own elements, Atom's inside RSS, and the usual extensions.
void read_item(const xml::Scope& item, feed::Entry& entry);

/// The target of an `atom:link` inside RSS or of a `link` with an attribute; empty where its `rel` is
/// not about the page itself (`rel=self` is the feed).
[[nodiscard]] std::string_view page_of_link(const xml::Scope& link);

}  // namespace newswatch::rss
