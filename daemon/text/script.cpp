#include "text/script.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include "text/code_points.h"

namespace newswatch::text {

Script script_of(char32_t code_point) {
    // UAX #24 calls the prolonged sound mark Common; it stands in kana words only.
    if (code_point == 0x30FC || code_point == 0xFF70) return Script::kana;
    UErrorCode status = U_ZERO_ERROR;
    switch (uscript_getScript(static_cast<UChar32>(code_point), &status)) {
        case USCRIPT_COMMON:
        case USCRIPT_INHERITED:
            return Script::none;
        case USCRIPT_LATIN:
            return Script::latin;
        case USCRIPT_GREEK:
            return Script::greek;
        case USCRIPT_CYRILLIC:
            return Script::cyrillic;
        case USCRIPT_ARABIC:
            return Script::arabic;
        case USCRIPT_HEBREW:
            return Script::hebrew;
        case USCRIPT_DEVANAGARI:
            return Script::devanagari;
        case USCRIPT_HANGUL:
            return Script::hangul;
        case USCRIPT_HAN:
            return Script::han;
        case USCRIPT_HIRAGANA:
        case USCRIPT_KATAKANA:
            return Script::kana;
        case USCRIPT_THAI:
            return Script::thai;
        case USCRIPT_LAO:
            return Script::lao;
        case USCRIPT_KHMER:
            return Script::khmer;
        case USCRIPT_MYANMAR:
            return Script::burmese;
        case USCRIPT_ARMENIAN:
            return Script::armenian;
        case USCRIPT_TAMIL:
            return Script::tamil;
        default:
            return Script::other;
    }
}

bool has_small_letter(std::string_view utf8) {
    for (std::size_t at = 0; at < utf8.size();) {
        if (u_islower(static_cast<UChar32>(next_code_point(utf8, at))) != 0) return true;
    }
    return false;
}

}  // namespace newswatch::text
