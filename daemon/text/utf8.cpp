#include "text/utf8.h"

#include <cstdint>
#include <cstring>
#include <string>

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

bool continues(std::uint8_t byte) {
    return (byte & 0xC0) == 0x80;
}

}  // namespace

std::size_t skip_ascii(std::string_view bytes, std::size_t at) {
    constexpr std::uint64_t kHighBits = 0x8080808080808080U;
    while (at + 8 <= bytes.size()) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes.data() + at, sizeof word);
        if ((word & kHighBits) != 0) break;
        at += 8;
    }
    while (at < bytes.size() && byte_at(bytes, at) < 0x80)
        ++at;
    return at;
}

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

Utf8Survey survey_utf8(std::string_view bytes) {
    Utf8Survey survey;
    std::size_t at = ascii_prefix(bytes);
    while (at < bytes.size()) {
        const std::uint8_t lead = byte_at(bytes, at);
        if (lead < 0x80) {
            at = skip_ascii(bytes, at + 1);
        } else if (lead >= 0xC2 && lead < 0xE0 && at + 1 < bytes.size() &&
                   continues(byte_at(bytes, at + 1))) {
            ++survey.multibyte;  // Latin with accents, Greek, Cyrillic, Arabic, Hebrew: nearly all there is
            at += 2;
        } else {
            const Utf8Step step = utf8_step(bytes.substr(at));
            survey.invalid += step.valid ? 0 : 1;
            survey.multibyte += step.valid ? 1 : 0;
            survey.longer += step.valid ? 1 : 0;
            at += step.size;
        }
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
