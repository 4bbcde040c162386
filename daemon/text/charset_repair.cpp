#include "text/charset_repair.h"

#include <unicode/uchar.h>

#include <cstdint>

#include "base/ascii.h"
#include "text/code_points.h"
#include "text/html_entities.h"
#include "text/utf8.h"

namespace newswatch::text {

namespace {

constexpr std::size_t kLongestRun = 2;  // `cr\xE9\xE9e`; what is longer is another encoding

bool small_letter(char c) {
    return c >= 'a' && c <= 'z';
}

bool capital(char c) {
    return c >= 'A' && c <= 'Z';
}

/// Whether a letter of windows-1252 stands where such a letter does. A capital in the middle of small
/// letters is rather a sequence of UTF-8 that was cut.
bool letter_fits(unsigned char byte, char before, char after) {
    const bool small = byte >= 0xDF || byte == 0x9A || byte == 0x9C || byte == 0x9E;
    const bool beside_letter =
        small_letter(before) || capital(before) || small_letter(after) || capital(after);
    if (small) return beside_letter;
    return capital(before) || (!small_letter(before) && (small_letter(after) || capital(after)));
}

/// `before` and `after` are ASCII, 0 at the ends of the text.
bool explained(unsigned char byte, char before, char after, bool latin_letters) {
    switch (byte) {
        case 0x85:  // …
        case 0x91:
        case 0x92:
        case 0x93:
        case 0x94:
        case 0x95:  // •
        case 0x96:
        case 0x97:
        case 0x99:  // ™
        case 0xA0:  // no-break space
        case 0xAB:
        case 0xBB:
            return true;
        case 0x80:  // €
        case 0xA3:  // £
        case 0xB0:  // °
            return ascii::is_digit(before) || ascii::is_digit(after);
        case 0x8A:
        case 0x8C:
        case 0x8E:
        case 0x9A:
        case 0x9C:
        case 0x9E:
        case 0x9F:
            return latin_letters && letter_fits(byte, before, after);
        default:
            // 0xFE and 0xFF are in no text; × and ÷ are no letters.
            return latin_letters && byte >= 0xC0 && byte < 0xFE && byte != 0xD7 && byte != 0xF7 &&
                   letter_fits(byte, before, after);
    }
}

/// How many single bad bytes follow one another at `at`; 0 where one of them is part of a cut sequence.
std::size_t run_of_strays(std::string_view bytes, std::size_t at) {
    std::size_t size = 0;
    while (size <= kLongestRun && at + size < bytes.size() &&
           static_cast<unsigned char>(bytes[at + size]) >= 0x80) {
        const Utf8Step step = utf8_step(bytes.substr(at + size));
        if (step.valid || step.size != 1) return 0;
        ++size;
    }
    return size;
}

bool all_explained(std::string_view bytes, std::size_t at, std::size_t size, bool latin_letters) {
    if (size == 0 || size > kLongestRun) return false;
    const char before = at == 0 ? '\0' : bytes[at - 1];
    const char after = at + size < bytes.size() ? bytes[at + size] : '\0';
    if (static_cast<unsigned char>(before) >= 0x80) return false;
    if (size == 1) return explained(static_cast<unsigned char>(bytes[at]), before, after, latin_letters);
    // Beside each other two letters stand for letters.
    return explained(static_cast<unsigned char>(bytes[at]), before, 'a', latin_letters) &&
           explained(static_cast<unsigned char>(bytes[at + 1]), 'a', after, latin_letters);
}

/// Whether the character C3 `second` is one of U+00C2–U+00F4, which as bytes are the leads of UTF-8.
bool may_be_lead(char second) {
    const auto byte = static_cast<unsigned char>(second);
    return byte >= 0x82 && byte <= 0xB4;
}

bool holds_foreign_letter(std::string_view utf8) {
    for (std::size_t at = 0; at < utf8.size();) {
        const char32_t character = next_code_point(utf8, at);
        if (character >= 0x80 && u_isalpha(static_cast<UChar32>(character)) != 0) return true;
    }
    return false;
}

/// The byte that Latin-1 or windows-1252 has for a character.
std::optional<char> byte_of_character(char32_t character) {
    if (character <= 0xFF) return static_cast<char>(character);
    for (unsigned byte = 0x80; byte < 0xA0; ++byte) {
        if (windows_1252(static_cast<std::uint8_t>(byte)) == character) return static_cast<char>(byte);
    }
    return std::nullopt;
}

}  // namespace

std::string repair_strays(std::string_view bytes, bool latin_letters) {
    std::string text;
    text.reserve(bytes.size() + 16);
    for (std::size_t at = 0; at < bytes.size();) {
        const std::size_t plain = ascii_prefix(bytes.substr(at));
        text.append(bytes, at, plain);
        at += plain;
        if (at == bytes.size()) break;
        const Utf8Step step = utf8_step(bytes.substr(at));
        if (step.valid) {
            text.append(bytes, at, step.size);
            at += step.size;
            continue;
        }
        const std::size_t run = run_of_strays(bytes, at);
        if (all_explained(bytes, at, run, latin_letters)) {
            for (std::size_t i = 0; i < run; ++i)
                append_utf8(text, windows_1252(static_cast<std::uint8_t>(bytes[at + i])));
            at += run;
        } else {
            text += "\uFFFD";
            at += step.size;
        }
    }
    return text;
}

std::optional<std::string> decoded_once_more(std::string_view utf8) {
    // Nearly every text is told by its first letter above ASCII, which must be the lead of a sequence.
    const std::size_t first = ascii_prefix(utf8);
    const std::string_view rest = utf8.substr(first);
    if (rest.size() < 4 || rest[0] != '\xC3' || !may_be_lead(rest[1])) return std::nullopt;
    std::string bytes{utf8.substr(0, first)};
    for (std::size_t at = first; at < utf8.size();) {
        const std::optional<char> byte = byte_of_character(next_code_point(utf8, at));
        if (!byte) return std::nullopt;
        bytes.push_back(*byte);
    }
    if (valid_utf8_prefix(bytes) != bytes.size() || !holds_foreign_letter(bytes)) return std::nullopt;
    return bytes;
}

}  // namespace newswatch::text
