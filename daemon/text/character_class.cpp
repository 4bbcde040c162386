#include "text/character_class.h"

#include <unicode/uchar.h>

namespace newswatch::text {
namespace {

CharacterClass punctuation_class(char32_t c) {
    switch (c) {
        case '\n':
        case '\r':
        case 0x0B:
        case 0x0C:
        case 0x85:
        case 0x2028:
        case 0x2029:
            return CharacterClass::line_end;
        case '\'':
        case 0x2019:
        case 0x02BC:
        case 0x2018:
        case 0xB4:
        case '`':
        case 0x05F3:
        case 0x201B:
        case 0xFF07:
            return CharacterClass::apostrophe;
        case '"':
        case 0x05F4:
        case 0x201D:
        case 0x201C:
            return CharacterClass::double_quote;
        case 0xB7:
        case 0x0387:
        case 0x2027:
            return CharacterClass::middle_dot;
        case ',':
        case 0x066C:
        case 0x066B:
        case 0xFF0C:
            return CharacterClass::number_sign;
        case '.':
            return CharacterClass::dot;
        case '!':
        case '?':
        case 0x2026:
        case 0x203C:
        case 0x203D:
        case 0x2047:
        case 0x2048:
        case 0x2049:
            return CharacterClass::stop;
        case 0x3002:
        case 0xFF01:
        case 0xFF1F:
        case 0x061F:
        case 0x06D4:
        case 0x0964:
        case 0x0965:
        case 0xFF0E:
        case 0xFF61:
            return CharacterClass::full_stop;
        case ';':
        case 0x037E:
            return CharacterClass::semicolon;
        default:
            return CharacterClass::other;
    }
}

Character classify(char32_t c) {
    Character result;
    const auto code_point = static_cast<UChar32>(c);
    result.kind = punctuation_class(c);
    if (result.kind != CharacterClass::other) return result;
    const int32_t word_break = u_getIntPropertyValue(code_point, UCHAR_WORD_BREAK);
    const auto category = U_GET_GC_MASK(code_point);
    if (u_isUWhiteSpace(code_point) != 0) {
        result.kind = CharacterClass::space;
    } else if (word_break == U_WB_FORMAT || word_break == U_WB_EXTEND || word_break == U_WB_ZWJ ||
               c == 0x200C) {
        result.kind = CharacterClass::extend;
        result.ignorable = u_hasBinaryProperty(code_point, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) != 0;
    } else if (category & U_GC_ND_MASK) {
        result.kind = CharacterClass::digit;
    } else if (category & (U_GC_L_MASK | U_GC_NL_MASK | U_GC_NO_MASK | U_GC_M_MASK)) {
        result.script = script_of(c);
        result.capital = (category & (U_GC_LU_MASK | U_GC_LT_MASK)) != 0;
        result.kind = (category & U_GC_NO_MASK)         ? CharacterClass::digit
                      : needs_dictionary(result.script) ? CharacterClass::dictionary
                                                        : CharacterClass::letter;
    } else if (category & (U_GC_PE_MASK | U_GC_PF_MASK | U_GC_PI_MASK)) {
        result.kind = CharacterClass::closing;
    }
    return result;
}

}  // namespace

Characters::Characters() : far_{classify} {
    for (char32_t code_point = 0; code_point < kNear; ++code_point)
        near_[code_point] = classify(code_point);
}

const Characters& characters() {
    static const Characters all;
    return all;
}

}  // namespace newswatch::text
