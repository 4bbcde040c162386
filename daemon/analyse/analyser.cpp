#include "analyse/analyser.h"

#include <algorithm>
#include <limits>

#include "text/language.h"
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
                append(words_[i]);
                ++i;
            }
        }
    }

  private:
    AnalysedWord& append(const text::Word& word) {
        const auto first_key = static_cast<std::uint32_t>(field_.keys.size());
        const auto folded_begin = static_cast<std::uint32_t>(field_.folded.size());
        analyser_.append(field_.text, word, field_.folded, field_.keys);
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
            append(words_[end++]);
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
    const std::vector<text::Word>& words_;
    AnalysedField& field_;
};

class ArticleAnalysis {
  public:
    ArticleAnalysis(const Article& article, std::string_view feed_language)
        : article_{article}, languages_{given_languages(article, feed_language)} {
        const bool given = !languages_.empty();
        const std::string& longest =
            article.content.size() >= article.summary.size() ? article.content : article.summary;
        std::vector<Language> hints = languages_;
        add(hints, text::detect_language(longest));
        // Without a word from the publisher, words are tried in every plausible language: a detection may
        // be wrong, and must not hide a match.
        if (given) languages_ = hints;
        hints_ = std::move(hints);
    }

    Analysed run() {
        text::WordAnalyser analyser{languages_};
        field(analyser, FieldName::title, 0, article_.title);
        field(analyser, FieldName::summary, 0, article_.summary);
        field(analyser, FieldName::content, 0, article_.content);
        mark_lead();
        for (std::size_t i = 0; i < article_.authors.size(); ++i) {
            field(analyser, FieldName::author, i, article_.authors[i].name);
        }
        field(analyser, FieldName::link, 0, article_.url);
        for (std::size_t i = 0; i < article_.categories.size(); ++i) {
            field(analyser, FieldName::category, i, article_.categories[i]);
        }
        if (hints_.empty()) hints_ = plausible_languages();
        for (const Language language : hints_)
            result_.languages.push_back(text::code_of(language));
        return std::move(result_);
    }

  private:
    void field(text::WordAnalyser& analyser, FieldName name, std::size_t index, std::string_view value) {
        if (value.empty()) return;
        const auto addresses = name == FieldName::link ? text::Addresses::words : text::Addresses::dead;
        const text::Segmented segmented = text::segment(value, addresses);
        AnalysedField& added = result_.fields.emplace_back();
        added.name = name;
        added.index = static_cast<std::uint32_t>(index);
        added.text = value;
        FieldAnalysis{analyser, segmented, added}.run();
        if (name == FieldName::link) return;
        for (const text::Word& word : segmented.words)
            scripts_ |= 1U << static_cast<unsigned>(word.script);
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

    [[nodiscard]] std::vector<Language> plausible_languages() const {
        std::vector<Language> languages;
        for (unsigned script = 0; script <= static_cast<unsigned>(text::Script::other); ++script) {
            if ((scripts_ & (1U << script)) == 0) continue;
            for (const Language language : text::languages_of(static_cast<text::Script>(script))) {
                add(languages, language);
            }
        }
        return languages;
    }

    const Article& article_;
    std::vector<Language> languages_;  // by which words are analysed
    std::vector<Language> hints_{};    // what `languages` and `terms` of a watchlist look at
    std::uint32_t scripts_{0};         // a bit for each text::Script that was seen
    Analysed result_{};
};

}  // namespace

Analysed analyse(const Article& article, std::string_view feed_language) {
    return ArticleAnalysis{article, feed_language}.run();
}

}  // namespace newswatch::analyse
