#include "match/phrase.h"

#include <algorithm>
#include <span>

#include "text/fold.h"
#include "text/segment.h"
#include "text/word_keys.h"

namespace newswatch::match {
namespace {

std::span<const std::uint64_t> keys_of(const AnalysedField& field, const AnalysedWord& word) {
    return std::span{field.keys}.subspan(word.first_key, word.key_count);
}

bool shares_key(const AnalysedField& field, const AnalysedWord& word, const text::TermWord& term) {
    return std::ranges::any_of(keys_of(field, word), [&](std::uint64_t key) {
        return std::ranges::find(term.keys, key) != term.keys.end();
    });
}

/// Prefix keys hold three, five or eight letters; a prefix of another length is compared letter by letter
/// with the word, its parts and what is left without clitics.
bool begins_with(const AnalysedField& field, const AnalysedWord& word, const text::TermWord& term) {
    if (!shares_key(field, word, term)) return false;
    const std::string_view folded = folded_word(field, word);
    if (folded.starts_with(term.folded)) return true;
    const auto forms = text::word_forms(folded, text::languages_of(term.script));
    return std::ranges::any_of(
        forms, [&](const text::Remainder& form) { return form.form.starts_with(term.folded); });
}

bool is_exactly(const AnalysedField& field, const AnalysedWord& word, const text::TermWord& term) {
    std::string exact = text::exact_form(written_word(field, word));
    while (exact.ends_with('.'))
        exact.pop_back();
    if (exact == term.written) return true;
    if ((word.flags & text::kApostrophe) == 0) return false;
    const std::size_t apostrophe = exact.find('\'');
    if (apostrophe == std::string::npos) return false;
    const std::string_view whole{exact};
    return whole.substr(0, apostrophe) == term.written || whole.substr(apostrophe + 1) == term.written;
}

/// The letters of `run` from word `first` on, whole words of the text only. The index of the last one.
std::optional<std::uint32_t> run_at(const AnalysedField& field, std::uint32_t first,
                                    const text::TermWord& run, Comparison comparison) {
    std::string_view rest = comparison == Comparison::exact ? run.written : run.folded;
    for (std::uint32_t i = first; i < field.words.size(); ++i) {
        const AnalysedWord& word = field.words[i];
        if ((word.flags & text::kDictionary) == 0) return std::nullopt;
        if (i > first && (word.flags & text::kJoined) == 0) return std::nullopt;
        const std::string exact =
            comparison == Comparison::exact ? text::exact_form(written_word(field, word)) : std::string{};
        const std::string_view letters =
            comparison == Comparison::exact ? std::string_view{exact} : folded_word(field, word);
        if (run.prefix && letters.starts_with(rest)) return i;
        if (letters.empty() || !rest.starts_with(letters)) return std::nullopt;
        rest.remove_prefix(letters.size());
        if (rest.empty()) return i;
    }
    return std::nullopt;
}

/// Two words of one sentence; or the full stop between them is the term's own (`St. Louis`).
bool in_one_sentence(const AnalysedWord& before, const AnalysedWord& after,
                     const text::TermWord& term_before) {
    if (before.sentence == after.sentence) return true;
    return term_before.stop && (before.flags & text::kStop) != 0 && before.paragraph == after.paragraph &&
           after.sentence == before.sentence + 1;
}

}  // namespace

std::optional<std::uint32_t> phrase_at(const AnalysedField& field, std::uint32_t first,
                                       const text::TermWords& term, Comparison comparison) {
    std::uint32_t at = first;
    for (std::size_t i = 0; i < term.size(); ++i) {
        if (at >= field.words.size()) return std::nullopt;
        const AnalysedWord& word = field.words[at];
        if (i > 0 && !in_one_sentence(field.words[at - 1], word, term[i - 1])) return std::nullopt;
        if (term[i].run) {
            const auto last = run_at(field, at, term[i], comparison);
            if (!last) return std::nullopt;
            at = *last + 1;
            continue;
        }
        const bool meets = comparison == Comparison::exact ? is_exactly(field, word, term[i])
                           : term[i].prefix                ? begins_with(field, word, term[i])
                                                           : shares_key(field, word, term[i]);
        if (!meets) return std::nullopt;
        ++at;
    }
    return at - 1;
}

}  // namespace newswatch::match
