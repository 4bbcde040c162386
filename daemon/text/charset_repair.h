#pragma once

#include <string>
#include <string_view>

namespace newswatch::text {

/// UTF-8 with a few bytes of windows-1252 or of nothing in between: each bad byte is repaired where it stands
/// and changes nothing else. One that windows-1252 explains at its place becomes that character (`it\x92s`,
/// `caf\xE9`), any other U+FFFD. `latin_letters`: the text may hold letters of western Europe; else only
/// their punctuation is read. Pure; any thread may call.
[[nodiscard]] std::string repair_strays(std::string_view bytes, bool latin_letters);

}  // namespace newswatch::text
