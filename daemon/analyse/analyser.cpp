#include "analyse/analyser.h"

#include <algorithm>
#include <limits>
#include <span>

#include "text/language.h"
#include "text/language_signs.h"
#include "text/segment.h"
#include "text/word_keys.h"

namespace newswatch::analyse {
namespace {

using text::Language;

constexpr std::size_t kMostKeys = std::numeric_limits<std::uint16_t>::max();

void add(std::vector<Language>& languages, Language language) {
    if (language.known() && std::ranges::find(languages, language) == languages.end()) {
        languages.push_back(language);
    }
}

std::vector<Language> given_languages(const Article& article, std::string_view feed_language) {
    std::vector<Language> languages;
    add(languages, text::language_of_tag(article.language));
    add(languages, text::language_of_tag(feed_language));
    return languages;
}

/// The words of one field with their keys.
class FieldAnalysis {
  public:
    FieldAnalysis(text::WordAnalyser& analyser, const text::Segmented& segmented, AnalysedField& field)
        : analyser_{analyser}, words_{segmented.words}, field_{field} {
        field_.has_capitals = segmented.has_capitals;
        field_.words.reserve(words_.size());
        field_.keys.reserve(words_.size() * 5);
        field_.folded.reserve(field_.text.size());
    }

    void run() {
        for (std::size_t i = 0; i < words_.size();) {
            if ((words_[i].flags & text::kDictionary) != 0) {
                i = dictionary_run(i);
            } else {
                append(i++);
            }
        }
    }

  private:
    AnalysedWord& append(std::size_t index) {
        if (index >= block_end_) {
            block_begin_ = index;
            block_end_ = std::min(index + text::WordAnalyser::kBlock, words_.size());
            analyser_.look_ahead(field_.text, words_.subspan(index, block_end_ - index), hashes_);
        }
        const text::Word& word = words_[index];
        const auto first_key = static_cast<std::uint32_t>(field_.keys.size());
        const auto folded_begin = static_cast<std::uint32_t>(field_.folded.size());
        analyser_.append(field_.text, word, hashes_[index - block_begin_], field_.folded, field_.keys);
        const std::size_t keys = std::min(field_.keys.size() - first_key, kMostKeys);
        return field_.words.emplace_back(
            AnalysedWord{.begin = word.begin,
                         .end = word.end,
                         .position = static_cast<std::uint32_t>(field_.words.size()),
                         .sentence = word.sentence,
                         .paragraph = word.paragraph,
                         .first_key = first_key,
                         .key_count = static_cast<std::uint16_t>(keys),
                         .flags = word.flags,
                         .folded_begin = folded_begin,
                         .folded_size = static_cast<std::uint32_t>(field_.folded.size() - folded_begin)});
    }

    /// Words that are written together: a term may begin at any of them and end at any other, so the keys of
    /// each are made of the letters that follow. Returns the index behind the run.
    std::size_t dictionary_run(std::size_t first) {
        std::size_t end = first;
        do {
            append(end++);
        } while (end < words_.size() && (words_[end].flags & text::kJoined) != 0);
        const std::string_view folded{field_.folded};
        for (std::size_t i = first; i < end; ++i) {
            AnalysedWord& word = field_.words[i];
            word.first_key = static_cast<std::uint32_t>(field_.keys.size());
            text::append_run_keys(folded.substr(word.folded_begin), field_.keys);
            word.key_count = static_cast<std::uint16_t>(field_.keys.size() - word.first_key);
        }
        return end;
    }

    text::WordAnalyser& analyser_;
    std::span<const text::Word> words_;
    AnalysedField& field_;
    text::WordAnalyser::Hashes hashes_{};  // of the words from block_begin_ to block_end_
    std::size_t block_begin_{0};
    std::size_t block_end_{0};
};

class ArticleAnalysis {
  public:
    ArticleAnalysis(const Article& article, std::string_view feed_language)
        : article_{article}, languages_{given_languages(article, feed_language)} {}

