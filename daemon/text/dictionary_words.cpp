#include "text/dictionary_words.h"

#include <unicode/brkiter.h>
#include <unicode/unistr.h>
#include <unicode/utf16.h>

#include <algorithm>
#include <memory>
#include <stdexcept>

#include "text/code_points.h"

namespace newswatch::text {
namespace {

/// ICU keeps several arrays of the length of a run; no sentence is longer than this.
constexpr std::size_t kMostBytes = 24'000;

std::unique_ptr<icu::BreakIterator> make_word_breaks() {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::BreakIterator> made{
        icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status)};
    if (made == nullptr) throw std::runtime_error{"ICU has no rules for word breaks"};
    return made;
}

/// ICU breaks UTF-16 twice as fast as UTF-8; its boundaries are counted back into bytes.
void append_piece(std::string_view piece, std::uint32_t offset, std::vector<std::uint32_t>& ends) {
    thread_local const std::unique_ptr<icu::BreakIterator> word_breaks = make_word_breaks();
    thread_local icu::UnicodeString text;
    text.remove();
    for (std::size_t at = 0; at < piece.size();)
        text.append(static_cast<UChar32>(next_code_point(piece, at)));
    icu::BreakIterator& breaks = *word_breaks;
    breaks.setText(text);
    std::size_t at = 0;
    int32_t unit = 0;
    breaks.first();
    for (int32_t end = breaks.next(); end != icu::BreakIterator::DONE; end = breaks.next()) {
        while (unit < end)
            unit += U16_LENGTH(next_code_point(piece, at));
        ends.push_back(offset + static_cast<std::uint32_t>(at));
    }
}

}  // namespace

void append_dictionary_words(std::string_view run, std::vector<std::uint32_t>& ends) {
    for (std::size_t begin = 0; begin < run.size();) {
        std::size_t end = std::min(run.size(), begin + kMostBytes);
        while (end < run.size() && (static_cast<unsigned char>(run[end]) & 0xC0U) == 0x80U)
            --end;
        append_piece(run.substr(begin, end - begin), static_cast<std::uint32_t>(begin), ends);
        begin = end;
    }
}

}  // namespace newswatch::text
