#include "text/utf8.h"

#include <bit>
#include <cstdint>
#include <cstring>
#include <string>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "text/charset.h"

namespace newswatch::text {

namespace {

std::uint8_t byte_at(std::string_view bytes, std::size_t index) {
    return static_cast<std::uint8_t>(bytes[index]);
}

/// The second byte's range narrows for some leads (Unicode Table 3-7): no overlong forms, no surrogates.
bool second_fits(std::uint8_t lead, std::uint8_t second) {
    switch (lead) {
        case 0xE0:
            return second >= 0xA0 && second <= 0xBF;
        case 0xED:
            return second >= 0x80 && second <= 0x9F;
        case 0xF0:
            return second >= 0x90 && second <= 0xBF;
        case 0xF4:
            return second >= 0x80 && second <= 0x8F;
        default:
            return second >= 0x80 && second <= 0xBF;
    }
}

std::size_t expected_size(std::uint8_t lead) {
    if (lead < 0x80) return 1;
    if (lead < 0xC2) return 0;
    if (lead < 0xE0) return 2;
    if (lead < 0xF0) return 3;
    return lead < 0xF5 ? 4 : 0;
}

}  // namespace

Utf8Step utf8_step(std::string_view bytes) {
    const std::uint8_t lead = byte_at(bytes, 0);
    const std::size_t expected = expected_size(lead);
    if (expected <= 1) return {.size = 1, .valid = expected == 1};
    if (bytes.size() < 2 || !second_fits(lead, byte_at(bytes, 1))) return {.size = 1, .valid = false};
    for (std::size_t i = 2; i < expected; ++i) {
        if (i == bytes.size() || (byte_at(bytes, i) & 0xC0) != 0x80) return {.size = i, .valid = false};
    }
    return {.size = expected, .valid = true};
}

std::size_t ascii_prefix(std::string_view bytes) {
    constexpr std::uint64_t kHighBits = 0x8080808080808080U;
    std::size_t at = 0;
    for (; at + 32 <= bytes.size(); at += 32) {
        std::uint64_t words[4];
        std::memcpy(words, bytes.data() + at, sizeof words);
        if (((words[0] | words[1] | words[2] | words[3]) & kHighBits) != 0) break;
    }
    while (at < bytes.size() && byte_at(bytes, at) < 0x80)
        ++at;
    return at;
}

#ifdef __SSE2__

namespace {

/// std::popcount of sixteen bits; without -mpopcnt that is a call.
unsigned count_bits(unsigned bits) {
    bits = bits - ((bits >> 1) & 0x5555U);
    bits = (bits & 0x3333U) + ((bits >> 2) & 0x3333U);
    bits = (bits + (bits >> 4)) & 0x0F0FU;
    return (bits + (bits >> 8)) & 0x1FU;
}

/// Whole characters of one to three bytes at the start of sixteen bytes, where that can be told from the
/// pattern of leads and continuations alone. `size` 0: look byte by byte.
struct Block {
    std::size_t size{0};
    unsigned leads{0};
    unsigned long_leads{0};
};

Block read_block(const char* text) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text));
    const auto high = static_cast<unsigned>(_mm_movemask_epi8(bytes));
    if (high == 0) return {.size = 16};
    const auto same = [&](int value) {
        return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(static_cast<char>(value)));
    };
    const auto at_least = [&](int value) {
        return _mm_cmpeq_epi8(_mm_max_epu8(bytes, _mm_set1_epi8(static_cast<char>(value))), bytes);
    };
    const auto bits = [](__m128i mask) { return static_cast<unsigned>(_mm_movemask_epi8(mask)); };
    // Leads whose second byte has a range of its own (Unicode Table 3-7) and bytes that are never right.
    const __m128i special = _mm_or_si128(_mm_or_si128(same(0xC0), same(0xC1)),
                                         _mm_or_si128(_mm_or_si128(same(0xE0), same(0xED)), at_least(0xF0)));
    if (bits(special) != 0) return {};
    const unsigned leads = bits(at_least(0xC0));
    const unsigned long_leads = bits(at_least(0xE0));
    const unsigned expected = ((leads << 1) | (long_leads << 2)) & 0xFFFFU;
    if (expected != (high & ~leads)) return {};
    // A character that reaches over the end is left to the next block.
    const unsigned cut = (leads & 0x8000U) | (long_leads & 0xC000U);
    const auto size = cut == 0 ? std::size_t{16} : static_cast<std::size_t>(std::countr_zero(cut));
    const unsigned inside = size == 16 ? 0xFFFFU : (1U << size) - 1;
    return {.size = size, .leads = leads & inside, .long_leads = long_leads & inside};
}

}  // namespace

#endif

Utf8Survey survey_utf8(std::string_view bytes) {
    Utf8Survey survey;
    std::size_t at = ascii_prefix(bytes);
    while (at < bytes.size()) {
#ifdef __SSE2__
        if (at + 16 <= bytes.size()) {
            const Block block = read_block(bytes.data() + at);
            survey.multibyte += count_bits(block.leads);
            survey.longer += count_bits(block.long_leads);
            at += block.size;
            if (block.size > 0) continue;
        }
#endif
        const Utf8Step step = utf8_step(bytes.substr(at));
        const bool ascii = byte_at(bytes, at) < 0x80;
        survey.invalid += step.valid ? 0 : 1;
        survey.multibyte += step.valid && !ascii ? 1 : 0;
        survey.longer += step.valid && step.size > 2 ? 1 : 0;
        at += step.size;
    }
    return survey;
}

std::string repair_utf8(std::string_view bytes) {
    std::string text;
    text.reserve(bytes.size() + 8);
    std::size_t good_from = 0;
    std::size_t at = 0;
    while (at < bytes.size()) {
        at += ascii_prefix(bytes.substr(at));
        if (at == bytes.size()) break;
        const Utf8Step step = utf8_step(bytes.substr(at));
        if (!step.valid) {
            text.append(bytes, good_from, at - good_from);
            text += "\uFFFD";
            good_from = at + step.size;
        }
        at += step.size;
    }
    text.append(bytes, good_from);
    return text;
}

}  // namespace newswatch::text
