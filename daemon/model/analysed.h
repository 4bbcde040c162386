#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace newswatch {

/// The parts of an article that a rule can look at (`in:` of a watchlist).
enum class FieldName : std::uint8_t { title, summary, content, author, link, category };

[[nodiscard]] constexpr std::string_view name_of(FieldName name) {
    switch (name) {
        case FieldName::title:
            return "title";
        case FieldName::summary:
            return "summary";
        case FieldName::content:
            return "content";
        case FieldName::author:
            return "author";
        case FieldName::link:
            return "link";
        case FieldName::category:
            return "category";
    }
    return "";
}

/// One word of a field.
///
/// `keys` are hashes of every form under which a term may find the word: folded, without clitics, stems in
/// the article's languages. A term compiles to such keys too, so matching a word is one look-up
/// (text/word_keys.h says how they are made; WATCHLISTS.md §2–§3 why).
struct AnalysedWord {
    std::uint32_t begin{0};  ///< byte offsets into the field's text, end exclusive
    std::uint32_t end{0};
    std::uint32_t position{0};  ///< counts words; a word with its clitic counts once
    std::uint32_t sentence{0};
    std::uint32_t paragraph{0};
    std::uint32_t first_key{0};  ///< into AnalysedField::keys
    std::uint16_t key_count{0};
    std::uint16_t flags{0};         ///< text::WordFlag
    std::uint32_t folded_begin{0};  ///< into AnalysedField::folded: the folded whole word
    std::uint32_t folded_size{0};
};

/// One field, analysed. List fields (categories, authors) give one AnalysedField an entry.
struct AnalysedField {
    FieldName name{FieldName::title};
    std::uint32_t index{0};     ///< the entry of a list field, else 0
    bool lead{false};           ///< also part of `in: lead` (summary, else first paragraph of content)
    std::uint32_t lead_end{0};  ///< byte where the lead ends in a content field that has one
    bool has_capitals{false};   ///< some letter of the field is upper case (WATCHLISTS.md §5)
    std::string_view text{};    ///< the article's own text; lives as long as the article
    std::string folded{};       ///< arena of folded words
    std::vector<AnalysedWord> words{};
    std::vector<std::uint64_t> keys{};  ///< arena of word keys
};

/// An article with its language and its words. Borrows the article's text: it must not outlive the article.
struct Analysed {
    std::vector<std::string>
        languages{};  ///< hints, ISO 639-1: the entry's, the feed's, a confident detection
    std::vector<AnalysedField> fields{};
};

}  // namespace newswatch
