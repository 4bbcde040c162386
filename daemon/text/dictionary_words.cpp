#include "text/dictionary_words.h"

#include <unicode/brkiter.h>
#include <unicode/utext.h>

#include <algorithm>
#include <memory>
#include <stdexcept>

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

void append_piece(std::string_view piece, std::uint32_t offset, std::vector<std::uint32_t>& ends) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::LocalUTextPointer text{
        utext_openUTF8(nullptr, piece.data(), static_cast<int64_t>(piece.size()), &status)};
    thread_local const std::unique_ptr<icu::BreakIterator> word_breaks = make_word_breaks();
    icu::BreakIterator& breaks = *word_breaks;
    breaks.setText(text.getAlias(), status);
    if (U_FAILURE(status) != 0) throw std::bad_alloc{};
    breaks.first();
    for (int32_t end = breaks.next(); end != icu::BreakIterator::DONE; end = breaks.next()) {
        ends.push_back(offset + static_cast<std::uint32_t>(end));
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
