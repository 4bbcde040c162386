#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "text/language.h"

/// Small words that are written together with the word they belong to (WATCHLISTS.md §3).
namespace newswatch::text {

/// What is left of a word when clitics are taken off.
struct Remainder {
    std::string form{};
    bool article{false};  ///< an Arabic ال was among them: names written without it do not take it

    bool operator==(const Remainder&) const = default;
};

/// Every remainder of a folded word by the rules of `language`, appended; the word itself is not among them.
/// At most a few dozen, however long the word.
void append_remainders(Language language, std::string_view folded, std::vector<Remainder>& remainders);

/// The folded word without the article that a term itself may carry (ar ال); empty where it carries none.
[[nodiscard]] std::string_view without_article(Language language, std::string_view folded);

}  // namespace newswatch::text
