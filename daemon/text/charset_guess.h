#pragma once

#include <string>
#include <string_view>

namespace newswatch::text {

/// The encoding that undeclared bytes are most likely in; never empty. By ICU's detector, by the encodings
/// in which `language` (BCP 47, may be empty) is written, and by which of them makes letters of that language
/// out of the bytes (CLDR's exemplar characters). Pure; any thread may call.
[[nodiscard]] std::string guess_converter(std::string_view bytes, std::string_view language);

}  // namespace newswatch::text
