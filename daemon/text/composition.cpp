#include "text/composition.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>

#include <cstdint>
#include <utility>

#include "text/utf8.h"

namespace newswatch::text {

namespace {

/// Two bytes, U+0080–U+07FF: false at every character that combines or has a canonical decomposition which
/// NFC prefers, and at a few of their neighbours.
bool composed_pair(std::uint8_t lead, std::uint8_t second) {
    if (lead < 0xCC) return true;    // U+02FF and below
    if (lead == 0xCC) return false;  // combining marks
    switch (lead) {
        case 0xCD:
            return second >= 0xB0 && second != 0xB4 && second != 0xBE;  // marks, U+0374, U+037E
        case 0xCE:
            return second != 0x87;  // U+0387
        case 0xD2:
            return second > 0x87 || second < 0x83;  // Cyrillic titlo and its kin
        case 0xD6:
            return second < 0x91;  // Hebrew points
        case 0xD7:
            return second >= 0x90;
        case 0xD8:
            return second < 0x90 || second > 0x9A;  // Koranic marks
        case 0xD9:
            return second < 0x8B || (second > 0x9F && second != 0xB0);  // harakat, superscript alef
        case 0xDB:
            return second < 0x96 || second > 0xAD;
        default:
            return lead < 0xDC;  // Syriac, Thaana, NKo: left to ICU
    }
}

/// Three bytes, U+0800–U+FFFF, as above.
bool composed_triple(std::uint8_t lead, std::uint8_t second, std::uint8_t third) {
    switch (lead) {
        case 0xE2:  // punctuation and symbols; U+2000, Kelvin, Angstrom, angle brackets and marks are out
            if (second == 0x80) return third > 0x81;
            return second != 0x83 && second != 0x84 && second != 0x8C && second != 0xAB && second != 0xB3 &&
                   second != 0xB7;
        case 0xE3:  // kana; the voicing marks and tone marks are out
            if (second == 0x80) return third < 0xAA || third > 0xAF;
            return second != 0x82 || (third != 0x99 && third != 0x9A);
        case 0xEA:
            return second >= 0xB0;  // Hangul syllables
        case 0xED:
            return second < 0x9E;
        case 0xEF:
            return second >= 0xAD && second != 0xB8;  // full and half width, Arabic presentation forms
        default:
            return lead >= 0xE4 && lead != 0xEA;  // Han, Hangul, private use
    }
}

}  // namespace

bool surely_composed(std::string_view utf8) {
    const auto byte = [&](std::size_t index) { return static_cast<std::uint8_t>(utf8[index]); };
    std::size_t at = ascii_prefix(utf8);
    while (at < utf8.size()) {
        const std::uint8_t lead = byte(at);
        if (lead < 0x80) {
            at = skip_ascii(utf8, at + 1);
        } else if (lead < 0xE0) {
            if (at + 2 > utf8.size() || !composed_pair(lead, byte(at + 1))) return false;
            at += 2;
        } else if (lead < 0xF0) {
            if (at + 3 > utf8.size() || !composed_triple(lead, byte(at + 1), byte(at + 2))) return false;
            at += 3;
        } else {
            // U+1F000–U+1FFFF: emoji. Musical symbols and rare scripts are left to ICU.
            if (lead != 0xF0 || at + 4 > utf8.size() || byte(at + 1) != 0x9F) return false;
            at += 4;
        }
    }
    return true;
}

std::string compose(std::string utf8) {
    if (surely_composed(utf8)) return utf8;
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* const nfc = icu::Normalizer2::getNFCInstance(status);
    if (U_FAILURE(status)) return utf8;
    const icu::StringPiece source{utf8.data(), static_cast<int32_t>(utf8.size())};
    if (nfc->isNormalizedUTF8(source, status) != 0) return utf8;
    std::string composed;
    icu::StringByteSink<std::string> sink{&composed, static_cast<int32_t>(utf8.size())};
    nfc->normalizeUTF8(0, source, sink, nullptr, status);
    return U_FAILURE(status) ? utf8 : composed;
}

}  // namespace newswatch::text
