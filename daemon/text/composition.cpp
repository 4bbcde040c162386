#include "text/composition.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>

#include <cstdint>
#include <utility>

#include "text/utf8.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

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

/// The size of the character at the start of `text` where it is composed for sure, else 0.
std::size_t composed_size(std::string_view text) {
    const auto byte = [&](std::size_t index) { return static_cast<std::uint8_t>(text[index]); };
    const std::uint8_t lead = byte(0);
    if (lead < 0x80) return 1;
    if (lead < 0xE0) return text.size() >= 2 && composed_pair(lead, byte(1)) ? 2 : 0;
    if (lead < 0xF0) return text.size() >= 3 && composed_triple(lead, byte(1), byte(2)) ? 3 : 0;
    // U+1F000–U+1FFFF: emoji. Musical symbols and rare scripts are left to ICU.
    return text.size() >= 4 && lead == 0xF0 && byte(1) == 0x9F ? 4 : 0;
}

#ifdef __SSE2__

constexpr std::size_t kComposedBlock = 16;

/// Whether no character that begins in these sixteen bytes (a seventeenth is looked at) needs a closer look.
/// Continuation bytes at the start are of a character that was looked at before.
bool composed_block(const char* text) {
    const __m128i here = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text));
    if (_mm_movemask_epi8(here) == 0) return true;
    const __m128i next = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text + 1));
    const auto fill = [](int value) { return _mm_set1_epi8(static_cast<char>(value)); };
    const auto is = [&](__m128i bytes, int value) { return _mm_cmpeq_epi8(bytes, fill(value)); };
    const auto within = [&](__m128i bytes, int low, int high) {
        return _mm_and_si128(_mm_cmpeq_epi8(_mm_max_epu8(bytes, fill(low)), bytes),
                             _mm_cmpeq_epi8(_mm_min_epu8(bytes, fill(high)), bytes));
    };
    // What composed_pair and composed_triple say, rounded to the safe side.
    const __m128i always = _mm_or_si128(_mm_or_si128(within(here, 0xCC, 0xCD), within(here, 0xDC, 0xE3)),
                                        _mm_or_si128(is(here, 0xEA), within(here, 0xED, 0xFF)));
    const __m128i greek = _mm_and_si128(is(here, 0xCE), is(next, 0x87));
    const __m128i cyrillic = _mm_and_si128(is(here, 0xD2), within(next, 0x83, 0x87));
    const __m128i hebrew = _mm_or_si128(_mm_and_si128(is(here, 0xD6), within(next, 0x91, 0xBF)),
                                        _mm_and_si128(is(here, 0xD7), within(next, 0x80, 0x8F)));
    const __m128i arabic =
        _mm_or_si128(_mm_or_si128(_mm_and_si128(is(here, 0xD8), within(next, 0x90, 0x9A)),
                                  _mm_and_si128(is(here, 0xDB), within(next, 0x96, 0xAD))),
                     _mm_and_si128(is(here, 0xD9), _mm_or_si128(within(next, 0x8B, 0x9F), is(next, 0xB0))));
    const __m128i doubtful =
        _mm_or_si128(_mm_or_si128(always, greek), _mm_or_si128(_mm_or_si128(cyrillic, hebrew), arabic));
    return _mm_movemask_epi8(doubtful) == 0;
}

#endif

}  // namespace

bool surely_composed(std::string_view utf8) {
    std::size_t at = ascii_prefix(utf8);
    while (at < utf8.size()) {
#ifdef __SSE2__
        if (at + kComposedBlock < utf8.size() && composed_block(utf8.data() + at)) {
            at += kComposedBlock;
            continue;
        }
#endif
        while (at < utf8.size() && (static_cast<std::uint8_t>(utf8[at]) & 0xC0) == 0x80)
            ++at;
        if (at == utf8.size()) break;
        const std::size_t size = composed_size(utf8.substr(at));
        if (size == 0) return false;
        at += size;
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
