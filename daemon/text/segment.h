#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "text/script.h"

namespace newswatch::text {

/// What is worth knowing of a word beside its letters.
enum WordFlag : std::uint16_t {
    kDead = 1U << 0U,         ///< a URL or an e-mail address: matches nothing
    kDictionary = 1U << 1U,   ///< of a script without spaces: a term may span several such words
    kJoined = 1U << 2U,       ///< kDictionary, and nothing stands between it and the word before
    kCapital = 1U << 3U,      ///< begins with a capital letter
    kCapitalPart = 1U << 4U,  ///< the part after its first apostrophe begins with a capital letter
    kApostrophe = 1U << 5U,   ///< has an apostrophe between letters
    kDotted = 1U << 6U,       ///< an abbreviation with dots; `end` is behind its last dot
    kStar = 1U << 7U,         ///< a `*` follows at once: in a term it asks for the beginning of a word
    kStop = 1U << 8U,         ///< a full stop and white space follow, and nothing else ends the sentence
};

/// One word of a text.
struct Word {
    std::uint32_t begin{0};  ///< byte offsets, end exclusive
    std::uint32_t end{0};
    std::uint32_t sentence{0};
    std::uint32_t paragraph{0};
    std::uint16_t flags{0};  ///< of WordFlag
    Script script{Script::none};
};

struct Segmented {
    std::vector<Word> words{};  ///< in order; a word's index is its position
    bool has_capitals{false};   ///< some letter is a capital
};

enum class Addresses : std::uint8_t {
    dead,   ///< URLs and e-mail addresses are one dead word each
    words,  ///< they are read as text (the field `link`, terms)
};

/// The words, sentences and paragraphs of a text of less than 4 GiB (WATCHLISTS.md §3, §4; UAX #29).
/// Linear in the text, whatever it holds. Any thread may call.
[[nodiscard]] Segmented segment(std::string_view utf8, Addresses addresses = Addresses::dead);

}  // namespace newswatch::text
