#include "text/term.h"

#include <algorithm>

#include "text/clitics.h"
#include "text/fold.h"
#include "text/segment.h"
#include "text/stem.h"
#include "text/word_keys.h"

namespace newswatch::text {
namespace {

constexpr std::string_view kHalfSpace = "\u200C";
constexpr std::string_view kPersianAnd = "\u0648";

enum class Inflection : std::uint8_t { inflects, exact, name };

void add(std::vector<std::uint64_t>& keys, std::uint64_t key) {
    if (std::ranges::find(keys, key) == keys.end()) keys.push_back(key);
}

void add_forms(std::vector<std::uint64_t>& keys, std::string_view form, bool with_article) {
    add(keys, word_key(KeyKind::form, form));
    add(keys, word_key(KeyKind::bare, form));
    if (with_article) add(keys, word_key(KeyKind::article, form));
}

void add_inflections(TermWord& word, std::span<const Language> languages) {
    const std::string accented = fold_keeping_accents(word.written);
    std::vector<std::string> stems;
    for (const Language language : languages) {
        stems.clear();
        append_stems(language, accented, word.folded, stems);
        const std::string_view rest = without_article(language, word.folded);
        if (!rest.empty()) {
            add_forms(word.keys, rest, true);
            append_stems(language, rest, rest, stems);
        }
        for (const std::string& stem : stems)
            add(word.keys, word_key(KeyKind::stem, stem, language));
    }
}

void add_keys(TermWord& word, Inflection inflection, bool takes_article,
              std::span<const Language> languages) {
    if (word.run) {
        const std::size_t letters = std::min<std::size_t>(3, count_code_points(word.folded));
        word.keys.push_back(word_key(KeyKind::run, first_letters(word.folded, letters)));
        return;
    }
    if (word.prefix) {
        const std::size_t letters = prefix_key_length(count_code_points(word.folded));
        if (letters > 0) word.keys.push_back(word_key(KeyKind::prefix, first_letters(word.folded, letters)));
        return;
    }
    if (inflection == Inflection::exact) {
        word.keys.push_back(word_key(KeyKind::form, word.folded));
        return;
    }
    add_forms(word.keys, word.folded, takes_article);
    if (inflection != Inflection::inflects) return;
    if (languages.empty()) {
        add_inflections(word, languages_of(word.script));
        return;
    }
    // A word in letters that the language does not use inflects by the usual language of those letters.
    add_inflections(word, word_languages(languages, word.script));
}

TermWords read_words(std::string_view term, Inflection inflection, bool takes_article,
                     std::span<const Language> languages) {
    const Segmented segmented = segment(term, Addresses::words);
    TermWords words;
    for (const Word& word : segmented.words) {
        const std::string_view written = term.substr(word.begin, word.end - word.begin);
        const bool run = (word.flags & kDictionary) != 0;
        const bool joined = (word.flags & kJoined) != 0;
        if (run && joined && !words.empty() && words.back().run) {
            words.back().written += written;
        } else {
            words.push_back(TermWord{.written = std::string{written}, .script = word.script, .run = run});
        }
        words.back().prefix = (word.flags & kStar) != 0 && inflection == Inflection::inflects;
        words.back().stop = (word.flags & kStop) != 0;
    }
    for (TermWord& word : words) {
        word.folded = fold(word.written);
        while (word.folded.ends_with('.'))
            word.folded.pop_back();
        add_keys(word, inflection, takes_article, languages);
    }
    return words;
}

std::string replaced(std::string_view text, std::string_view what, std::string_view with) {
    std::string result{text};
    for (std::size_t at = result.find(what); at != std::string::npos;
         at = result.find(what, at + with.size())) {
        result.replace(at, what.size(), with);
    }
    return result;
}

bool is_persian(Script script, std::span<const Language> languages) {
    return script == Script::arabic &&
           (languages.empty() || std::ranges::find(languages, language("fa")) != languages.end());
}

/// A half-space of the term may be a space in the text. Persian writers choose freely between a space, a
/// half-space and nothing, also around the "and" of a pair: a term that is written one way means the others.
std::vector<std::string> other_spellings(std::string_view term, bool persian) {
    std::vector<std::string> others;
    const bool half_spaces = term.find(kHalfSpace) != std::string_view::npos;
    if (half_spaces) others.push_back(replaced(term, kHalfSpace, " "));
    if (!persian) return others;
    if (half_spaces) {
        const std::string half_space{kHalfSpace};
        const std::string bound = half_space + std::string{kPersianAnd};
        const std::string apart = " " + std::string{kPersianAnd} + " ";
        const std::string pair = replaced(replaced(term, bound + half_space, bound), bound, apart);
        others.push_back(replaced(pair, kHalfSpace, " "));
    }
    constexpr std::size_t kMostSpaces = 2;  // a longer phrase is never written as one word
    const auto spaces = static_cast<std::size_t>(std::ranges::count(term, ' '));
    if (spaces > 0 && spaces <= kMostSpaces && term.find('*') == std::string_view::npos)
        others.push_back(replaced(term, " ", ""));
    return others;
}

bool has(const std::vector<TermWords>& spellings, const TermWords& words) {
    return std::ranges::any_of(spellings, [&](const TermWords& known) {
        return std::ranges::equal(known, words, {}, &TermWord::folded, &TermWord::folded);
    });
}

}  // namespace

std::vector<TermWords> read_term(std::string_view term, std::span<const Language> languages) {
    std::vector<TermWords> spellings;
    TermWords words = read_words(term, Inflection::inflects, true, languages);
    if (words.empty()) return spellings;
    const bool persian = is_persian(words.front().script, languages);
    spellings.push_back(std::move(words));
    for (const std::string& spelling : other_spellings(term, persian)) {
        words = read_words(spelling, Inflection::inflects, true, languages);
        if (!words.empty() && !has(spellings, words)) spellings.push_back(std::move(words));
    }
    return spellings;
}

TermWords read_exact_term(std::string_view term) {
    return read_words(term, Inflection::exact, false, {});
}

TermWords read_name(std::string_view name, bool takes_article) {
    return read_words(name, Inflection::name, takes_article, {});
}

}  // namespace newswatch::text
