#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "match/packed_terms.h"
#include "text/language.h"
#include "text/term.h"

namespace newswatch::match {

/// A term, phrase, prefix or exact form as it stands in a rule.
struct AtomSource {
    std::string_view term{};
    const std::vector<text::Language>* languages{nullptr};  ///< by whose rules it inflects
    Comparison comparison{Comparison::folded};
};

/// The words of an atom; several spellings where it can be written as one word or two, none where it has no
/// word.
[[nodiscard]] std::vector<text::TermWords> read_atom(const AtomSource& source);

/// The same for many, in the same order, by all cores of the machine.
[[nodiscard]] std::vector<std::vector<text::TermWords>> read_atoms(const std::vector<AtomSource>& sources);

/// The word by which a term is looked for. The longest word is seldom a frequent one. Behind a word of a
/// script without spaces the distance from the beginning is not known, so such a phrase is found by its
/// first.
[[nodiscard]] std::size_t rarest_word(const text::TermWords& words);

}  // namespace newswatch::match
