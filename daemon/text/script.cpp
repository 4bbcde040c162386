#include "text/script.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

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

}  // namespace newswatch::text
