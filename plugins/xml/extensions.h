#pragma once

#include "xml/entry.h"
#include "xml/scope.h"

namespace newswatch::xml {

/// Ranks of `Entry::offer`: the format's own element first, then what extensions say.
inline constexpr int kOwn = 10;
inline constexpr int kExtension = 20;
inline constexpr int kFallback = 30;
inline constexpr int kLastResort = 40;

/// Reads a child of an item that belongs to Dublin Core, content, Media RSS or iTunes, whatever the format.
/// False where it is none of these.
bool read_extension(const Scope& child, Entry& entry);

/// The value of an element that may hold text, escaped HTML, or (against the rules) naked HTML.
void offer_html(Entry& entry, Slot slot, int rank, const Scope& element);

/// The same for plain values: a date, an id.
void offer_text(Entry& entry, Slot slot, int rank, nw_kind kind, const Scope& element);

}  // namespace newswatch::xml
