#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "model/analysed.h"
#include "text/term.h"

/// Does a term stand at a word? (WATCHLISTS.md §3, §4). Pure.
namespace newswatch::match {

[[nodiscard]] inline std::string_view folded_word(const AnalysedField& field, const AnalysedWord& word) {
    return std::string_view{field.folded}.substr(word.folded_begin, word.folded_size);
}
[[nodiscard]] inline std::string_view written_word(const AnalysedField& field, const AnalysedWord& word) {
    return field.text.substr(word.begin, word.end - word.begin);
}

enum class Comparison : std::uint8_t {
    folded,  ///< by keys
    exact,   ///< by the exact form; TermWord::written holds the exact form of the term
};

/// The index of the term's last word where the term begins at word `first`, in one sentence.
[[nodiscard]] std::optional<std::uint32_t> phrase_at(const AnalysedField& field, std::uint32_t first,
                                                     const text::TermWords& term, Comparison comparison);

}  // namespace newswatch::match
