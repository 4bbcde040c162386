#include "text/word_keys.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <initializer_list>
#include <string>
#include <vector>

#include "text/segment.h"
#include "text/term.h"

namespace newswatch::text {
namespace {

/// True where the plain term of one word meets the one word of the text, in an article of that language.
bool meets(std::string_view term, std::string_view text, std::initializer_list<std::string_view> codes) {
    std::vector<Language> languages;
    for (const std::string_view code : codes)
        languages.push_back(language(code));
    const Segmented segmented = segment(text);
    if (segmented.words.size() != 1) return false;
    WordAnalyser analyser{languages};
    std::string folded;
    std::vector<std::uint64_t> keys;
    analyser.append(text, segmented.words[0], folded, keys);
    const std::vector<TermWords> spellings = read_term(term);
    return std::ranges::any_of(spellings, [&](const TermWords& words) {
        return words.size() == 1 && std::ranges::any_of(words[0].keys, [&](std::uint64_t key) {
                   return std::ranges::find(keys, key) != keys.end();
               });
    });
}

TEST(WordKeys, words_with_one_snowball_stem_meet) {
    EXPECT_TRUE(meets("bridge", "Bridges", {"en"}));
    EXPECT_TRUE(meets("Brücke", "Brücken", {"de"}));
    EXPECT_TRUE(meets("frontière", "frontières", {"fr"}));
    EXPECT_TRUE(meets("переговоры", "переговорами", {"ru"}));
    EXPECT_FALSE(meets("bridge", "bride", {"en"}));
}

TEST(WordKeys, stems_agree_with_the_accent_or_without_it) {
    EXPECT_TRUE(meets("operación", "operaciones", {"es"}));
    EXPECT_TRUE(meets("operación", "operacion", {"es"}));
}

TEST(WordKeys, a_stem_is_stemmed_until_it_stays) {
    EXPECT_TRUE(meets("müzakere", "müzakereler", {"tr"}));
    EXPECT_TRUE(meets("εκεχειρία", "εκεχειρίας", {"el"}));
}

TEST(WordKeys, a_turkish_plural_after_a_dotless_i_is_found) {
    EXPECT_TRUE(meets("ışık", "ışıklar", {"tr"}));
    EXPECT_TRUE(meets("kız", "Kızların", {"tr"}));
    EXPECT_TRUE(meets("sınır", "SINIRLAR", {"tr"}));
}

TEST(WordKeys, a_turkish_word_with_front_vowels_keeps_its_i) {
    EXPECT_TRUE(meets("deniz", "denizler", {"tr"}));
    EXPECT_FALSE(meets("dil", "dal", {"tr"}));
}

TEST(WordKeys, arabic_is_stemmed_once) {
    EXPECT_FALSE(meets("ليبيا", "ليبي", {"ar"}));
}

TEST(WordKeys, arabic_clitics_come_off) {
    for (const std::string_view word :
         {"والميناء", "بالميناء", "للميناء", "وبالميناء", "لميناء", "فميناء", "كالميناء"}) {
        EXPECT_TRUE(meets("ميناء", word, {"ar"})) << word;
    }
    EXPECT_TRUE(meets("الميناء", "ميناء", {"ar"}));
    EXPECT_FALSE(meets("وصل", "صل", {"ar"}));
}

TEST(WordKeys, hebrew_clitics_come_off) {
    for (const std::string_view word : {"הגשר", "בגשר", "ושבגשר", "כשהגשר", "מהגשר"}) {
        EXPECT_TRUE(meets("גשר", word, {"he"})) << word;
    }
    EXPECT_FALSE(meets("לוב", "כלב", {"he"}));
}

TEST(WordKeys, persian_suffixes_come_off_joined_or_behind_a_half_space) {
    for (const std::string_view word :
         {"مدرسهها", "مدرسه\u200Cهای", "مدرسه\u200Cای", "مدرسه\u200Cی", "مدرسۀ"}) {
        EXPECT_TRUE(meets("مدرسه", word, {"fa"})) << word;
    }
}

TEST(WordKeys, korean_particles_come_off_one_or_two) {
    for (const std::string_view word : {"항구는", "항구에서", "항구에서도", "항구들이", "항구들에게는"}) {
        EXPECT_TRUE(meets("항구", word, {"ko"})) << word;
    }
    EXPECT_FALSE(meets("항구", "임항구", {"ko"}));
}

TEST(WordKeys, the_part_at_an_apostrophe_is_a_word) {
    EXPECT_TRUE(meets("Kenya", "Kenya's", {"en"}));
    EXPECT_TRUE(meets("Kenya", "Kenya’nın", {"tr"}));
    EXPECT_TRUE(meets("Érythrée", "l'Érythrée", {"fr"}));
    EXPECT_TRUE(meets("Etiopia", "dell'Etiopia", {"it"}));
    EXPECT_TRUE(meets("об'єднання", "об’єднання", {"uk"}));
    EXPECT_FALSE(meets("єднання", "об’єднання", {"uk"}));
}

TEST(WordKeys, languages_without_a_stemmer_compare_whole_forms) {
    EXPECT_FALSE(meets("санкції", "санкцій", {"uk"}));
    EXPECT_FALSE(meets("גשר", "גשרים", {"he"}));
}

TEST(WordKeys, without_a_language_every_plausible_one_is_tried) {
    EXPECT_TRUE(meets("Brücke", "Brücken", {}));
    EXPECT_TRUE(meets("frontière", "frontières", {}));
    EXPECT_TRUE(meets("مدرسه", "مدرسه\u200Cها", {}));
    EXPECT_TRUE(meets("ميناء", "بالميناء", {}));
}

TEST(WordKeys, a_script_that_the_language_does_not_use_has_a_usual_language) {
    EXPECT_TRUE(meets("bridge", "bridges", {"ar"}));
    EXPECT_TRUE(meets("ميناء", "بالميناء", {"fr"}));
    EXPECT_TRUE(meets("переговоры", "переговорами", {"en"}));
}

TEST(WordKeys, a_half_space_of_a_term_may_be_a_space) {
    const std::vector<TermWords> spellings = read_term("دانش\u200Cآموز");
    ASSERT_EQ(spellings.size(), 2U);
    EXPECT_EQ(spellings[0].size(), 1U);
    EXPECT_EQ(spellings[1].size(), 2U);
}

TEST(WordKeys, a_term_with_hyphens_is_a_phrase) {
    EXPECT_EQ(read_term("porte-avions").front().size(), 2U);
}

TEST(WordKeys, a_word_of_a_megabyte_gets_few_keys) {
    const std::string text(1'000'000, 'x');
    WordAnalyser analyser{{}};
    std::string folded;
    std::vector<std::uint64_t> keys;
    analyser.append(text, segment(text).words.at(0), folded, keys);
    EXPECT_LT(keys.size(), 10U);
}

TEST(Language, tags_in_any_spelling_are_understood) {
    EXPECT_EQ(language_of_tag("pt-BR"), language("pt"));
    EXPECT_EQ(language_of_tag("ZH_Hant"), language("zh"));
    EXPECT_EQ(language_of_tag("iw"), language("he"));
    EXPECT_EQ(language_of_tag("nb-NO"), language("no"));
    EXPECT_FALSE(language_of_tag("").known());
    EXPECT_FALSE(language_of_tag("english").known());
    EXPECT_EQ(code_of(language("ckb")), "ckb");
}

TEST(Language, a_short_text_has_no_detected_language) {
    EXPECT_FALSE(detect_language("Das ist ein Satz.").known());
}

TEST(Language, a_long_text_has_one) {
    std::string text;
    for (int i = 0; i < 4; ++i) {
        text +=
            "Der Hafen bleibt nach dem schweren Sturm noch mindestens zwei Tage geschlossen, teilte die "
            "Stadt mit. ";
    }
    EXPECT_EQ(detect_language(text), language("de"));
}

}  // namespace
}  // namespace newswatch::text
