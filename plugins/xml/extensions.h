#pragma once

#include "feed/entry.h"
#include "xml/scope.h"

namespace newswatch::xml {

/// Reads a child of an item that belongs to Dublin Core, content, Media RSS, iTunes or PRISM, whatever the
/// format. False where it is none of these.
bool read_extension(const Scope& child, feed::Entry& entry);

/// The value of an element that may hold text, escaped HTML, or (against the rules) naked HTML.
void offer_html(feed::Entry& entry, feed::Slot slot, int rank, const Scope& element);

/// The same for plain values: a date, an id.
void offer_text(feed::Entry& entry, feed::Slot slot, int rank, nw_kind kind, const Scope& element);

/// Categories in one element: `ships, harbours`.
void read_keywords(const Scope& child, feed::Entry& entry);

}  // namespace newswatch::xml
