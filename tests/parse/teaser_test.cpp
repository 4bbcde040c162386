#include "parse/teaser.h"

#include <gtest/gtest.h>

#include <string>

namespace newswatch::parse {
namespace {

std::string times(int count, const std::string& text) {
    std::string all;
    for (int i = 0; i < count; ++i)
        all += text;
    return all;
}

Article with_content(std::string content) {
    Article article;
    article.content = std::move(content);
    return article;
}

TEST(Teaser, is_an_entry_without_a_text) {
    EXPECT_TRUE(is_teaser({}));
}

TEST(Teaser, is_an_entry_of_two_sentences) {
    EXPECT_TRUE(is_teaser(with_content("The envoys met on Monday. They will meet again.")));
}

TEST(Teaser, is_not_an_entry_with_its_article) {
    EXPECT_FALSE(is_teaser(with_content(times(40, "The envoys met on Monday in Sirte. "))));
}

TEST(Teaser, may_have_its_article_in_the_summary) {
    Article article = with_content("Short.");
    article.summary = times(40, "The envoys met on Monday in Sirte. ");
    EXPECT_FALSE(is_teaser(article));
}

TEST(Teaser, is_a_long_text_that_breaks_off) {
    EXPECT_TRUE(is_teaser(with_content(times(40, "The envoys met on Monday in Sirte. ") + "They will […]")));
}

TEST(Teaser, may_call_to_read_on_behind_its_ellipsis) {
    EXPECT_TRUE(
        is_teaser(with_content(times(40, "اجتمع المبعوثون يوم الاثنين في سرت. ") + "وقال… اقرأ المزيد")));
}

TEST(Teaser, is_not_a_text_with_an_ellipsis_before_its_last_sentence) {
    EXPECT_FALSE(
        is_teaser(with_content(times(40, "The envoys met on Monday in Sirte. ") + "Well... they did.")));
}

TEST(Teaser, needs_fewer_letters_in_chinese_to_be_an_article) {
    EXPECT_FALSE(is_teaser(with_content(times(25, "利比亚和叙利亚的代表星期一会谈。"))));
}

}  // namespace
}  // namespace newswatch::parse
