#include "analyse/analyser.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "text/term.h"
#include "text/word_keys.h"

namespace newswatch::analyse {
namespace {

const AnalysedField* find(const Analysed& analysed, FieldName name, std::uint32_t index = 0) {
    const auto found = std::ranges::find_if(analysed.fields, [&](const AnalysedField& field) {
        return field.name == name && field.index == index;
    });
    return found == analysed.fields.end() ? nullptr : &*found;
}

Article in_language(std::string language) {
    Article article;
    article.language = std::move(language);
    return article;
}

TEST(Analyse, every_field_that_holds_text_is_analysed) {
    Article article;
    article.title = "Harbour reopens";
    article.content = "Ships return.";
    article.url = "https://news.example/harbour";
    article.authors = {{.name = "Ada Stone"}, {.name = "Ben Field"}};
    article.categories = {"Trade", "Sea"};
    const Analysed analysed = analyse(article);
    EXPECT_EQ(analysed.fields.size(), 7U);
    EXPECT_EQ(find(analysed, FieldName::summary), nullptr);
    ASSERT_NE(find(analysed, FieldName::author, 1), nullptr);
    EXPECT_EQ(find(analysed, FieldName::category, 1)->text, "Sea");
    EXPECT_EQ(find(analysed, FieldName::link)->words.size(), 4U);
}

TEST(Analyse, words_know_where_they_stand) {
    Article article = in_language("ru");
    article.content = "Наш порт. Открыт\nснова";
    const Analysed analysed = analyse(article);
    const AnalysedField& field = analysed.fields.at(0);
    ASSERT_EQ(field.words.size(), 4U);
    const AnalysedWord& third = field.words[2];
    EXPECT_EQ(field.text.substr(third.begin, third.end - third.begin), "Открыт");
    EXPECT_EQ(third.position, 2U);
    EXPECT_EQ(third.sentence, 1U);
    EXPECT_EQ(third.paragraph, 0U);
    EXPECT_EQ(field.words[3].paragraph, 1U);
    EXPECT_EQ(field.folded.substr(third.folded_begin, third.folded_size), "открыт");
}

TEST(Analyse, the_lead_is_the_summary) {
    Article article;
    article.summary = "In short.";
    article.content = "At length.\nAnd more.";
    const Analysed analysed = analyse(article);
    EXPECT_TRUE(find(analysed, FieldName::summary)->lead);
    EXPECT_EQ(find(analysed, FieldName::content)->lead_end, 0U);
}

TEST(Analyse, without_a_summary_the_lead_is_the_first_paragraph) {
    Article article;
    article.content = "At length.\nAnd more.";
    EXPECT_EQ(analyse(article).fields.at(0).lead_end, 10U);
}

TEST(Analyse, the_languages_are_those_that_the_article_and_the_feed_name) {
    Article article = in_language("fr-CA");
    article.title = "Salut";
    EXPECT_EQ(analyse(article, "en").languages, (std::vector<std::string>{"fr", "en"}));
}

TEST(Analyse, without_a_named_language_the_script_tells) {
    Article article;
    article.title = "Λιμάνι";
    EXPECT_EQ(analyse(article).languages, std::vector<std::string>{"el"});
    article.title = "ميناء";
    EXPECT_EQ(analyse(article).languages, (std::vector<std::string>{"ar", "fa", "ur"}));
}

TEST(Analyse, a_confident_detection_is_a_further_hint) {
    std::string text;
    for (int i = 0; i < 4; ++i) {
        text +=
            "Le port restera fermé pendant deux jours après la tempête, a annoncé la ville dans la soirée. ";
    }
    Article article;
    article.content = std::move(text);
    const Analysed analysed = analyse(article, "en");
    EXPECT_EQ(analysed.languages, (std::vector<std::string>{"en", "fr"}));
}

TEST(Analyse, a_detection_beside_the_named_language_hides_nothing) {
    Article article = in_language("fr");
    for (int i = 0; i < 4; ++i) {
        article.content +=
            "The harbour will stay closed for two days after the storm, and it was not said when the ferry "
            "to the island is to sail. ";
    }
    article.title = "frontières";
    const Analysed analysed = analyse(article);
    EXPECT_EQ(analysed.languages, (std::vector<std::string>{"fr", "en"}));
    const AnalysedField& title = analysed.fields.at(0);
    const std::array french{text::language("fr")};
    const text::TermWord term = text::read_term("frontière", french).front().front();
    EXPECT_NE(std::ranges::find_first_of(title.keys, term.keys), title.keys.end());
}

TEST(Analyse, prose_in_the_named_language_has_no_further_hint) {
    Article article = in_language("en");
    for (int i = 0; i < 4; ++i) {
        article.content +=
            "The harbour will stay closed for two days after the storm, and it was not said when the ferry "
            "to the island is to sail. ";
    }
    EXPECT_EQ(analyse(article).languages, std::vector<std::string>{"en"});
}

TEST(Analyse, a_word_without_a_named_language_finds_its_inflections_in_the_language_of_the_text) {
    Article article;
    for (int i = 0; i < 8; ++i)
        article.content += "Die Brücken an der Küste sind nach dem Sturm noch nicht wieder auf. ";
    const Analysed analysed = analyse(article);
    const AnalysedField& field = analysed.fields.at(0);
    const std::uint64_t stem = text::word_key(text::KeyKind::stem, "bruck", text::language("de"));
    const auto begin = field.keys.begin() + field.words[1].first_key;
    EXPECT_NE(std::find(begin, begin + field.words[1].key_count, stem), begin + field.words[1].key_count);
}

TEST(Analyse, an_address_takes_a_position_and_has_no_keys) {
    Article article;
    article.content = "at https://a.example/x now";
    const Analysed analysed = analyse(article);
    ASSERT_EQ(analysed.fields.at(0).words.size(), 3U);
    EXPECT_EQ(analysed.fields[0].words[1].key_count, 0U);
}

TEST(Analyse, words_without_spaces_have_keys_of_the_letters_that_follow) {
    Article article = in_language("ja");
    article.content = "東京都";
    const Analysed analysed = analyse(article);
    const AnalysedField& field = analysed.fields.at(0);
    ASSERT_EQ(field.words.size(), 2U);
    const auto begin = field.keys.begin() + field.words[0].first_key;
    const std::uint64_t three = text::word_key(text::KeyKind::run, "東京都");
    EXPECT_NE(std::find(begin, begin + field.words[0].key_count, three), begin + field.words[0].key_count);
}

/// A million bytes of one piece give work in proportion: so many words, and so many keys for each.
void expect_bounded(const std::string& piece, const std::string& language) {
    constexpr std::size_t kBytes = 1'000'000;
    constexpr std::size_t kMostKeys = 60;  // of a word in every language of its script
    Article article = in_language(language);
    while (article.content.size() < kBytes)
        article.content += piece;
    const Analysed analysed = analyse(article);
    const AnalysedField& field = analysed.fields.at(0);
    EXPECT_LE(field.words.size(), kBytes) << piece;
    EXPECT_LE(field.keys.size(), field.words.size() * kMostKeys) << piece;
    EXPECT_LE(field.folded.size(), 2 * kBytes) << piece;
}

TEST(Analyse, hostile_texts_give_work_in_proportion) {
    for (const char* language : {"", "tr", "ar"}) {
        expect_bounded("a", language);
        expect_bounded("\u0301\u0323", language);
        expect_bounded("и\u0306\u0323", language);
        expect_bounded("\u202E\u2067", language);
        expect_bounded("وال", language);
        expect_bounded("وال ", language);
        expect_bounded("x'", language);
        expect_bounded("ß ", language);
        expect_bounded("한들에게서 ", language);
        expect_bounded("漢", language);
        expect_bounded("\xFF\xE2", language);
    }
}

TEST(Analyse, an_article_is_analysed_alike_whatever_came_before_it) {
    Article article = in_language("fr");
    article.content = "L’Égypte négocie avec les négociateurs égyptiens.";
    const Analysed first = analyse(article);
    for (int i = 0; i < 50'000; i += 10) {  // more words than are remembered
        Article other = in_language("fr");
        for (int k = i; k < i + 10; ++k)
            other.content += "mot" + std::to_string(k) + " ";
        static_cast<void>(analyse(other));
    }
    const Analysed second = analyse(article);
    EXPECT_EQ(first.fields.at(0).keys, second.fields.at(0).keys);
    EXPECT_EQ(first.fields.at(0).folded, second.fields.at(0).folded);
}

TEST(Analyse, broken_bytes_do_no_harm) {
    Article article;
    article.title = "a\xFF\xC0 b\xE2\x80";
    EXPECT_GE(analyse(article).fields.at(0).words.size(), 2U);
}

}  // namespace
}  // namespace newswatch::analyse
