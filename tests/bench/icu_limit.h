#pragma once

#include <unicode/brkiter.h>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <memory>
#include <string_view>

namespace newswatch::bench {

/// The limit that analyse and match are measured against: ICU's word break over a text and its NFKC case
/// folding, and nothing else. Answers something that depends on all of it.
class IcuWordBreakAndFold {
  public:
    IcuWordBreakAndFold() {
        UErrorCode status = U_ZERO_ERROR;
        breaks_.reset(icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
        folder_ = icu::Normalizer2::getNFKCCasefoldInstance(status);
    }

    std::size_t run(std::string_view utf8) {
        UErrorCode status = U_ZERO_ERROR;
        const auto text =
            icu::UnicodeString::fromUTF8(icu::StringPiece{utf8.data(), static_cast<int32_t>(utf8.size())});
        const icu::UnicodeString folded = folder_->normalize(text, status);
        breaks_->setText(folded);
        std::size_t words = 0;
        for (int32_t end = breaks_->first(); end != icu::BreakIterator::DONE; end = breaks_->next()) {
            words += breaks_->getRuleStatus() != UBRK_WORD_NONE ? 1U : 0U;
        }
        return words;
    }

  private:
    std::unique_ptr<icu::BreakIterator> breaks_;
    const icu::Normalizer2* folder_{nullptr};
};

}  // namespace newswatch::bench
