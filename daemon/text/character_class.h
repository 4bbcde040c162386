#pragma once

#include <cstdint>

#include "text/script.h"

namespace newswatch::text {

/// What a character does to words and sentences.
enum class CharacterClass : std::uint8_t {
    other,     ///< separates words: symbols, emoji, most punctuation
    space,     ///< white space but line ends
    line_end,  ///< ends a sentence and a paragraph
    letter,    ///< of a script with spaces
    digit,
    dictionary,    ///< a letter of a script without spaces
    extend,        ///< combining marks and format characters: belong to the word before (UAX #29 WB4)
    apostrophe,    ///< within a word between letters
    double_quote,  ///< within a word between Hebrew letters; a closing quote else
    middle_dot,    ///< within a word between letters (Catalan)
    number_sign,   ///< within a number between digits
    dot,
    stop,       ///< ends a sentence where white space follows: ! ? …
    full_stop,  ///< ends a sentence always: 。！？؟۔।
    semicolon,  ///< ends a sentence after Greek
    closing,    ///< quotes and brackets that may stand between a stop and the space
};

struct Character {
    CharacterClass kind{CharacterClass::other};
    Script script{Script::none};
    bool capital{false};
    bool ignorable{false};  ///< a format character: at the end of a word it is not part of it
};

[[nodiscard]] const Character& character(char32_t code_point);

}  // namespace newswatch::text
