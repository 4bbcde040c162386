#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace newswatch::text {

/// Bytes above ASCII, and how many of them stand in runs: whole words in scripts of one-byte letters.
struct HighBytes {
    std::size_t all{0};
    std::size_t in_long_runs{0};
};
[[nodiscard]] HighBytes count_high_bytes(std::string_view bytes, std::size_t long_run);

/// The encoding that undeclared bytes are most likely in; never empty. By ICU's detector, by the encodings
/// in which `language` (BCP 47, may be empty) is written, and by which of them makes letters of that language
/// out of the bytes (CLDR's exemplar characters). Where no language is known, an encoding in which CLD2 reads
/// one counts for more. Pure; any thread may call.
[[nodiscard]] std::string guess_converter(std::string_view bytes, std::string_view language);

}  // namespace newswatch::text
