#include "match/regions.h"

#include <algorithm>

#include "base/format.h"
#include "match/phrase.h"
#include "text/fold.h"
#include "text/language.h"
#include "text/region_names.h"
#include "text/segment.h"
#include "text/word_keys.h"

namespace newswatch::match {
namespace {

constexpr std::string_view kEveryLanguage = "*";
constexpr std::uint32_t kLongestName = 16;  // words; what lies in a name begins within so many
constexpr std::size_t kCompoundName = 5;    // letters that a German name needs to open a compound
constexpr std::size_t kCompoundRest = 3;    // letters that must follow it

bool begins_with_capital(std::string_view text) {
    const text::Segmented words = text::segment(text, text::Addresses::words);
    return !words.words.empty() && (words.words.front().flags & text::kCapital) != 0;
}

/// `U.S.` for `US`; empty where the acronym has dots or more than one word.
std::string dotted(std::string_view acronym) {
    if (acronym.find_first_of(". -\"'") != std::string_view::npos) return {};
    const std::size_t letters = text::count_code_points(acronym);
    if (letters < 2 || letters > 4) return {};
    std::string result;
    for (std::string_view rest = acronym; !rest.empty();) {
        const std::string_view letter = text::first_letters(rest, 1);
        result += letter;
        result += '.';
        rest.remove_prefix(letter.size());
    }
    return result;
}

}  // namespace

Regions::Regions(const RegionForms& forms) {
    for (const auto& [group, members] : forms.groups)
        groups_.emplace(group, members);
    for (const RegionForm& form : forms.forms)
        add(form);
    for (const auto& [group, members] : forms.groups) {
        static_cast<void>(number(group));
        for (const std::string& member : members)
            static_cast<void>(number(member));
    }
    std::vector<KeyIndex::Entry> by_key;
    std::vector<KeyIndex::Entry> german;
    const std::size_t de = language_bit("de");
    for (std::uint32_t i = 0; i < forms_.size(); ++i) {
        const Form& form = forms_[i];
        const std::span<const PackedWord> words = terms_.words(form.term);
        for (const std::uint64_t key : terms_.keys(words.front()))
            by_key.emplace_back(key, i);
        const bool opens_compounds = form.kind == FormKind::name && form.languages[de] && words.size() == 1 &&
                                     text::count_code_points(first_word(form)) >= kCompoundName;
        if (opens_compounds) {
            german.emplace_back(text::word_key(text::KeyKind::form, first_word(form)), i);
        }
    }
    forms_by_key_ = KeyIndex{by_key};
    german_names_ = KeyIndex{german};
    terms_.seal();
    known_forms_.clear();
}

std::uint16_t Regions::number(const std::string& code) {
    const auto [found, is_new] = numbers_.try_emplace(code, static_cast<std::uint16_t>(codes_.size()));
    if (is_new) {
        codes_.push_back(code);
        names_.push_back(code.size() == 2 ? text::region_display_name(code, "en") : code);
    }
    return found->second;
}

std::size_t Regions::language_bit(std::string_view code) {
    const auto found = language_bits_.find(code);
    if (found != language_bits_.end()) return found->second;
    // More languages than bits: the last bit is shared, and their names count in each other's texts.
    const std::size_t bit = std::min(language_bits_.size(), kMostLanguages - 1);
    language_bits_.emplace(code, bit);
    return bit;
}

void Regions::add(const RegionForm& form) {
    const bool takes_article = form.kind == FormKind::demonym;
    add_words(text::read_name(form.form, takes_article), form);
    if (form.kind != FormKind::acronym) return;
    const std::string with_dots = dotted(form.form);
    if (!with_dots.empty()) add_words(text::read_name(with_dots, false), form);
}

void Regions::add_words(const text::TermWords& words, const RegionForm& form) {
    if (words.empty()) return;
    std::string identity = format("{}/{}", form.region, static_cast<int>(form.kind));
    for (const text::TermWord& word : words)
        identity += "/" + word.folded;
    const auto [found, is_new] =
        known_forms_.try_emplace(identity, static_cast<std::uint32_t>(forms_.size()));
    if (is_new) {
        Form compiled;
        compiled.region = form.kind == FormKind::other ? kNoRegion : number(form.region);
        compiled.kind = form.kind;
        const bool is_name = form.kind == FormKind::name || form.kind == FormKind::capital;
        compiled.needs_capital =
            is_name && text::has_case(words.front().script) && begins_with_capital(form.form);
        compiled.term = terms_.add(words, Comparison::folded);
        forms_.push_back(compiled);
    }
    forms_[found->second].languages.set(language_bit(form.language));
}

std::vector<std::uint16_t> Regions::numbers_of(std::string_view region_or_group) const {
    std::vector<std::uint16_t> result;
    const auto add_number = [&](const std::string& code) {
        const auto found = numbers_.find(code);
        if (found != numbers_.end()) result.push_back(found->second);
    };
    add_number(std::string{region_or_group});
    const auto group = groups_.find(region_or_group);
    if (group != groups_.end()) {
        for (const std::string& member : group->second)
            add_number(member);
    }
    std::ranges::sort(result);
    result.erase(std::unique(result.begin(), result.end()), result.end());
    return result;
}

Regions::Languages Regions::languages_of(const Analysed& article) const {
    Languages result;
    const auto set = [&](std::string_view code) {
        const auto found = language_bits_.find(code);
        if (found != language_bits_.end()) result.set(found->second);
    };
    set(kEveryLanguage);
    std::vector<text::Language> languages;
    for (const std::string& code : article.languages) {
        set(code);
        languages.push_back(text::language(code));
    }
    // A word in letters that these languages do not use is read in the usual language of its letters.
    for (unsigned script = 0; script <= static_cast<unsigned>(text::Script::other); ++script) {
        for (const text::Language language :
             text::word_languages(languages, static_cast<text::Script>(script))) {
            set(text::code_of(language));
        }
    }
    return result;
}

struct Regions::Search {
    const Regions& regions;
    const AnalysedField& field;
    std::uint32_t field_index;
    const Languages& languages;
    bool german;
    std::vector<Occurrence>& found;
    std::size_t before{0};  // how many were found at earlier words
    FormsOfWord forms{};

