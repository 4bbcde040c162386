#include "article_page/wording.h"

#include <algorithm>
#include <array>
#include <vector>

#include "text/fold.h"

namespace newswatch::article_page {

namespace {

struct Name {
    std::string_view word;
    bool NameHints::*hint;
    bool whole;
};
constexpr std::array kNames = {
#define X(word, hint, whole) Name{word, &NameHints::hint, whole},
#include "article_page/names.inc"
#undef X
};

struct FoldedPhrase {
    std::string words;
    Phrase phrase;
};

/// Sorted, so that what begins a text stands before it.
std::vector<FoldedPhrase> fold_phrases() {
    std::vector<FoldedPhrase> folded;
#define X(words, phrase) folded.push_back({text::fold(words), Phrase::phrase});
#include "article_page/phrases.inc"
#undef X
    std::sort(folded.begin(), folded.end(),
              [](const FoldedPhrase& a, const FoldedPhrase& b) { return a.words.size() > b.words.size(); });
    return folded;
}

const std::vector<FoldedPhrase>& phrases_beginning_with(char first) {
    static const std::array<std::vector<FoldedPhrase>, 256> kByByte = [] {
        std::array<std::vector<FoldedPhrase>, 256> table;
        for (FoldedPhrase& phrase : fold_phrases())
            table[static_cast<unsigned char>(phrase.words.front())].push_back(std::move(phrase));
        return table;
    }();
    return kByByte[static_cast<unsigned char>(first)];
}

/// The names by their first letter.
const std::vector<Name>& names_beginning_with(char letter) {
    static const std::array<std::vector<Name>, 26> kByLetter = [] {
        std::array<std::vector<Name>, 26> table;
        for (const Name& name : kNames)
            table[static_cast<std::size_t>(name.word.front() - 'a')].push_back(name);
        return table;
    }();
    return kByLetter[static_cast<std::size_t>(letter - 'a')];
}

bool small_letter(char c) {
    return c >= 'a' && c <= 'z';
}

void look_up(std::string_view word, NameHints& hints) {
    if (word.empty() || !small_letter(word.front())) return;
    for (const Name& name : names_beginning_with(word.front())) {
        if (!word.starts_with(name.word) || (name.whole && word != name.word)) continue;
        hints.*name.hint = true;
        if (name.hint == &NameHints::junk || name.hint == &NameHints::comments) hints.word = name.word;
    }
}

bool is_letter_after(std::string_view folded, std::size_t at) {
    return at < folded.size() &&
           (small_letter(folded[at]) || (static_cast<unsigned char>(folded[at]) >= 0xC3 &&
                                         static_cast<unsigned char>(folded[at]) < 0xE2));
}

}  // namespace

NameHints hints_of(std::string_view names) {
    NameHints hints;
    std::string word;
    std::string before;  // `entry-content` is also `entrycontent`
    const auto end_word = [&](bool of_name) {
        look_up(word, hints);
        if (!before.empty() && !word.empty()) look_up(before + word, hints);
        before = of_name ? std::string{} : word;
        word.clear();
    };
    for (std::size_t i = 0; i < names.size() && i < 600; ++i) {
        const char c = names[i];
        const bool capital = c >= 'A' && c <= 'Z';
        if (small_letter(c)) {
            word += c;
        } else if (capital) {
            if (i > 0 && small_letter(names[i - 1])) end_word(false);
            word += static_cast<char>(c + 32);
        } else {
            end_word(c == ' ');
        }
    }
    end_word(true);
    return hints;
}

PhraseFound phrase_at(std::string_view folded) {
    if (folded.empty()) return {};
    for (const FoldedPhrase& phrase : phrases_beginning_with(folded.front())) {
        if (!folded.starts_with(phrase.words)) continue;
        // `shares fell` does not begin with `share`; scripts without spaces have no such end.
        const bool word_goes_on = static_cast<unsigned char>(phrase.words.back()) < 0xE0 &&
                                  !phrase.words.ends_with(':') &&
                                  is_letter_after(folded, phrase.words.size());
        if (!word_goes_on) return {phrase.phrase, phrase.words.size()};
    }
    return {};
}

std::string_view phrase_name(Phrase phrase) {
    switch (phrase) {
        case Phrase::none:
            return "none";
        case Phrase::read_also:
            return "read also";
        case Phrase::share:
            return "share";
        case Phrase::source:
            return "source";
        case Phrase::author:
            return "author";
        case Phrase::tags:
            return "tags";
        case Phrase::comments:
            return "comments";
        case Phrase::subscribe:
            return "subscribe";
        case Phrase::cookies:
            return "cookies";
        case Phrase::copyright:
            return "copyright";
        case Phrase::advertisement:
            return "advertisement";
        case Phrase::credit:
            return "picture credit";
        case Phrase::published:
            return "published";
        case Phrase::updated:
            return "updated";
        case Phrase::reading_time:
            return "reading time";
        case Phrase::print:
            return "print";
    }
    return "";
}

}  // namespace newswatch::article_page
