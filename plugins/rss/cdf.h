#pragma once

#include "feed/entry.h"
#include "xml/scope.h"
#include "xml/tree.h"

namespace newswatch::rss {

/// Whether a root `channel` is that of the Channel Definition Format and not of an RSS feed that lost its
/// root: CDF says addresses in attributes (`<CHANNEL HREF="…"><ITEM HREF="…">`).
[[nodiscard]] bool is_cdf(const xml::Scope& root);

/// Reads a whole CDF document, the items of channels inside the channel too.
void read_cdf(const xml::Scope& root, const xml::Tree& tree, feed::Output& output);

}  // namespace newswatch::rss
