#include "article_page/characters.h"

#include <algorithm>
#include <array>

#include "text/fold.h"

namespace newswatch::article_page {

namespace {

constexpr std::array<std::string_view, 15> kStops = {".", "!", "?", "…", "。", "！", "？", "؟",
                                                     "۔", "।", "॥", "։", "｡",  ";",  ":"};
constexpr std::array<std::string_view, 18> kClosing = {
    "\"", "'", ")", "]", "”", "’", "»", "“", "」", "』", "）", "›", "‘", "】", "»", "*", "\u200F", "\u200E"};
constexpr std::array<std::string_view, 12> kMarks = {"، ", "؛", "，", "、", "。", "؟",
                                                     "۔",  "।", "！", "？", "；", "："};

unsigned char byte_of(char c) {
    return static_cast<unsigned char>(c);
}

}  // namespace

void append_folded_blanks(std::string& to, std::string_view text) {
    bool gap = to.empty() || to.back() == ' ' || to.back() == '\n';
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        const bool no_break = c == '\xC2' && at + 1 < text.size() && text[at + 1] == '\xA0';
        if (c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' || no_break) {
            at += no_break ? 1 : 0;
            if (!gap) to += ' ';
            gap = true;
        } else {
            to += c;
            gap = false;
        }
    }
}

std::string folded_blanks(std::string_view text) {
    std::string folded;
    append_folded_blanks(folded, text);
    while (folded.ends_with(' '))
        folded.pop_back();
    return folded;
}

std::size_t weight(std::string_view text) {
    std::size_t sum = 0;
    for (const char c : text) {
        const unsigned char byte = byte_of(c);
        if (byte >= 0xE3 && byte <= 0xE9)
            sum += 3;  // kana and Han: a word in two characters
        else if (byte >= 0xEA && byte <= 0xED)
            sum += 2;  // Hangul
        else if (byte >= 0xC0 || (byte < 0x80 && byte > 0x20))
            sum += 1;
    }
    return sum;
}

bool ends_sentence(std::string_view text) {
    for (bool again = true; again && !text.empty();) {
        again = false;
        while (text.ends_with(' '))
            text.remove_suffix(1);
        for (const std::string_view mark : kClosing) {
            if (!text.ends_with(mark)) continue;
            text.remove_suffix(mark.size());
            again = true;
        }
    }
    return std::any_of(kStops.begin(), kStops.end(),
                       [&](std::string_view stop) { return text.ends_with(stop); });
}

std::size_t sentence_marks(std::string_view text) {
    std::size_t marks = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (c == ',' || c == '.' || c == '!' || c == '?' || c == ';') {
            ++marks;
        } else if (byte_of(c) >= 0xD8) {
            const std::string_view rest = text.substr(at);
            marks += std::any_of(kMarks.begin(), kMarks.end(),
                                 [&](std::string_view mark) { return rest.starts_with(mark); })
                         ? 1
                         : 0;
        }
    }
    return marks;
}

std::string letters_of(std::string_view value) {
    std::string letters = text::fold(value);
    std::erase_if(letters, [](char c) {
        return byte_of(c) < 0x80 && !((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'));
    });
    // General punctuation and signs: U+2000–U+203F, U+3000–U+303F, «».
    std::string kept;
    kept.reserve(letters.size());
    for (std::size_t at = 0; at < letters.size(); ++at) {
        const bool three = at + 2 < letters.size();
        if (three && byte_of(letters[at]) == 0xE2 && byte_of(letters[at + 1]) <= 0x81)
            at += 2;
        else if (three && byte_of(letters[at]) == 0xE3 && byte_of(letters[at + 1]) == 0x80)
            at += 2;
        else if (byte_of(letters[at]) == 0xC2)
            at += 1;
        else
            kept += letters[at];
    }
    return kept;
}

bool breaks_line(GumboTag tag) {
    switch (tag) {  // NOLINT(clang-diagnostic-switch-enum): elements of HTML, of which these few break lines
        case GUMBO_TAG_A:
        case GUMBO_TAG_ABBR:
        case GUMBO_TAG_ACRONYM:
        case GUMBO_TAG_B:
        case GUMBO_TAG_BDI:
        case GUMBO_TAG_BDO:
        case GUMBO_TAG_BIG:
        case GUMBO_TAG_CITE:
        case GUMBO_TAG_CODE:
        case GUMBO_TAG_DATA:
        case GUMBO_TAG_DEL:
        case GUMBO_TAG_DFN:
        case GUMBO_TAG_EM:
        case GUMBO_TAG_FONT:
        case GUMBO_TAG_I:
        case GUMBO_TAG_IMG:
        case GUMBO_TAG_INS:
        case GUMBO_TAG_KBD:
        case GUMBO_TAG_LABEL:
        case GUMBO_TAG_MARK:
        case GUMBO_TAG_NOBR:
        case GUMBO_TAG_Q:
        case GUMBO_TAG_RUBY:
        case GUMBO_TAG_RB:
        case GUMBO_TAG_RT:
        case GUMBO_TAG_RP:
        case GUMBO_TAG_S:
        case GUMBO_TAG_SAMP:
        case GUMBO_TAG_SMALL:
        case GUMBO_TAG_SPAN:
        case GUMBO_TAG_STRIKE:
        case GUMBO_TAG_STRONG:
        case GUMBO_TAG_SUB:
        case GUMBO_TAG_SUP:
        case GUMBO_TAG_TIME:
        case GUMBO_TAG_TT:
        case GUMBO_TAG_U:
        case GUMBO_TAG_VAR:
        case GUMBO_TAG_WBR:
        case GUMBO_TAG_UNKNOWN:  // text, and elements of somebody's own
            return false;
        default:
            return true;
    }
}

}  // namespace newswatch::article_page
