#include "text/byte_scan.h"

#ifdef __SSE2__
#include <emmintrin.h>

#include <bit>
#endif

namespace newswatch::text {

namespace {

constexpr unsigned char kBeyondLatin = 0xCC;

}  // namespace

PlainRun plain_run_bytewise(std::string_view text, std::size_t from) {
    PlainRun run{.size = from};
    while (run.size < text.size()) {
        const char c = text[run.size];
        if (byte_class(c) == ByteClass::plain) {
            run.beyond_latin = run.beyond_latin || static_cast<unsigned char>(c) >= kBeyondLatin;
            ++run.size;
        } else if (c == ' ' && run.size > 0 && run.size + 1 < text.size() &&
                   byte_class(text[run.size + 1]) == ByteClass::plain) {
            ++run.size;
        } else {
            break;
        }
    }
    return run;
}

#ifdef __SSE2__

namespace {

constexpr std::size_t kScanBlock = 16;

struct Masks {
    unsigned space;    ///< one bit a byte
    unsigned special;  ///< neither plain nor a space
    unsigned beyond_latin;
};

unsigned bits(__m128i comparison) {
    return static_cast<unsigned>(_mm_movemask_epi8(comparison));
}

Masks masks_of(const char* block) {
    const auto same = [](__m128i bytes, int value) {
        return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(static_cast<char>(value)));
    };
    const auto at_least = [](__m128i bytes, int value) {
        const __m128i limit = _mm_set1_epi8(static_cast<char>(value));
        return _mm_cmpeq_epi8(_mm_max_epu8(bytes, limit), bytes);
    };
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(block));
    const __m128i markup = _mm_or_si128(same(bytes, '<'), same(bytes, '&'));
    const __m128i leads = _mm_or_si128(same(bytes, 0xC2), same(bytes, 0xEF));
    const __m128i special = _mm_or_si128(_mm_or_si128(markup, leads), same(bytes, 0x7F));
    return {.space = bits(same(bytes, ' ')),
            .special = bits(special) | (bits(at_least(bytes, 0x20)) ^ 0xFFFFU),
            .beyond_latin = bits(at_least(bytes, kBeyondLatin))};
}

}  // namespace

PlainRun plain_run(std::string_view text) {
    PlainRun run;
    if (text.empty() || byte_class(text.front()) != ByteClass::plain) return run;
    while (run.size + kScanBlock < text.size()) {
        const Masks masks = masks_of(text.data() + run.size);
        // A space stays in the run only before a plain byte; what follows the last one is seen next time.
        const unsigned stop = masks.special | (masks.space & ((masks.special | masks.space) >> 1));
        const bool space_last = (masks.space >> (kScanBlock - 1)) != 0;
        const auto size =
            stop == 0 ? kScanBlock - (space_last ? 1 : 0) : static_cast<std::size_t>(std::countr_zero(stop));
        run.beyond_latin = run.beyond_latin || (masks.beyond_latin & ((1U << size) - 1)) != 0;
        run.size += size;
        if (stop != 0) return run;
    }
    const PlainRun rest = plain_run_bytewise(text, run.size);
    return {.size = rest.size, .beyond_latin = run.beyond_latin || rest.beyond_latin};
}

#else

PlainRun plain_run(std::string_view text) {
    return plain_run_bytewise(text);
}

#endif

}  // namespace newswatch::text
