#include <gtest/gtest.h>

#include <string>

#include "rules.h"

namespace newswatch::match {
namespace {

bool speaks_of(const std::string& code, const std::string& title, const std::string& language = "en") {
    return holds(region({code}), article(title, {}, language));
}

TEST(Regions, names_people_and_capitals_count) {
    EXPECT_TRUE(speaks_of("SY", "Rain in Syria"));
    EXPECT_TRUE(speaks_of("SY", "A Syrian poet"));
    EXPECT_TRUE(speaks_of("SY", "Snow on Damascus"));
    EXPECT_FALSE(speaks_of("SY", "The Syriac hymn"));
}

TEST(Regions, names_and_capitals_need_a_capital_letter) {
    EXPECT_FALSE(speaks_of("GN", "Her guinea pig ran off, said Ada"));
    EXPECT_TRUE(speaks_of("SY", "A syrian poet"));
    EXPECT_TRUE(speaks_of("SY", "rain in syria")) << "a field without any capital";
    EXPECT_FALSE(speaks_of("EG", "Le canal d'égypte", "fr"));
    EXPECT_TRUE(speaks_of("EG", "Le canal d'Égypte", "fr"));
}

TEST(Regions, acronyms_are_written_in_capitals) {
    EXPECT_TRUE(speaks_of("US", "A US firm"));
    EXPECT_TRUE(speaks_of("US", "A U.S. firm"));
    EXPECT_TRUE(speaks_of("US", "ABD'nin kararı", "tr"));
    EXPECT_FALSE(speaks_of("US", "give us time"));
    EXPECT_FALSE(speaks_of("US", "Us and them"));
}

TEST(Regions, the_longest_name_wins) {
    EXPECT_FALSE(speaks_of("GN", "Papua New Guinea votes"));
    EXPECT_TRUE(speaks_of("PG", "Papua New Guinea votes"));
    EXPECT_FALSE(speaks_of("FR", "French Polynesia votes"));
    EXPECT_TRUE(speaks_of("FR", "French voters"));
}

TEST(Regions, a_form_that_is_no_region_hides_what_lies_in_it) {
    EXPECT_FALSE(speaks_of("SY", "A blade of Damascus steel"));
}

TEST(Regions, a_namesake_elsewhere_is_not_the_capital) {
    EXPECT_FALSE(speaks_of("LY", "Shots in Tripoli, Lebanon"));
    EXPECT_TRUE(speaks_of("LY", "Shots in Tripoli"));
    EXPECT_TRUE(speaks_of("SY", "In Damascus, Lebanon's envoy spoke"));
}

TEST(Regions, arabic_names_without_the_article_do_not_take_it) {
    EXPECT_TRUE(speaks_of("SY", "وسوريا", "ar"));
    EXPECT_TRUE(speaks_of("SY", "بسوريا", "ar"));
    EXPECT_FALSE(speaks_of("SY", "السوريا", "ar"));
    EXPECT_TRUE(speaks_of("SY", "والسوري", "ar"));
    EXPECT_TRUE(speaks_of("IQ", "للعراق", "ar"));
}

TEST(Regions, a_name_counts_in_its_own_language_and_english_everywhere) {
    EXPECT_FALSE(speaks_of("OM", "Umman votes"));
    EXPECT_TRUE(speaks_of("OM", "Umman votes", "tr"));
    EXPECT_TRUE(speaks_of("SY", "كلمة Syria هنا", "ar"));
    EXPECT_TRUE(speaks_of("SY", "The word سوريا here"));
}

TEST(Regions, without_a_language_every_plausible_one_counts) {
    EXPECT_TRUE(speaks_of("OM", "Umman", ""));
    EXPECT_TRUE(speaks_of("SY", "بسوريا", ""));
}

TEST(Regions, a_german_name_opens_a_compound) {
    EXPECT_TRUE(speaks_of("LY", "Die Libyenkonferenz", "de"));
    EXPECT_FALSE(speaks_of("LY", "Die Libyenkonferenz", "en"));
    EXPECT_FALSE(speaks_of("NE", "Die Nigeriakonferenz", "de"));
    EXPECT_TRUE(speaks_of("NG", "Die Nigeriakonferenz", "de"));
    EXPECT_FALSE(speaks_of("LY", "Libyens", "de")) << "two letters are an ending, not a word";
}

TEST(Regions, scripts_without_spaces) {
    EXPECT_TRUE(speaks_of("JP", "日本の天気", "ja"));
}

TEST(Regions, a_group_is_any_of_its_members) {
    EXPECT_TRUE(speaks_of("levant", "Rain in Lebanon"));
    EXPECT_FALSE(speaks_of("levant", "Rain in Libya"));
}

TEST(Regions, spans_say_which_region_in_plain_words) {
    const std::vector<Span> found = spans(region({"SY", "LY"}), article("From Damascus to Libya"));
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].term, "SY");
    EXPECT_EQ(found[0].meaning, "Syria");
    EXPECT_EQ(found[1].text, "Libya");
}

TEST(Regions, many_names_in_one_text_take_linear_time) {
    std::string text;
    for (int i = 0; i < 100'000; ++i)
        text += "Syria ";
    EXPECT_TRUE(holds(at_least(2, region({"SY"})), article("x", text)));
}

}  // namespace
}  // namespace newswatch::match
