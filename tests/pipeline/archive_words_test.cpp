#include "pipeline/archive_words.h"

#include <gmock/gmock.h>

namespace newswatch {
namespace {

using testing::HasSubstr;

/// Whether the words of one phrase stand side by side in an article's, as the index compares them.
bool stands_in(const store::ArchiveQuery::Phrase& phrase, const std::string& words) {
    std::string wanted;
    for (const std::string& word : phrase.words)
        wanted += ' ' + word;
    return (' ' + words).find(phrase.beginning ? wanted : wanted + ' ') != std::string::npos;
}

bool finds(std::string_view typed, const std::string& title) {
    Article article;
    article.title = title;
    const std::string words = archive_words(article);
    const auto query = read_search(typed);
    EXPECT_TRUE(query) << typed;
    for (const auto& phrase : query->all_of) {
        if (!stands_in(phrase, words)) return false;
    }
    for (const auto& phrase : query->none_of) {
        if (stands_in(phrase, words)) return false;
    }
    return true;
}

TEST(ArchiveWords, case_and_accents_do_not_count) {
    EXPECT_TRUE(finds("elysee", "À l'Élysée"));
    EXPECT_TRUE(finds("ÉLYSÉE", "a l'elysee"));
}

TEST(ArchiveWords, an_apostrophe_divides_words) {
    EXPECT_TRUE(finds("Libya", "Libya's ports"));
    EXPECT_TRUE(finds("Égypte", "Le canal de l’Égypte"));
}

TEST(ArchiveWords, a_part_of_a_word_is_no_word) {
    EXPECT_FALSE(finds("port", "Ports reopen"));
    EXPECT_TRUE(finds("port*", "Ports reopen"));
}

TEST(ArchiveWords, spellings_that_a_watchlist_takes_for_one_are_one_here) {
    EXPECT_TRUE(finds("احمد", "أحمد في طرابلس"));
}

TEST(ArchiveWords, a_script_without_spaces_is_found_whatever_stands_around) {
    EXPECT_TRUE(finds("東京", "東京都の港"));
    EXPECT_FALSE(finds("京東", "東京都の港"));
}

TEST(ArchiveWords, what_stands_in_quotes_must_be_side_by_side) {
    EXPECT_TRUE(finds("\"port strike\"", "The port strike goes on"));
    EXPECT_FALSE(finds("\"port strike\"", "Strike in the port"));
    EXPECT_TRUE(finds("port strike", "Strike in the port"));
    EXPECT_TRUE(finds("«port strike»", "The port strike goes on"));
}

TEST(ArchiveWords, what_begins_with_a_minus_must_not_be_there) {
    EXPECT_FALSE(finds("port -strike", "Strike in the port"));
    EXPECT_TRUE(finds("port -\"port strike\"", "Strike in the port"));
}

TEST(ArchiveWords, a_phrase_does_not_go_from_one_field_to_the_next) {
    Article article;
    article.title = "port";
    article.summary = "strike";
    const auto query = read_search("\"port strike\"");
    EXPECT_FALSE(stands_in(query->all_of.front(), archive_words(article)));
}

TEST(ArchiveWords, authors_and_categories_are_searched_too) {
    Article article;
    article.authors = {{.name = "Ada Lovelace"}};
    article.categories = {"Shipping"};
    for (const char* typed : {"lovelace", "shipping"})
        EXPECT_TRUE(stands_in(read_search(typed)->all_of.front(), archive_words(article))) << typed;
}

TEST(ArchiveWords, a_search_without_a_word_says_what_to_type) {
    for (const char* typed : {"", "  ", "\"\"", "-", "*", "…"}) {
        const auto query = read_search(typed);
        ASSERT_FALSE(query) << typed;
        EXPECT_THAT(query.error().what, HasSubstr("no word")) << typed;
    }
}

TEST(ArchiveWords, a_search_of_exclusions_only_says_so) {
    const auto query = read_search("-port");
    ASSERT_FALSE(query);
    EXPECT_THAT(query.error().what, HasSubstr("only words that must not be there"));
}

TEST(ArchiveWords, bytes_that_are_no_text_are_no_words_and_no_syntax) {
    const auto query = read_search("a\" OR b* NOT \xFF\xFE(c)");
    ASSERT_TRUE(query);
    for (const auto& phrase : query->all_of) {
        for (const std::string& word : phrase.words)
            EXPECT_EQ(word.find_first_of("\"*()"), std::string::npos) << word;
    }
}

}  // namespace
}  // namespace newswatch
