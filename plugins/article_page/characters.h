#pragma once

#include <gumbo.h>

#include <cstddef>
#include <string>
#include <string_view>

/// Small facts about characters and elements that every part of the extraction asks. Pure.
namespace newswatch::article_page {

/// Appends with white space (no-break spaces too) folded to one space; none at the beginning.
void append_folded_blanks(std::string& to, std::string_view text);
[[nodiscard]] std::string folded_blanks(std::string_view text);

/// How much people read in a text: letters, where one of Chinese counts as three.
[[nodiscard]] std::size_t weight(std::string_view text);

/// Whether it ends as sentences do, in any script; a closing quote or bracket may follow.
[[nodiscard]] bool ends_sentence(std::string_view text);
/// Marks between the parts of sentences: commas and full stops of all scripts.
[[nodiscard]] std::size_t sentence_marks(std::string_view text);

/// Letters and digits only, folded as watchlists fold (case, accents, forms): for comparing.
[[nodiscard]] std::string letters_of(std::string_view text);

/// Elements that stand on lines of their own.
[[nodiscard]] bool breaks_line(GumboTag tag);
[[nodiscard]] inline bool is_heading(GumboTag tag) {
    return tag >= GUMBO_TAG_H1 && tag <= GUMBO_TAG_H6;
}

}  // namespace newswatch::article_page
