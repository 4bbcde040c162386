#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace newswatch::text {

/// UTF-8 with a few bytes of windows-1252 or of nothing in between: each bad byte is repaired where it stands
/// and changes nothing else. One that windows-1252 explains at its place becomes that character (`it\x92s`,
/// `caf\xE9`), any other U+FFFD. `latin_letters`: the text may hold letters of western Europe; else only
/// their punctuation is read. Pure; any thread may call.
[[nodiscard]] std::string repair_strays(std::string_view bytes, bool latin_letters);

/// The text before somebody took its UTF-8 for windows-1252 or Latin-1 and encoded it again: `dÃ©lÃ©gation`
/// is `délégation`. Only where every character above ASCII is such a byte and all of them together are UTF-8,
/// which no text in any language is by chance, and where that brings letters back: a title with no more than
/// `â€™` in it is shown so everywhere, and left. Else nothing. Pure; any thread may call.
[[nodiscard]] std::optional<std::string> decoded_once_more(std::string_view utf8);

}  // namespace newswatch::text
