#include "text/utf8.h"

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

/// Of valid UTF-8. Counted in blocks of a fixed size, which the compiler makes wide instructions of.
void count_leads(std::string_view valid, Utf8Survey& survey) {
    constexpr std::size_t kCounted = 128;
    std::size_t at = 0;
    for (; at + kCounted <= valid.size(); at += kCounted) {
        std::uint8_t leads = 0;
        std::uint8_t long_leads = 0;
        for (std::size_t i = at; i < at + kCounted; ++i) {
            leads = static_cast<std::uint8_t>(leads + (byte_at(valid, i) >= 0xC0));
            long_leads = static_cast<std::uint8_t>(long_leads + (byte_at(valid, i) >= 0xE0));
        }
        survey.multibyte += leads;
        survey.longer += long_leads;
    }
    for (; at < valid.size(); ++at) {
        survey.multibyte += byte_at(valid, at) >= 0xC0 ? 1 : 0;
        survey.longer += byte_at(valid, at) >= 0xE0 ? 1 : 0;
    }
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

constexpr std::size_t kBlock = 16;

/// What a block asks of the first bytes of the next one, a bit for each byte.
struct Carry {
    unsigned continued{0};  ///< must be a continuation byte
    unsigned after_e0{0};   ///< … and not below A0
    unsigned after_ed{0};   ///< … and below A0
};

/// Sixteen bytes by the pattern of leads and continuations alone. False where that cannot tell: look byte by
/// byte.
bool block_is_valid(const char* text, Carry& carry) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text));
    const auto bits = [](__m128i mask) { return static_cast<unsigned>(_mm_movemask_epi8(mask)); };
    const unsigned high = bits(bytes);
    if (high == 0 && carry.continued == 0) return true;
    const auto same = [&](int value) {
        return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(static_cast<char>(value)));
    };
    const auto at_least = [&](int value) {
        return _mm_cmpeq_epi8(_mm_max_epu8(bytes, _mm_set1_epi8(static_cast<char>(value))), bytes);
    };
    // Never right, or four bytes long, which is rare.
    if (bits(_mm_or_si128(_mm_or_si128(same(0xC0), same(0xC1)), at_least(0xF0))) != 0) return false;
    const unsigned leads = bits(at_least(0xC0));
    const unsigned long_leads = bits(at_least(0xE0));
    const unsigned continued = (leads << 1) | (long_leads << 2) | carry.continued;
    if ((continued & 0xFFFFU) != (high & ~leads)) return false;
    // Leads whose second byte has a range of its own (Unicode Table 3-7).
    const unsigned after_e0 = (bits(same(0xE0)) << 1) | carry.after_e0;
    const unsigned after_ed = (bits(same(0xED)) << 1) | carry.after_ed;
    if (((after_e0 | after_ed) & 0xFFFFU) != 0) {
        const unsigned from_a0 = bits(at_least(0xA0));
        if ((after_e0 & 0xFFFFU & ~from_a0) != 0 || (after_ed & 0xFFFFU & from_a0) != 0) return false;
    }
    carry = {
        .continued = continued >> kBlock, .after_e0 = after_e0 >> kBlock, .after_ed = after_ed >> kBlock};
    return true;
}

/// Where the character begins whose rest is asked for at `at`.
std::size_t character_before(std::string_view bytes, std::size_t at) {
    do
        --at;
    while ((byte_at(bytes, at) & 0xC0) == 0x80);
    return at;
}

/// Whole blocks of valid UTF-8 from `at` on; the result is the start of a character.
std::size_t skip_valid_blocks(std::string_view bytes, std::size_t at) {
    Carry carry;
    while (at + kBlock <= bytes.size() && block_is_valid(bytes.data() + at, carry))
        at += kBlock;
    return carry.continued == 0 ? at : character_before(bytes, at);
}

}  // namespace

#else

namespace {

constexpr std::size_t kBlock = 16;

std::size_t skip_valid_blocks(std::string_view, std::size_t at) {
    return at;
}

}  // namespace

#endif

std::size_t valid_utf8_prefix(std::string_view bytes) {
    std::size_t at = ascii_prefix(bytes);
    while (at < bytes.size()) {
        at = skip_valid_blocks(bytes, at);
        // Past what the blocks could not tell.
        for (const std::size_t from = at; at < bytes.size() && at < from + kBlock;) {
            const Utf8Step step = utf8_step(bytes.substr(at));
            if (!step.valid) return at;
            at += step.size;
        }
    }
    return at;
}

Utf8Survey survey_utf8(std::string_view bytes) {
    Utf8Survey survey;
    std::size_t at = valid_utf8_prefix(bytes);
    count_leads(bytes.substr(0, at), survey);
    while (at < bytes.size()) {
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
