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

}  // namespace

std::vector<TermWords> read_term(std::string_view term, std::span<const Language> languages) {
    std::vector<TermWords> spellings;
    TermWords words = read_words(term, Inflection::inflects, true, languages);
    if (words.empty()) return spellings;
    spellings.push_back(std::move(words));
    if (term.find(kHalfSpace) == std::string_view::npos) return spellings;
    std::string spaced{term};
    for (std::size_t at = spaced.find(kHalfSpace); at != std::string::npos;
         at = spaced.find(kHalfSpace, at)) {
        spaced.replace(at, kHalfSpace.size(), " ");
    }
    TermWords apart = read_words(spaced, Inflection::inflects, true, languages);
    if (apart.size() != spellings.front().size()) spellings.push_back(std::move(apart));
    return spellings;
}

TermWords read_exact_term(std::string_view term) {
    return read_words(term, Inflection::exact, false, {});
}

TermWords read_name(std::string_view name, bool takes_article) {
    return read_words(name, Inflection::name, takes_article, {});
}

}  // namespace newswatch::text
