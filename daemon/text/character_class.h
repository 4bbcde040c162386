#pragma once

#include <array>
#include <cstdint>

#include "text/code_points.h"
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

/// Every code point's character. Those of alphabets, most of most texts, lie side by side.
class Characters {
  public:
    Characters();

    [[nodiscard]] const Character& operator[](char32_t code_point) const {
        return code_point < kNear ? near_[code_point] : far_[code_point];
    }

  private:
    static constexpr char32_t kNear = 0x1000;
    std::array<Character, kNear> near_{};
    CodePointTable<Character> far_;
};

/// The one table of the program; made when it is first asked for. Any thread may call.
[[nodiscard]] const Characters& characters();

}  // namespace newswatch::text
