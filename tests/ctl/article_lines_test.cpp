#include "ctl/article_lines.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

namespace newswatch::ctl {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Article read(const std::string& json) {
    const Result<Article> article = read_article(json);
    EXPECT_TRUE(article) << article.error().line();
    return article ? *article : Article{};
}

std::string refusal(const std::string& json) {
    const Result<Article> article = read_article(json);
    return article ? "read" : article.error().what;
}

TEST(ArticleLine, fields_are_read_as_parse_prints_them) {
    const Article article =
        read(R"({"id":"a-1","url":"https://a.example/1","title":"T","content":"C","language":"ar",)"
             R"("categories":["x","y"],"published":"2026-01-31T09:05:00Z"})");
    EXPECT_EQ(article.own_id, "a-1");
    EXPECT_EQ(article.title, "T");
    EXPECT_THAT(article.categories, ElementsAre("x", "y"));
    ASSERT_TRUE(article.published);
}

TEST(ArticleLine, authors_may_be_names_or_objects) {
    const Article article = read(R"({"authors":["Ada",{"name":"Bea","email":"b@example.org"}]})");
    ASSERT_EQ(article.authors.size(), 2U);
    EXPECT_EQ(article.authors[0].name, "Ada");
    EXPECT_EQ(article.authors[1].email, "b@example.org");
}

TEST(ArticleLine, null_is_the_same_as_nothing) {
    EXPECT_EQ(read(R"({"title":null,"categories":null})").title, "");
}

TEST(ArticleLine, unknown_keys_are_ignored) {
    EXPECT_EQ(read(R"({"title":"T","mood":{"deep":[1,2]}})").title, "T");
}

TEST(ArticleLine, a_field_of_the_wrong_kind_is_named) {
    EXPECT_THAT(refusal(R"({"title":5})"), HasSubstr("\"title\" is not text"));
    EXPECT_THAT(refusal(R"({"categories":"x"})"), HasSubstr("\"categories\" is not a list"));
    EXPECT_THAT(refusal(R"({"authors":[{"name":5}]})"), HasSubstr("\"name\" is not text"));
}

TEST(ArticleLine, what_is_no_object_is_refused) {
    EXPECT_THAT(refusal("[1]"), HasSubstr("JSON object"));
    EXPECT_THAT(refusal("{\"title\":"), HasSubstr("not JSON"));
}

TEST(ArticleLine, a_thousand_brackets_are_refused_like_any_other_nonsense) {
    EXPECT_NE(refusal(std::string(100'000, '[')), "read");
}

TEST(MatchLine, list_fields_carry_their_index) {
    EXPECT_EQ(field_of({.field = FieldName::category, .index = 2}), "categories[2]");
    EXPECT_EQ(field_of({.field = FieldName::author}), "authors[0]");
    EXPECT_EQ(field_of({.field = FieldName::link}), "url");
    EXPECT_EQ(field_of({.field = FieldName::title}), "title");
}

TEST(MatchLine, an_article_without_an_id_is_named_by_its_line) {
    const auto line = nlohmann::json::parse(write_match({}, 7, {.watchlist = "w"}));
    EXPECT_EQ(line["article"], 7);
    EXPECT_EQ(line["watchlist"], "w");
}

}  // namespace
}  // namespace newswatch::ctl
