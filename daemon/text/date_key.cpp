#include "text/date_key.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>

#include "text/code_points.h"

namespace newswatch::text {

namespace {

constexpr std::size_t kLongestWord = 64;

bool ascii_only(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// Accents of Latin, Greek and Cyrillic, vowel points of Arabic and Hebrew: often left out.
bool omissible(UChar32 mark) {
    return (mark >= 0x300 && mark <= 0x36F) || (mark >= 0x591 && mark <= 0x5C7) ||
           (mark >= 0x64B && mark <= 0x65F) || mark == 0x670;
}

UChar32 unified(UChar32 letter) {
    switch (letter) {
        case 0x131:  // dotless i: capitals lose the difference
            return 'i';
        case 0x649:  // alef maksura
        case 0x6CC:  // Persian yeh
            return 0x64A;
        case 0x6A9:  // Persian kaf
            return 0x643;
        case 0x629:  // teh marbuta
            return 0x647;
        default:
            return letter;
    }
}

struct Sign {
    char32_t code_point;
    char ascii;
};

constexpr std::array kSigns = {
    Sign{0x2019, '\''}, Sign{0x2018, '\''}, Sign{0x02BC, '\''}, Sign{0x060C, ','}, Sign{0xFF0C, ','},
    Sign{0x3001, ','},  Sign{0xFF1A, ':'},  Sign{0xA789, ':'},  Sign{0xFF0F, '/'}, Sign{0x060D, '/'},
    Sign{0x2044, '/'},  Sign{0x2215, '/'},  Sign{0xFF0D, '-'},  Sign{0x2212, '-'}, Sign{0xFF0B, '+'},
    Sign{0xFF0E, '.'},  Sign{0x3002, '.'},  Sign{0x066B, '.'},  Sign{0x0970, '.'}, Sign{0x00B7, ' '},
    Sign{0x30FB, ' '},  Sign{0x2022, ' '},  Sign{0xFF5C, '|'},  Sign{0xFF08, '('}, Sign{0xFF09, ')'},
    Sign{0x3010, '['},  Sign{0x3011, ']'},  Sign{0x00AB, ' '},  Sign{0x00BB, ' '}, Sign{0x2028, ' '},
};

/// The ASCII that a sign stands for; 0 where it has none.
char ascii_of(char32_t c) {
    if (c >= 0x2010 && c <= 0x2015) return '-';
    const auto code_point = static_cast<UChar32>(c);
    if (u_charType(code_point) == U_SPACE_SEPARATOR) return ' ';
    const auto* const found =
        std::find_if(kSigns.begin(), kSigns.end(), [&](const Sign& sign) { return sign.code_point == c; });
    return found == kSigns.end() ? '\0' : found->ascii;
}

}  // namespace

std::string date_key(std::string_view word) {
    std::string key;
    if (ascii_only(word)) {
        for (const char c : word.substr(0, kLongestWord)) {
            const auto low = static_cast<char>(c | 0x20);
            if (low >= 'a' && low <= 'z') key += low;
        }
        return key;
    }
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* const decomposed = icu::Normalizer2::getNFDInstance(status);
    if (U_FAILURE(status)) return key;
    const icu::UnicodeString text = decomposed->normalize(
        icu::UnicodeString::fromUTF8(
            icu::StringPiece{word.data(), static_cast<int32_t>(std::min(word.size(), kLongestWord * 2))})
            .foldCase(),
        status);
    icu::UnicodeString kept;
    for (int32_t at = 0; at < text.length(); at = text.moveIndex32(at, 1)) {
        const UChar32 c = text.char32At(at);
        const bool mark = u_charType(c) == U_NON_SPACING_MARK || u_charType(c) == U_COMBINING_SPACING_MARK;
        if ((mark && !omissible(c)) || (u_isalpha(c) != 0 && c != 0x640)) kept.append(unified(c));
    }
    kept.toUTF8String(key);
    return key;
}

std::string plain_date(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t from = at;
        const char32_t c = next_code_point(text, at);
        const auto code_point = static_cast<UChar32>(c);
        if (c < 0x80) {
            out += static_cast<char>(c);
        } else if (const int32_t digit = u_charDigitValue(code_point); digit >= 0) {
            out += static_cast<char>('0' + digit);
        } else if (const char ascii = ascii_of(c); ascii != '\0') {
            out += ascii;
        } else if (u_charType(code_point) != U_FORMAT_CHAR) {
            out.append(text.substr(from, at - from));
        }
    }
    return out;
}

}  // namespace newswatch::text
