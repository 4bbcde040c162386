#pragma once

#include <newswatch/parser_plugin.h>

#include <string_view>

#include "feed/entry.h"
#include "xml/scope.h"
#include "xml/tree.h"

/// What every plug-in for a format in XML does around the format itself.
namespace newswatch::xml {

struct Format {
    /// Whether a root of this name, without prefix, is one of the format.
    bool (*accepts)(std::string_view root);
    /// `rss-2.0`
    std::string_view (*name)(const Scope& root);
    /// Sends the feed's facts and then its articles.
    void (*read)(const Scope& root, const Tree& tree, feed::Output& output);
};

/// The ABI's `probe`, by the root's name: 100 where it is the first element, 70 where something stands before
/// it, 0 where it is another one.
[[nodiscard]] int probe(const nw_document* document, const Format& format);

/// The ABI's `parse`. No exception leaves it.
[[nodiscard]] int parse(const nw_document* document, const nw_sink* sink, const Format& format);

}  // namespace newswatch::xml
