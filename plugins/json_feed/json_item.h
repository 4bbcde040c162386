#pragma once

#include "feed/entry.h"
#include "json/reader.h"

namespace newswatch::json_feed {

using json::JsonReader;
using json::Value;

/// Reads the object at the reader's place as one item of a JSON Feed. The fields of the specification go
/// before the names that other formats gave to the same facts (`link`, `published` …).
void read_item(JsonReader& reader, feed::Entry& entry);

/// Reads `authors` or, of version 1.0, `author`: objects, or names against the specification.
void read_persons(JsonReader& reader, feed::Entry& entry);

}  // namespace newswatch::json_feed
