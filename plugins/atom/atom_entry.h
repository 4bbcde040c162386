#pragma once

#include "feed/entry.h"
#include "xml/scope.h"

namespace newswatch::atom {

/// Whether an element belongs to Atom 1.0, to Atom 0.3, or to a feed that forgot its namespace.
[[nodiscard]] bool is_atom(const xml::Scope& element);

/// Reads one `entry` (RFC 4287 §4.1.2). Authors that the entry does not name are left to the caller.
void read_entry(const xml::Scope& entry_element, feed::Entry& entry);

/// The authors of a feed, an entry or a source.
void read_authors(const xml::Scope& parent, feed::Entry& entry);

/// Offers a text construct (RFC 4287 §3.1; the modes of Atom 0.3 too).
void offer_construct(feed::Entry& entry, feed::Slot slot, int rank, const xml::Scope& element);

/// Offers the page of a `link`, the best of several first; a `link` of another relation offers nothing.
void offer_page(feed::Entry& entry, const xml::Scope& link);

}  // namespace newswatch::atom
