#pragma once

#include <cstdint>
#include <string_view>

/// What the elements of HTML do to the text around them (WHATWG HTML §15.3). Pure; any thread may call.
namespace newswatch::text {

enum class TagKind : std::uint8_t {
    unknown,  ///< no element of HTML
    inline_,  ///< does not separate words
    cell,     ///< separates words
    block,    ///< stands on lines of its own; `br` too
    dropped,  ///< its content is no text for people: script, style …
    reading,  ///< how the word before is read, up to the next tag: `rt`
};

/// The kind of an element, upper or lower case.
[[nodiscard]] TagKind tag_kind(std::string_view name);

}  // namespace newswatch::text
