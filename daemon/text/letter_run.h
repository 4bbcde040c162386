#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "text/character_class.h"
#include "text/code_points.h"
#include "text/script.h"

/// The middle of words, where most of a text is: letters that need no second look. Pure; any thread may call.
namespace newswatch::text {

struct LetterRun {
    std::size_t end{0};   ///< behind its last letter
    bool capital{false};  ///< one of them at least is a capital
};

/// The ASCII letters from `at` on.
[[nodiscard]] inline LetterRun ascii_letters(std::string_view text, std::size_t at) {
    LetterRun letters{.end = at};
#ifdef __SSE2__
    for (; letters.end + 16 <= text.size(); letters.end += 16) {
        const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + letters.end));
        // Small letters become the greatest signed bytes.
        const __m128i shifted =
            _mm_add_epi8(_mm_or_si128(bytes, _mm_set1_epi8(0x20)), _mm_set1_epi8(0x7F - 'z'));
        const auto others =
            ~static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpgt_epi8(shifted, _mm_set1_epi8(0x7F - 26)))) &
            0xFFFFU;
        const auto small = static_cast<unsigned>(_mm_movemask_epi8(_mm_slli_epi16(bytes, 2)));  // bit 0x20
        const unsigned inside = (others & (0U - others)) - 1;  // below the first other one; all: none is
        letters.capital = letters.capital || (~small & inside & 0xFFFFU) != 0;
        if (others == 0) continue;
        letters.end += static_cast<std::size_t>(std::countr_zero(others));
        return letters;
    }
#endif
    for (; letters.end < text.size(); ++letters.end) {
        const char c = text[letters.end];
        const bool capital = c >= 'A' && c <= 'Z';
        if (!capital && (c < 'a' || c > 'z')) break;
        letters.capital = letters.capital || capital;
    }
    return letters;
}

/// The letters from `at` on that are small ones of `script`, with the marks on them; of Latin also capitals
/// in ASCII. Stops early where it must look closer: the caller goes on from there.
[[nodiscard]] inline LetterRun letter_run(const Characters& characters, std::string_view text, std::size_t at,
                                          Script script) {
    const auto bits = [](const Character& c) { return std::bit_cast<std::uint32_t>(c); };
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const std::uint32_t letter = bits({.kind = CharacterClass::letter, .script = script});
    const std::uint32_t mark = bits({.kind = CharacterClass::extend});
    LetterRun run{.end = at};
    while (true) {
        if (script == Script::latin) {
            const LetterRun ascii = ascii_letters(text, run.end);
            run = {.end = ascii.end, .capital = run.capital || ascii.capital};
        }
        const std::size_t begin = run.end;
        for (; run.end + 1 < text.size(); run.end += 2) {  // most alphabets
            const unsigned lead = byte(run.end);
            const unsigned second = byte(run.end + 1);
            if (lead < 0xC2 || lead > 0xDF || (second & 0xC0U) != 0x80U) break;
            if (bits(characters[(lead & 0x1FU) << 6U | (second & 0x3FU)]) != letter) return run;
        }
        while (run.end < text.size() && byte(run.end) >= 0xE0) {  // Indic scripts, Hangul
            std::size_t behind = run.end;
            const std::uint32_t c = bits(characters[next_code_point(text, behind)]);
            if (c != letter && c != mark) return run;
            run.end = behind;
        }
        if (run.end == begin || script != Script::latin) return run;
    }
}

}  // namespace newswatch::text
