#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "match/packed_terms.h"
#include "model/analysed.h"
#include "text/clitics.h"

/// Does a term stand at a word? (WATCHLISTS.md §3, §4). Pure.
namespace newswatch::match {

[[nodiscard]] inline std::string_view folded_word(const AnalysedField& field, const AnalysedWord& word) {
    return std::string_view{field.folded}.substr(word.folded_begin, word.folded_size);
}
[[nodiscard]] inline std::string_view written_word(const AnalysedField& field, const AnalysedWord& word) {
    return field.text.substr(word.begin, word.end - word.begin);
}

/// The forms of the word that was asked for last: many prefixes may ask for those of one word.
class FormsOfWord {
  public:
    /// Every folded form under which the word may begin with a prefix; kept until another word is asked for.
    [[nodiscard]] const std::vector<text::Remainder>& of(const AnalysedField& field, const AnalysedWord& word,
                                                         text::Script script);
    /// Another article begins.
    void forget() { word_ = nullptr; }

  private:
    const AnalysedWord* word_{nullptr};
    text::Script script_{text::Script::none};
    std::vector<text::Remainder> forms_{};
};

/// Of a phrase, no word is known to stand there.
inline constexpr std::uint32_t kNoWord = 0xFFFFFFFF;

/// The index of the term's last word where the term begins at word `first`, in one sentence. `known` is the
/// word of the term whose key brought us here: it need not be asked for again.
[[nodiscard]] std::optional<std::uint32_t> phrase_at(const AnalysedField& field, std::uint32_t first,
                                                     const PackedTerms& terms, std::uint32_t term,
                                                     Comparison comparison, FormsOfWord& forms,
                                                     std::uint32_t known = kNoWord);

}  // namespace newswatch::match