    Analysed run() {
        field(FieldName::title, 0, article_.title);
        field(FieldName::summary, 0, article_.summary);
        field(FieldName::content, 0, article_.content);
        mark_lead();
        for (std::size_t i = 0; i < article_.authors.size(); ++i) {
            field(FieldName::author, i, article_.authors[i].name);
        }
        field(FieldName::link, 0, article_.url);
        for (std::size_t i = 0; i < article_.categories.size(); ++i) {
            field(FieldName::category, i, article_.categories[i]);
        }
        decide_languages();
        text::WordAnalyser analyser{languages_};
        for (std::size_t i = 0; i < segmented_.size(); ++i)
            FieldAnalysis{analyser, segmented_[i], result_.fields[i]}.run();
        return std::move(result_);
    }

  private:
    void field(FieldName name, std::size_t index, std::string_view value) {
        if (value.empty()) return;
        const auto addresses = name == FieldName::link ? text::Addresses::words : text::Addresses::dead;
        segmented_.push_back(text::segment(value, addresses));
        AnalysedField& added = result_.fields.emplace_back();
        added.name = name;
        added.index = static_cast<std::uint32_t>(index);
        added.text = value;
    }

    /// By which languages words are analysed (`languages_`), and which ones the article is said to be in
    /// (`languages` of the result). A detection is only ever one more: it may be wrong, and must not hide a
    /// match.
    void decide_languages() {
        std::vector<Language> hints = languages_;
        if (languages_.empty()) {
            languages_ = plausible_languages();
            add(hints, text::detect_language(longest()));
            if (hints.empty()) hints = languages_of_scripts();
        } else if (!text_speaks_for_given_language()) {
            add(languages_, text::detect_language(longest()));
            hints = languages_;
        }
        for (const Language language : hints)
            result_.languages.push_back(text::code_of(language));
    }

    [[nodiscard]] std::string_view longest() const {
        return article_.content.size() >= article_.summary.size() ? article_.content : article_.summary;
    }

    /// Then a detection, which costs as much as all the rest, has nothing to add.
    [[nodiscard]] bool text_speaks_for_given_language() const {
        constexpr std::size_t kSample = 80;  // words
        for (std::size_t i = 0; i < segmented_.size(); ++i) {
            if (result_.fields[i].text.data() != longest().data()) continue;
            const std::span<const text::Word> words{segmented_[i].words};
            text::LanguageSigns signs;
            signs.add(longest(), words.first(std::min(kSample, words.size())));
            return std::ranges::any_of(languages_,
                                       [&](Language language) { return signs.speak_for(language); });
        }
        return true;  // no text
    }

    /// Of every script that the article uses.
    [[nodiscard]] std::vector<Language> plausible_languages() const {
        text::LanguageSigns signs;
        for (std::size_t i = 0; i < segmented_.size(); ++i)
            signs.add(result_.fields[i].text, segmented_[i].words);
        std::vector<Language> languages;
        for (unsigned script = 0; script < text::kScripts; ++script) {
            for (const Language language : signs.plausible(static_cast<text::Script>(script)))
                add(languages, language);
        }
        return languages;
    }

    /// The lead is the summary, else the first paragraph of the content.
    void mark_lead() {
        for (AnalysedField& candidate : result_.fields) {
            if (candidate.name == FieldName::summary) {
                candidate.lead = true;
            } else if (candidate.name == FieldName::content && article_.summary.empty()) {
                const std::size_t line_end = candidate.text.find('\n');
                candidate.lead_end = static_cast<std::uint32_t>(std::min(line_end, candidate.text.size()));
            }
        }
    }

    /// Of the scripts of all fields but the link, which is in Latin letters whatever the language.
    [[nodiscard]] std::vector<Language> languages_of_scripts() const {
        std::uint32_t scripts = 0;  // a bit for each text::Script
        for (std::size_t i = 0; i < segmented_.size(); ++i) {
            if (result_.fields[i].name == FieldName::link) continue;
            for (const text::Word& word : segmented_[i].words)
                scripts |= 1U << static_cast<unsigned>(word.script);
        }
        std::vector<Language> languages;
        for (unsigned script = 0; script < text::kScripts; ++script) {
            if ((scripts & (1U << script)) == 0) continue;
            for (const Language language : text::languages_of(static_cast<text::Script>(script))) {
                add(languages, language);
            }
        }
        return languages;
    }

    const Article& article_;
    std::vector<Language> languages_;
    std::vector<text::Segmented> segmented_{};  // of each field of the result
    Analysed result_{};
};

}  // namespace

Analysed analyse(const Article& article, std::string_view feed_language) {
    return ArticleAnalysis{article, feed_language}.run();
}

}  // namespace newswatch::analyse
