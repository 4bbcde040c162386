#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace newswatch::text {

/// The ends of the words of a run in a script that is written without spaces, as byte offsets into `run`, by
/// ICU's dictionaries. Linear. Each thread keeps its own break iterator.
void append_dictionary_words(std::string_view run, std::vector<std::uint32_t>& ends);

}  // namespace newswatch::text
