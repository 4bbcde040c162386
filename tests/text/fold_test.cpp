#include "text/fold.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace newswatch::text {
namespace {

TEST(Fold, all_forms_of_i_become_i) {
    EXPECT_EQ(fold("DIŞİŞLERİ"), "disisleri");
    EXPECT_EQ(fold("dışişleri"), "disisleri");
}

TEST(Fold, default_ignorable_code_points_and_tatweel_go) {
    EXPECT_EQ(fold("coop\u00ADera\u200Dtion\u200F"), "cooperation");
    EXPECT_EQ(fold("\uFEFFسـوريا"), "سوريا");
}

TEST(Fold, full_width_and_presentation_forms_become_plain) {
    EXPECT_EQ(fold("ＬＩＢＹＡ"), "libya");
    EXPECT_EQ(fold("ﻻزم"), "لازم");
    EXPECT_EQ(fold("ﷲ"), "الله");
}

TEST(Fold, latin_and_greek_lose_their_accents) {
    EXPECT_EQ(fold("résumé Ağrı"), "resume agri");
    EXPECT_EQ(fold("re\u0301sume\u0301"), "resume");
    EXPECT_EQ(fold("Εκεχειρίας"), "εκεχειριασ");
    EXPECT_EQ(fold("Straße"), "strasse");
}

TEST(Fold, cyrillic_loses_stress_but_keeps_its_letters) {
    EXPECT_EQ(fold("за\u0301мок"), "замок");
    EXPECT_EQ(fold("самолёт"), "самолет");
    EXPECT_EQ(fold("Його їжа ґанок"), "його їжа ґанок");
    EXPECT_EQ(fold("и\u0306"), "й");
}

TEST(Fold, arabic_letters_that_readers_take_for_one_are_one) {
    EXPECT_EQ(fold("أإآٱ"), "اااا");
    EXPECT_EQ(fold("ىیئ"), "ييي");
    EXPECT_EQ(fold("ةہھەۀ"), "ههههه");
    EXPECT_EQ(fold("کؤ"), "كو");
    EXPECT_EQ(fold("التُّركيّ"), "التركي");
}

TEST(Fold, hebrew_points_and_nukta_go_but_vowel_signs_stay) {
    EXPECT_EQ(fold("הַסְכֵּם"), "הסכם");
    EXPECT_EQ(fold("क़लम"), "कलम");
    EXPECT_EQ(fold("दाल"), "दाल");
    EXPECT_NE(fold("दाल"), fold("दल"));
}

TEST(Fold, digits_of_all_scripts_are_ascii) {
    EXPECT_EQ(fold("٣٬٢٠٠"), "3,200");
    EXPECT_EQ(fold("۱۲٫۵ १२"), "12.5 12");
}

TEST(Fold, quotes_and_dashes_have_one_form) {
    EXPECT_EQ(fold("’ʼ‘´`׳"), "''''''");
    EXPECT_EQ(fold("“”«»„״"), "\"\"\"\"\"\"");
    EXPECT_EQ(fold("‐‑–—−־"), "------");
}

TEST(Fold, folding_twice_changes_nothing) {
    const std::vector<std::string> texts = {
        "Ἀθῆναι",  "İi\u0307", "ﷺ", "각각", "ｶﾞｷﾞ",   "ড়",       "ท้ำ", "a\u0315\u0300\u05AE",
        "е\u0308", "й\u0301",  "ự", "ﬃ",    "\u0344", "ے\u0654", "K"};
    for (const std::string& text : texts)
        EXPECT_EQ(fold(fold(text)), fold(text)) << text;
}

TEST(Fold, every_code_point_folds_to_something_that_stays) {
    for (char32_t c = 1; c < 0x3200; ++c) {
        std::string one;
        one.push_back('x');
        if (c < 0x80) {
            one.push_back(static_cast<char>(c));
        } else if (c < 0x800) {
            one.push_back(static_cast<char>(0xC0 | (c >> 6U)));
            one.push_back(static_cast<char>(0x80 | (c & 0x3FU)));
        } else {
            one.push_back(static_cast<char>(0xE0 | (c >> 12U)));
            one.push_back(static_cast<char>(0x80 | ((c >> 6U) & 0x3FU)));
            one.push_back(static_cast<char>(0x80 | (c & 0x3FU)));
        }
        const std::string once = fold(one);
        ASSERT_EQ(fold(once), once) << std::hex << static_cast<unsigned>(c);
    }
}

TEST(Fold, invalid_bytes_become_replacement_characters) {
    EXPECT_EQ(fold("a\xFFz"), "a\uFFFDz");
    EXPECT_EQ(nfc("a\xFFz"), "a\uFFFDz");
}

TEST(Fold, a_stemmer_sees_accents) {
    EXPECT_EQ(fold_keeping_accents("NEGOCIACIÓN"), "negociación");
}

TEST(Fold, the_exact_form_keeps_case_accents_and_width) {
    EXPECT_EQ(exact_form("Orba\u0301n’s"), "Orbán's");
    EXPECT_EQ(exact_form("ＮＡＴＯ"), "ＮＡＴＯ");
    EXPECT_EQ(exact_form("Coop\u00ADeration"), "Cooperation");
}

TEST(Fold, a_million_marks_on_one_letter_take_no_time) {
    std::string text = "и";
    for (int i = 0; i < 500'000; ++i)
        text += "\u0323\u0307";
    EXPECT_LT(fold(text).size(), 200U);
    EXPECT_LT(nfc(text).size(), 3 * text.size());
}

TEST(Fold, code_points_are_counted_not_bytes) {
    EXPECT_EQ(count_code_points("ab سو 🌾"), 7U);
}

}  // namespace
}  // namespace newswatch::text
