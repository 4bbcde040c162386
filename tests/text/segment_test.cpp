#include "text/segment.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace newswatch::text {
namespace {

using Strings = std::vector<std::string>;

Strings words_of(const std::string& text, Addresses addresses = Addresses::dead) {
    Strings words;
    for (const Word& word : segment(text, addresses).words) {
        const std::string written = text.substr(word.begin, word.end - word.begin);
        words.push_back((word.flags & kDead) != 0 ? "[" + written + "]" : written);
    }
    return words;
}

/// The words with a bar where a new sentence begins.
std::string sentences_of(const std::string& text) {
    std::string shown;
    std::uint32_t sentence = 0;
    for (const Word& word : segment(text).words) {
        if (!shown.empty()) shown += word.sentence != sentence ? " | " : " ";
        sentence = word.sentence;
        shown += text.substr(word.begin, word.end - word.begin);
    }
    return shown;
}

TEST(Segment, hyphens_dashes_and_signs_separate_words) {
    EXPECT_EQ(words_of("anti-dumping Aden–Djibouti #Water_talks a/b c:d"),
              (Strings{"anti", "dumping", "Aden", "Djibouti", "Water", "talks", "a", "b", "c", "d"}));
}

TEST(Segment, a_dot_without_a_space_separates_words) {
    EXPECT_EQ(words_of("arrived.Muscat"), (Strings{"arrived", "Muscat"}));
    EXPECT_EQ(words_of("go.He"), (Strings{"go", "He"}));
}

TEST(Segment, abbreviations_with_dots_are_one_word) {
    EXPECT_EQ(words_of("The U.K.-led EE.UU. team, e.g. J.K.Morton"),
              (Strings{"The", "U.K.", "led", "EE.UU.", "team", "e.g.", "J", "K", "Morton"}));
}

TEST(Segment, numbers_keep_their_separators) {
    EXPECT_EQ(words_of("From 2,750 to 3.5, or ٤٬١٠٠."),
              (Strings{"From", "2,750", "to", "3.5", "or", "٤٬١٠٠"}));
}

TEST(Segment, apostrophes_stay_inside_words_and_quotes_outside) {
    EXPECT_EQ(words_of("'Kenya's' l’Érythrée об'єкт ‘peace’"),
              (Strings{"Kenya's", "l’Érythrée", "об'єкт", "peace"}));
}

TEST(Segment, the_double_quote_stays_inside_hebrew_abbreviations) {
    EXPECT_EQ(words_of("צה\"ל \"שלום\""), (Strings{"צה\"ל", "שלום"}));
}

TEST(Segment, emoji_flags_and_symbols_are_no_words) {
    EXPECT_EQ(words_of("rice 🌾 deal 🇪🇬 © 100%"), (Strings{"rice", "deal", "100"}));
}

TEST(Segment, addresses_are_one_dead_word_each) {
    EXPECT_EQ(words_of("see HTTPS://a.example/Oman?x=1, or <www.b.example/Chad> now"),
              (Strings{"see", "[HTTPS://a.example/Oman?x=1,]", "or", "[www.b.example/Chad]", "now"}));
    EXPECT_EQ(words_of("ask desk.news@Oman.example.org."), (Strings{"ask", "[desk.news@Oman.example.org]"}));
    EXPECT_EQ(words_of("@user and me@host"), (Strings{"user", "and", "me", "host"}));
}

TEST(Segment, an_address_begins_where_its_prefix_stands) {
    EXPECT_EQ(words_of("left.https://a.example/x on"), (Strings{"left", "[https://a.example/x]", "on"}));
}

TEST(Segment, a_link_is_read_as_text) {
    EXPECT_EQ(words_of("https://a.example/oman", Addresses::words),
              (Strings{"https", "a", "example", "oman"}));
}

TEST(Segment, format_characters_do_not_belong_to_the_end_of_a_word) {
    EXPECT_EQ(words_of("\u200FKenya\u200E calm"), (Strings{"Kenya", "calm"}));
    EXPECT_EQ(words_of("کتاب\u200Cها"), (Strings{"کتاب\u200Cها"}));
}

TEST(Segment, scripts_without_spaces_are_cut_by_dictionary) {
    EXPECT_EQ(words_of("東京都は3月に"), (Strings{"東京", "都", "は", "3", "月", "に"}));
}

TEST(Segment, sentences_end_at_stops_that_a_space_follows) {
    EXPECT_EQ(sentences_of("They left. “We stay.” Who? He said…no! End"),
              "They left | We stay | Who | He said no | End");
    EXPECT_EQ(sentences_of("Version 2.5 works"), "Version 2.5 works");
}

TEST(Segment, abbreviations_and_initials_do_not_end_a_sentence) {
    EXPECT_EQ(sentences_of("The U.S. Senate and J. Stone met"), "The U.S. Senate and J Stone met");
}

TEST(Segment, stops_of_other_scripts_always_end_a_sentence) {
    EXPECT_EQ(sentences_of("یہ خبر ہے۔منڈی بند"), "یہ خبر ہے | منڈی بند");
    EXPECT_EQ(sentences_of("ماذا؟نعم"), "ماذا | نعم");
    EXPECT_EQ(sentences_of("बस।चलो"), "बस | चलो");
}

TEST(Segment, a_semicolon_ends_a_sentence_in_greek_only) {
    EXPECT_EQ(sentences_of("Τι νέα; Καλά"), "Τι νέα | Καλά");
    EXPECT_EQ(sentences_of("one; two"), "one two");
}

TEST(Segment, a_line_end_ends_sentence_and_paragraph) {
    const Segmented segmented = segment("one\ntwo");
    EXPECT_NE(segmented.words[0].sentence, segmented.words[1].sentence);
    EXPECT_NE(segmented.words[0].paragraph, segmented.words[1].paragraph);
}

TEST(Segment, capitals_are_seen_at_the_beginning_and_after_an_elision) {
    const Segmented segmented = segment("d’Égypte Mer mer");
    EXPECT_EQ(segmented.words[0].flags & (kCapital | kCapitalPart), kCapitalPart);
    EXPECT_TRUE(segmented.words[1].flags & kCapital);
    EXPECT_FALSE(segmented.words[2].flags & kCapital);
    EXPECT_TRUE(segmented.has_capitals);
    EXPECT_FALSE(segment("all small").has_capitals);
}

/// A megabyte of one piece. What takes more than linear time does not end before ctest's limit.
void expect_end(const std::string& piece, const std::string& what) {
    constexpr std::size_t kBytes = 1'000'000;
    std::string text;
    while (text.size() < kBytes)
        text += piece;
    EXPECT_LE(segment(text).words.size(), text.size()) << what;
}

TEST(Segment, hostile_texts_come_to_an_end) {
    expect_end("a", "one word");
    expect_end("a.", "one abbreviation");
    expect_end("a.aaa.", "no abbreviation");
    expect_end("a@", "no address");
    expect_end("www.", "one address");
    expect_end("\u200F\u202A", "bidi controls");
    expect_end("\u0301\u0323", "marks");
    expect_end("a'", "apostrophes");
    expect_end("1,", "separators");
    expect_end("漢字", "a run of Han");
    expect_end("ไทย", "a run of Thai");
    expect_end(".)", "closing brackets");
    expect_end("\xF0\x9F", "broken bytes");
}

}  // namespace
}  // namespace newswatch::text
