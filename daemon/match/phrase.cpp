#include "match/phrase.h"

#include <algorithm>
#include <span>

#include "text/fold.h"
#include "text/segment.h"
#include "text/word_keys.h"

namespace newswatch::match {
namespace {

bool shares_key(const AnalysedField& field, const AnalysedWord& word, std::span<const std::uint64_t> wanted) {
    const std::span keys = std::span{field.keys}.subspan(word.first_key, word.key_count);
    return std::ranges::any_of(
        keys, [&](std::uint64_t key) { return std::ranges::find(wanted, key) != wanted.end(); });
}

/// Prefix keys hold three, five or eight letters; a prefix of another length is compared letter by letter
/// with the word, its parts and what is left without clitics.
bool begins_with(const AnalysedField& field, const AnalysedWord& word, std::string_view prefix,
                 text::Script script, FormsOfWord& forms) {
    const std::string_view folded = folded_word(field, word);
    if (folded.starts_with(prefix)) return true;
    const bool has_clitics =
        script == text::Script::arabic || script == text::Script::hebrew || script == text::Script::hangul;
    if (!has_clitics && (word.flags & text::kApostrophe) == 0) return false;
    return std::ranges::any_of(forms.of(field, word, script),
                               [&](const text::Remainder& form) { return form.form.starts_with(prefix); });
}

bool is_exactly(const AnalysedField& field, const AnalysedWord& word, std::string_view wanted) {
    std::string exact = text::exact_form(written_word(field, word));
    while (exact.ends_with('.'))
        exact.pop_back();
    if (exact == wanted) return true;
    if ((word.flags & text::kApostrophe) == 0) return false;
    const std::size_t apostrophe = exact.find('\'');
    if (apostrophe == std::string::npos) return false;
    const std::string_view whole{exact};
    return whole.substr(0, apostrophe) == wanted || whole.substr(apostrophe + 1) == wanted;
}

/// The letters of `run` from word `first` on, whole words of the text only. The index of the last one.
std::optional<std::uint32_t> run_at(const AnalysedField& field, std::uint32_t first, std::string_view run,
                                    bool prefix, Comparison comparison) {
    std::string_view rest = run;
    for (std::uint32_t i = first; i < field.words.size(); ++i) {
        const AnalysedWord& word = field.words[i];
        if ((word.flags & text::kDictionary) == 0) return std::nullopt;
        if (i > first && (word.flags & text::kJoined) == 0) return std::nullopt;
        const std::string exact =
            comparison == Comparison::exact ? text::exact_form(written_word(field, word)) : std::string{};
        const std::string_view letters =
            comparison == Comparison::exact ? std::string_view{exact} : folded_word(field, word);
        if (prefix && letters.starts_with(rest)) return i;
        if (letters.empty() || !rest.starts_with(letters)) return std::nullopt;
        rest.remove_prefix(letters.size());
        if (rest.empty()) return i;
    }
    return std::nullopt;
}

/// Two words of one sentence; or the full stop between them is the term's own (`St. Louis`).
bool in_one_sentence(const AnalysedWord& before, const AnalysedWord& after, bool stop_in_term) {
    if (before.sentence == after.sentence) return true;
    return stop_in_term && (before.flags & text::kStop) != 0 && before.paragraph == after.paragraph &&
           after.sentence == before.sentence + 1;
}

}  // namespace

const std::vector<text::Remainder>& FormsOfWord::of(const AnalysedField& field, const AnalysedWord& word,
                                                    text::Script script) {
    if (word_ != &word || script_ != script) {
        forms_ = text::word_forms(folded_word(field, word), text::languages_of(script));
        word_ = &word;
        script_ = script;
    }
    return forms_;
}

std::optional<std::uint32_t> phrase_at(const AnalysedField& field, std::uint32_t first,
                                       const PackedTerms& terms, std::uint32_t term, Comparison comparison,
                                       FormsOfWord& forms, std::uint32_t known) {
    const std::span<const PackedWord> words = terms.words(term);
    std::uint32_t at = first;
    for (std::uint32_t i = 0; i < words.size(); ++i) {
        if (at >= field.words.size()) return std::nullopt;
        const AnalysedWord& word = field.words[at];
        const PackedWord& wanted = words[i];
        if (i > 0 && !in_one_sentence(field.words[at - 1], word, words[i - 1].stop)) return std::nullopt;
        if (wanted.run) {
            const auto last = run_at(field, at, terms.text(wanted), wanted.prefix, comparison);
            if (!last) return std::nullopt;
            at = *last + 1;
            continue;
        }
        if (comparison == Comparison::exact) {
            if (!is_exactly(field, word, terms.text(wanted))) return std::nullopt;
        } else {
            if (i != known && !shares_key(field, word, terms.keys(wanted))) return std::nullopt;
            if (wanted.prefix && !begins_with(field, word, terms.text(wanted), wanted.script, forms))
                return std::nullopt;
        }
        ++at;
    }
    return at - 1;
}

}  // namespace newswatch::match
