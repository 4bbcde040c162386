#include "pipeline/judge_page.h"

#include <gtest/gtest.h>

#include <string>

#include "text/date.h"

namespace newswatch {
namespace {

using namespace std::chrono_literals;

const Time kNow = *text::read_date("2026-03-01T12:00:00Z");
const std::string kSentence =
    "The ministers spoke for three hours on Monday and agreed to meet again before the end of the month. ";

std::string page_with(const std::string& title, const std::string& body) {
    return "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>" + title +
           "</title></head><body><nav><a href=\"/\">Home</a></nav><main><article><h1>" + title + "</h1>" +
           body + "</article></main><footer><a href=\"/about\">About us</a></footer></body></html>";
}

std::string page_of(const std::string& title, const std::string& text) {
    return page_with(title, "<p>" + kSentence + kSentence + "</p><p>" + text + "</p><p>" + kSentence +
                                kSentence + kSentence + "</p>");
}

/// One teaser, and a watchlist that looks for an envoy.
class JudgingPages : public testing::Test {
  protected:
    JudgingPages() {
        Watchlist watchlist;
        watchlist.id = "envoys";
        watchlist.name = "Envoys";
        watchlist.match = {.kind = RuleKind::term, .text = "envoy"};
        watchlists_ = match::WatchlistSet::compile({watchlist}, {}, match::compile_regions({}));
        feed_.url = "https://press.example/feed";
        feed_.id = feed_id(feed_.url);
        wish_.feed = feed_.id;
        wish_.article.url = "https://press.example/1";
        wish_.article.title = "Ministers meet in Damascus";
        wish_.article.summary = "They spoke on Monday.";
        wish_.article.published = kNow - 1h;
        wish_.keys = parse::article_keys(feed_.id, wish_.article);
    }

    PageResult judge(FetchAnswer answer) {
        answer.request.feed = feed_;
        answer.request.url = wish_.article.url;
        const Jury jury{.parsers = parsers_, .watchlists = *watchlists_};
        return *judge_page(jury, std::move(answer), wish_, {}, kNow).harvest.page;
    }
    PageResult judge_bytes(std::string bytes, std::string type = "text/html; charset=utf-8") {
        FetchAnswer answer{.end = PollEnd::fetched, .status = 200};
        answer.document = Document{.feed = feed_.id,
                                   .url = wish_.article.url,
                                   .content_type = std::move(type),
                                   .bytes = std::move(bytes)};
        return judge(std::move(answer));
    }

    parse::ParserRegistry parsers_ =
        parse::ParserRegistry::load(NEWSWATCH_BINARY_DIR "/lib/newswatch/plugins");
    std::shared_ptr<const match::WatchlistSet> watchlists_;
    Feed feed_;
    PageWish wish_;
};

TEST_F(JudgingPages, the_text_of_the_page_becomes_the_text_of_the_article) {
    const PageResult page =
        judge_bytes(page_of("Ministers meet in Damascus", "An envoy of Libya was there."));
    ASSERT_TRUE(page.article);
    EXPECT_NE(page.article->content.find("An envoy of Libya was there."), std::string::npos);
    EXPECT_EQ(page.article->content.find("About us"), std::string::npos);
}

TEST_F(JudgingPages, what_the_feed_says_of_the_article_stays) {
    const PageResult page = judge_bytes(page_of("Ministers meet in Damascus - Press", "Text."));
    ASSERT_TRUE(page.article);
    EXPECT_EQ(page.article->title, "Ministers meet in Damascus");
    EXPECT_EQ(page.article->summary, "They spoke on Monday.");
    EXPECT_EQ(page.article->published, kNow - 1h);
}

TEST_F(JudgingPages, a_watchlist_that_meets_it_alerts_under_the_id_of_a_new_article) {
    const PageResult page =
        judge_bytes(page_of("Ministers meet in Damascus", "An envoy of Libya was there."));
    ASSERT_EQ(page.alerts.size(), 1U);
    EXPECT_EQ(page.alerts[0].watchlist, "envoys");
    EXPECT_EQ(page.alerts[0].kind, AlertKind::new_article);
    EXPECT_EQ(page.alerts[0].id, hash128({"alert", "envoys", wish_.keys.id.text(), Hash128{}.text()}));
}

TEST_F(JudgingPages, a_page_that_asks_to_be_left_alone_is_given_up) {
    const std::string page = page_of("Ministers meet in Damascus", "An envoy of Libya was there.");
    EXPECT_FALSE(judge_bytes("<meta name=robots content=noindex>" + page).article);
}

TEST_F(JudgingPages, a_page_that_asks_not_to_be_kept_alerts_and_is_not_archived) {
    const std::string page = page_of("Ministers meet in Damascus", "An envoy of Libya was there.");
    const PageResult result = judge_bytes("<meta name=robots content=noarchive>" + page);
    EXPECT_EQ(result.alerts.size(), 1U);
    EXPECT_FALSE(result.archive);
}

TEST_F(JudgingPages, a_page_about_something_else_is_given_up) {
    const PageResult page = judge_bytes(page_with(
        "We value your privacy",
        "<p>An envoy of cookies keeps what you like, so that you are shown more of it. It stays for a year, "
        "unless you say no, and nothing is sold to anybody, whatever you choose here now or later.</p>"));
    EXPECT_FALSE(page.article);
    EXPECT_FALSE(page.again);
    EXPECT_TRUE(page.alerts.empty());
}

TEST_F(JudgingPages, a_page_that_says_no_more_than_the_feed_is_given_up) {
    wish_.article.content = std::string(5000, 'x');
    EXPECT_FALSE(judge_bytes(page_of("Ministers meet in Damascus", "Text.")).article);
}

TEST_F(JudgingPages, what_is_no_page_is_given_up) {
    const PageResult page = judge_bytes("%PDF-1.7\n\x01\x02", "application/pdf");
    EXPECT_FALSE(page.article);
    EXPECT_FALSE(page.again);
}

TEST_F(JudgingPages, a_server_that_fails_is_asked_again_in_ten_minutes) {
    const PageResult page = judge({.end = PollEnd::failed, .status = 502, .error = "502 Bad Gateway"});
    EXPECT_TRUE(page.again);
    EXPECT_EQ(page.wish.tries, 1U);
    EXPECT_EQ(page.wish.not_before, kNow + 10min);
}

TEST_F(JudgingPages, or_when_it_says_where_that_is_later) {
    FetchAnswer answer{.end = PollEnd::refused, .status = 429, .error = "429 Too Many Requests"};
    answer.wishes.retry_after = 1h;
    EXPECT_EQ(judge(std::move(answer)).wish.not_before, kNow + 1h);
}

TEST_F(JudgingPages, a_third_failure_gives_the_page_up) {
    wish_.tries = 2;
    EXPECT_FALSE(judge({.end = PollEnd::failed, .error = "timed out"}).again);
}

TEST_F(JudgingPages, a_page_that_is_not_there_is_given_up_at_once) {
    EXPECT_FALSE(judge({.end = PollEnd::failed, .status = 404, .error = "404 Not Found"}).again);
}

TEST_F(JudgingPages, a_page_that_may_not_be_read_is_given_up_at_once) {
    EXPECT_FALSE(
        judge({.end = PollEnd::gone, .error = "the robots.txt of its site does not let it be read"}).again);
}

}  // namespace
}  // namespace newswatch