    void at(std::uint32_t first) {
        before = found.size();
        const AnalysedWord& word = field.words[first];
        for (std::uint32_t i = 0; i < word.key_count; ++i) {
            const std::uint64_t key = field.keys[word.first_key + i];
            const text::KeyKind kind = text::kind_of(key);
            if (kind == text::KeyKind::stem || kind == text::KeyKind::prefix) continue;
            regions.forms_by_key_.find(key, [&](std::uint32_t form) { try_form(first, form); });
        }
        if (german && found.size() == before) compound(first);
    }

    void try_form(std::uint32_t first, std::uint32_t number) {
        const Form& form = regions.forms_[number];
        if ((form.languages & languages).none() || !capitals_fit(first, form)) return;
        const auto last = phrase_at(field, first, regions.terms_, form.term, Comparison::folded, forms, 0);
        if (last) add(first, *last, form.region);
    }

    void add(std::uint32_t first, std::uint32_t last, std::uint16_t region) {
        const Occurrence occurrence{.field = field_index,
                                    .first = first,
                                    .last = last,
                                    .begin = field.words[first].begin,
                                    .end = field.words[last].end,
                                    .region = region};
        const auto here = found.begin() + static_cast<std::ptrdiff_t>(before);
        if (std::find(here, found.end(), occurrence) == found.end()) found.push_back(occurrence);
    }

    [[nodiscard]] bool capitals_fit(std::uint32_t first, const Form& form) const {
        const AnalysedWord& word = field.words[first];
        if (form.kind == FormKind::acronym) return is_all_capitals(word, form);
        if (!form.needs_capital || !field.has_capitals) return true;
        const bool whole = folded_word(field, word).starts_with(regions.first_word(form));
        return (word.flags & (whole ? text::kCapital : text::kCapitalPart)) != 0;
    }

    /// The part that is the acronym has no small letter: `ABD'nin`, not `us`.
    [[nodiscard]] bool is_all_capitals(const AnalysedWord& word, const Form& form) const {
        std::string exact = text::exact_form(written_word(field, word));
        const std::size_t apostrophe = exact.find('\'');
        if (apostrophe != std::string::npos) {
            const bool is_before =
                text::fold(exact.substr(0, apostrophe)).starts_with(regions.first_word(form));
            exact = is_before ? exact.substr(0, apostrophe) : exact.substr(apostrophe + 1);
        }
        return !text::has_small_letter(exact);
    }

    /// `Libyenkonferenz`: the longest German name that opens the word counts.
    void compound(std::uint32_t first) {
        const AnalysedWord& word = field.words[first];
        if (field.has_capitals && (word.flags & text::kCapital) == 0) return;
        const std::string_view folded = folded_word(field, word);
        const std::size_t letters = text::count_code_points(folded);
        constexpr std::size_t kLongest = 64;
        if (letters < kCompoundName + kCompoundRest || folded.size() > kLongest) return;
        for (std::size_t length = letters - kCompoundRest; length >= kCompoundName; --length) {
            const std::uint64_t key =
                text::word_key(text::KeyKind::form, text::first_letters(folded, length));
            regions.german_names_.find(
                key, [&](std::uint32_t form) { add(first, first, regions.forms_[form].region); });
            if (found.size() > before) return;
        }
    }
};

std::vector<Occurrence> Regions::find(const Analysed& article) const {
    const Languages languages = languages_of(article);
    const auto de = language_bits_.find("de");
    const bool german = de != language_bits_.end() && languages[de->second];
    std::vector<Occurrence> result;
    for (std::uint32_t index = 0; index < article.fields.size(); ++index) {
        std::vector<Occurrence> found;
        Search search{*this, article.fields[index], index, languages, german, found};
        for (std::uint32_t i = 0; i < article.fields[index].words.size(); ++i)
            search.at(i);
        // Longest wins. Found in order of their first word, so whatever can hold an occurrence begins at or
        // before it and, phrases being short, stands near it.
        for (std::size_t i = 0; i < found.size(); ++i) {
            const auto holds = [&](const Occurrence& other) {
                return found[i].lies_in(other) && other.end - other.begin > found[i].end - found[i].begin;
            };
            bool inside = false;
            for (std::size_t k = i; k-- > 0 && found[i].first - found[k].first < kLongestName;) {
                inside = inside || holds(found[k]);
            }
            for (std::size_t k = i + 1; k < found.size() && found[k].first == found[i].first; ++k) {
                inside = inside || holds(found[k]);
            }
            if (!inside && found[i].region != kNoRegion) result.push_back(found[i]);
        }
    }
    return result;
}

std::shared_ptr<const Regions> compile_regions(const RegionForms& forms) {
    return std::make_shared<const Regions>(forms);
}

}  // namespace newswatch::match
