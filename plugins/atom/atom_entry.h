#pragma once

#include "xml/entry.h"
#include "xml/scope.h"

namespace newswatch::atom {

/// Whether an element belongs to Atom 1.0, to Atom 0.3, or to a feed that forgot its namespace.
[[nodiscard]] bool is_atom(const xml::Scope& element);

/// Reads one `entry` (RFC 4287 §4.1.2). Authors that the entry does not name are left to the caller.
void read_entry(const xml::Scope& entry_element, xml::Entry& entry);

/// The authors of a feed, an entry or a source.
void read_authors(const xml::Scope& parent, xml::Entry& entry);

/// A text construct (RFC 4287 §3.1; the modes of Atom 0.3 too), with the kind it is of.
struct TextConstruct {
    nw_kind kind{NW_TEXT};
    std::string text{};
};
[[nodiscard]] TextConstruct read_text(const xml::Scope& element);

/// The page of a `link`: rel=alternate or none; empty for others.
[[nodiscard]] std::string_view alternate(const xml::Scope& link);

}  // namespace newswatch::atom
