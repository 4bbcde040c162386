#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <string>

#include "parse/parser.h"
#include "text/date.h"

namespace newswatch::parse {
namespace {

Result<ParsedDocument> page_at(std::string bytes, std::string url = "https://news.example/a/b") {
    static const ParserRegistry kRegistry =
        ParserRegistry::load(std::filesystem::path{NEWSWATCH_BINARY_DIR} / "lib/newswatch/plugins");
    const Document document{.url = std::move(url), .bytes = std::move(bytes), .reader = "article_page"};
    return parse(kRegistry, document);
}

Article article_of(std::string bytes) {
    auto parsed = page_at(std::move(bytes));
    return parsed && !parsed->articles.empty() ? parsed->articles.front() : Article{};
}

std::string day(const std::optional<Time>& time) {
    return time ? text::rfc3339(*time).substr(0, 10) : "";
}

constexpr const char* kProse =
    "<p>The ministers met on Monday in the harbour town, and they agreed to open the bridge again.</p>"
    "<p>A spokesman said that the works, which began two years ago, had cost less than was feared.</p>";

std::string page_with(const std::string& head, const std::string& body) {
    return "<!doctype html><html lang=en><head>" + head + "</head><body>" + body + "</body></html>";
}

TEST(ArticlePage, takes_an_arabic_article_without_what_stands_around_it) {
    const Article article = article_of(
        "<html lang=ar dir=rtl><head><title>الوزراء يتفقون على فتح الجسر القديم</title></head><body>"
        "<div class=post><h1>الوزراء يتفقون على فتح الجسر القديم</h1><div>● أخبار المدينة ٣٠ ديسمبر "
        "٢٠٢٠</div>"
        "<h2>الوزراء يتفقون على فتح الجسر القديم</h2><div class=entry-content>"
        "<p>اجتمع الوزراء يوم الاثنين في المدينة الساحلية، واتفقوا على إعادة فتح الجسر القديم أمام الناس.</p>"
        "<p>وقال المتحدث إن الأعمال التي بدأت قبل عامين، كلفت أقل مما كان يخشى منه في البداية.</p>"
        "<p>المصدر: وكالة المدينة</p><p>الكاتب: سالم الخطيب</p><p>شارك</p>"
        "<p>اقرأ أيضاً: <a href=/x>افتتاح المدرسة الجديدة في الحي</a></p></div></div></body></html>");
    EXPECT_EQ(article.title, "الوزراء يتفقون على فتح الجسر القديم");
    EXPECT_EQ(day(article.published), "2020-12-30");
    EXPECT_EQ(
        article.content,
        "اجتمع الوزراء يوم الاثنين في المدينة الساحلية، واتفقوا على إعادة فتح الجسر القديم أمام الناس.\n"
        "وقال المتحدث إن الأعمال التي بدأت قبل عامين، كلفت أقل مما كان يخشى منه في البداية.");
    EXPECT_EQ(article.language, "ar");
}

TEST(ArticlePage, believes_the_article_inside_a_graph) {
    const Article article = article_of(page_with(
        R"(<title>Bridge opens - Harbour Times</title><script type="application/ld+json">{"@graph":[
        {"@type":"WebSite","name":"Harbour Times"},{"@type":"Person","@id":"#p","name":"Jo Marin"},
        {"@type":["NewsArticle"],"headline":"Bridge opens","datePublished":"2021-03-04T10:00:00Z","author":{"@id":"#p"}}]}</script>)",
        std::string{"<h1>Bridge opens</h1><article>"} + kProse + "</article>"));
    EXPECT_EQ(article.title, "Bridge opens");
    EXPECT_EQ(day(article.published), "2021-03-04");
    ASSERT_EQ(article.authors.size(), 1U);
    EXPECT_EQ(article.authors[0].name, "Jo Marin");
}

TEST(ArticlePage, keeps_paragraphs_as_lines) {
    const Article article = article_of(
        page_with("<title>Bridge opens again</title>", std::string{"<article>"} + kProse + "</article>"));
    EXPECT_EQ(std::count(article.content.begin(), article.content.end(), '\n'), 1);
}

TEST(ArticlePage, leaves_out_navigation_comments_and_linked_lists) {
    const Article article = article_of(page_with(
        "<title>Bridge opens again</title>",
        std::string{"<nav><a href=/>Home and other places</a></nav><article>"} + kProse +
            "<ul><li><a href=/1>Another story of the harbour</a></li><li><a href=/2>One more story of the "
            "town</a></li></ul>"
            "</article><div id=comments><p>I do not believe a word of this, says somebody.</p></div>"));
    EXPECT_EQ(article.content.find("Home"), std::string::npos);
    EXPECT_EQ(article.content.find("Another"), std::string::npos);
    EXPECT_EQ(article.content.find("somebody"), std::string::npos);
}

TEST(ArticlePage, a_page_is_read_only_where_somebody_asks_for_it) {
    static const ParserRegistry kRegistry =
        ParserRegistry::load(std::filesystem::path{NEWSWATCH_BINARY_DIR} / "lib/newswatch/plugins");
    const Document document{.url = "https://news.example/", .bytes = page_with("<title>T</title>", kProse)};
    EXPECT_FALSE(parse(kRegistry, document));
}

/// A page that must come to an end, and soon: ctest stops it otherwise.
void expect_bounded(const std::string& junk) {
    const auto parsed = page_at(page_with("<title>Bridge opens again</title>", junk + kProse));
    EXPECT_TRUE(!parsed || parsed->articles.size() <= 1);
}
std::string times(std::size_t count, const std::string& part) {
    std::string all;
    all.reserve(count * part.size());
    for (std::size_t i = 0; i < count; ++i)
        all += part;
    return all;
}

TEST(HostilePage, of_nested_elements_is_bounded) {
    expect_bounded(times(200'000, "<div>"));
}
TEST(HostilePage, of_formatting_left_open_is_bounded) {
    std::string junk;
    for (int i = 0; i < 5'000; ++i)
        junk += "<font id=f" + std::to_string(i) + "><b><p>";
    expect_bounded(junk);
}
TEST(HostilePage, of_huge_attributes_is_bounded) {
    expect_bounded("<div class='" + std::string(2'000'000, 'x') + "'>" + "<p " + times(100'000, "a b='c' ") +
                   ">");
}
TEST(HostilePage, of_scripts_is_bounded) {
    expect_bounded(times(500, "<script type='application/ld+json'>" + times(500, "[{\"a\":") + "</script>"));
}
TEST(HostilePage, of_broken_tables_is_bounded) {
    expect_bounded(times(20'000, "<table><tr>x<td><b>"));
}
TEST(HostilePage, of_many_siblings_is_bounded) {
    expect_bounded(times(200'000, "<p>a"));
}
TEST(HostilePage, of_comments_never_closed_is_bounded) {
    expect_bounded(times(100'000, "<!-- <svg> "));
}

}  // namespace
}  // namespace newswatch::parse
