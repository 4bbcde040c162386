#include "text/language_signs.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace newswatch::text {
namespace {

LanguageSigns signs_of(const std::string& text) {
    LanguageSigns signs;
    signs.add(text, segment(text).words);
    return signs;
}

std::string times(const std::string& sentence, int count) {
    std::string text;
    for (int i = 0; i < count; ++i)
        text += sentence + " ";
    return text;
}

struct Prose {
    const char* language;
    const char* text;
    const char* neighbour;  // for which it must not be taken
};

class ProseTest : public testing::TestWithParam<Prose> {};

const Prose kProse[] = {
    {"en",
     "The ferry that was to leave for the island on Sunday has been held in the harbour after a storm, and "
     "the crew said it would not sail before the wind falls.",
     "nl"},
    {"fr",
     "Le bac qui devait partir pour l’île dimanche est resté au port après une tempête, et l’équipage a dit "
     "qu’il ne partirait pas avant la fin du vent dans la baie.",
     "ca"},
    {"de",
     "Die Fähre, die am Sonntag zur Insel fahren sollte, ist nach einem Sturm im Hafen geblieben, und die "
     "Leute an Bord sagten, dass sie nicht vor dem Abend auslaufen wird.",
     "nl"},
    {"es",
     "El barco que iba a salir el domingo para la isla se quedó en el puerto después de una tormenta, y los "
     "marineros dijeron que no saldrán por la noche con este viento.",
     "pt"},
    {"pt",
     "O barco que ia sair no domingo para a ilha ficou no porto depois de uma tempestade, e os marinheiros "
     "disseram que não vão sair à noite com este vento.",
     "es"},
    {"it",
     "Il traghetto che doveva partire domenica per l’isola è rimasto in porto dopo una tempesta, e gli "
     "uomini di bordo hanno detto che non si parte con questo vento.",
     "es"},
    {"nl",
     "De veerboot die op zondag naar het eiland zou varen is na een storm in de haven gebleven, en de "
     "bemanning zei dat zij niet voor de avond zal vertrekken met deze wind.",
     "de"},
    {"tr",
     "Pazar günü adaya gidecek olan gemi bir fırtına sonra limanda kaldı ve kaptan bu rüzgar ile daha yola "
     "çıkmak için çok erken olduğu gibi bir şey dedi.",
     "id"},
    {"ru",
     "Паром, который в воскресенье должен был уйти на остров, остался в порту после шторма, и экипаж не "
     "знает, когда он выйдет, так как ветер по прогнозу не утихнет до вечера.",
     "uk"},
    {"uk",
     "Пором, який у неділю мав піти на острів, залишився в порту після шторму, і екіпаж не знає, коли він "
     "вийде, бо вітер за прогнозом не вщухне до вечора та й уночі.",
     "ru"},
    {"ar",
     "قال ربان السفينة إن العبارة التي كانت ستبحر يوم الأحد إلى الجزيرة بقيت في الميناء بعد عاصفة، ولا أحد "
     "من الركاب يعرف متى تبحر مع هذا الريح على ما يبدو.",
     "fa"},
    {"fa",
     "کشتی که قرار بود روز یکشنبه به جزیره برود پس از توفان در بندر ماند و ناخدا گفت که این باد تا شب ادامه "
     "دارد و با آن نمی‌توان از بندر بیرون رفت.",
     "ar"},
    {"ur",
     "کشتی کو اتوار کے دن جزیرے پر جانا تھا لیکن طوفان کے بعد وہ بندرگاہ میں ہی ہے اور ملاح نے کہا کہ اس ہوا "
     "میں سفر کا کوئی امکان نہیں ہے۔",
     "fa"},
    {"hi",
     "नाव को रविवार के दिन द्वीप पर जाना था लेकिन तूफान के बाद वह बंदरगाह में ही है और नाविक ने कहा कि इस हवा में "
     "यात्रा की कोई संभावना नहीं है।",
     "ne"},
};

TEST_P(ProseTest, speaks_for_its_language) {
    EXPECT_TRUE(signs_of(GetParam().text).speak_for(language(GetParam().language)));
}

TEST_P(ProseTest, does_not_speak_for_a_neighbour) {
    EXPECT_FALSE(signs_of(GetParam().text).speak_for(language(GetParam().neighbour)));
}

TEST_P(ProseTest, keeps_its_language_plausible) {
    const std::string text = times(GetParam().text, 4);
    const Language wanted = language(GetParam().language);
    const auto script = segment(text).words.front().script;
    const std::vector<Language> plausible = signs_of(text).plausible(script);
    EXPECT_NE(std::ranges::find(plausible, wanted), plausible.end());
    EXPECT_LE(plausible.size(), 4U);
}

INSTANTIATE_TEST_SUITE_P(Languages, ProseTest, testing::ValuesIn(kProse),
                         [](const auto& prose) { return std::string{prose.param.language}; });

TEST(LanguageSigns, letters_of_one_language_speak_for_it) {
    const std::string greek = times("Το πλοίο έμεινε στο λιμάνι", 6);
    EXPECT_TRUE(signs_of(greek).speak_for(language("el")));
    EXPECT_FALSE(signs_of(greek).speak_for(language("en")));
}

TEST(LanguageSigns, kana_tells_japanese_from_chinese) {
    const std::string japanese = times("船は嵐のあと港にとどまった。", 6);
    const std::string chinese = times("风暴过后轮船一直停在港口。", 6);
    EXPECT_TRUE(signs_of(japanese).speak_for(language("ja")));
    EXPECT_FALSE(signs_of(japanese).speak_for(language("zh")));
    EXPECT_TRUE(signs_of(chinese).speak_for(language("zh")));
    EXPECT_FALSE(signs_of(chinese).speak_for(language("ja")));
}

TEST(LanguageSigns, a_short_text_speaks_for_nobody) {
    EXPECT_FALSE(signs_of("The ferry stays in the harbour.").speak_for(language("en")));
}

TEST(LanguageSigns, in_a_short_text_every_language_of_the_script_is_plausible) {
    EXPECT_EQ(signs_of("The ferry stays in the harbour.").plausible(Script::latin).size(),
              languages_of(Script::latin).size());
}

TEST(LanguageSigns, a_quoted_sentence_keeps_its_language_plausible) {
    const std::string text =
        times(kProse[0].text, 10) + "„Wir wissen nicht, wann das Schiff wieder fährt“, sagte sie auch.";
    const std::vector<Language> plausible = signs_of(text).plausible(Script::latin);
    EXPECT_NE(std::ranges::find(plausible, language("de")), plausible.end());
}

TEST(LanguageSigns, what_is_no_prose_rules_nobody_out) {
    EXPECT_EQ(signs_of(times("Tallow Brindle Quarrick Velmora", 40)).plausible(Script::latin).size(),
              languages_of(Script::latin).size());
}

}  // namespace
}  // namespace newswatch::text
