#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "text/language.h"
#include "text/script.h"

/// A term of a watchlist, ready to be compared with the words of an article (WATCHLISTS.md §3, §4).
namespace newswatch::text {

/// One word of a term.
struct TermWord {
    std::string written{};  ///< as in the watchlist
    std::string folded{};
    std::vector<std::uint64_t> keys{};  ///< a word of the article that has one of these may be this word
    Script script{Script::none};
    bool run{false};     ///< of a script without spaces: `folded` may span several words of the article
    bool prefix{false};  ///< `stem*`: `folded` is the beginning of a word
    bool stop{false};    ///< the term itself has a full stop and a space behind this word (`St. Louis`)
};

using TermWords = std::vector<TermWord>;

/// The words of a plain term, a phrase or a prefix. Several spellings where it can be written as one word or
/// two (Persian half-space). `languages` are those whose rules inflect it; empty: every plausible one of its
/// script. Empty where the term has no word.
[[nodiscard]] std::vector<TermWords> read_term(std::string_view term,
                                               std::span<const Language> languages = {});

/// The words of an `exact:` term; `folded` and the keys are of the folded form and only point to candidates.
[[nodiscard]] TermWords read_exact_term(std::string_view term);

/// The words of a name of a region: whole forms with the clitics that they may take, no stems.
/// `takes_article`: an Arabic ال may stand before it (demonyms, and names that are written with it).
[[nodiscard]] TermWords read_name(std::string_view name, bool takes_article);

}  // namespace newswatch::text
