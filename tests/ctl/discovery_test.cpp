#include "ctl/discovery.h"

#include <gmock/gmock.h>

#include <map>

#include "text/date.h"

namespace newswatch::ctl {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

const Time kNow = *text::read_date("2026-03-01T12:00:00Z");

std::string rss(const std::string& title, const std::string& items = "<item><title>One</title></item>") {
    return "<rss version='2.0'><channel><title>" + title + "</title>" + items + "</channel></rss>";
}

/// A web of documents in memory.
class Discovering : public testing::Test {
  protected:
    void serve(const std::string& url, std::string bytes, std::string type = "text/html") {
        documents_[url] = {.url = url, .content_type = std::move(type), .bytes = std::move(bytes)};
    }
    Discovery discover(const std::string& url) {
        return ctl::discover(
            url, parsers_,
            [this](const std::string& address) {
                asked_.push_back(address);
                FetchAnswer answer;
                const auto found = documents_.find(address);
                if (found == documents_.end()) {
                    answer.error = "HTTP 404 Not Found";
                } else {
                    answer.document = found->second;
                }
                return answer;
            },
            kNow);
    }

    parse::ParserRegistry parsers_ =
        parse::ParserRegistry::load(NEWSWATCH_BINARY_DIR "/lib/newswatch/plugins");
    std::map<std::string, Document> documents_;
    std::vector<std::string> asked_;
};

TEST_F(Discovering, a_valid_feed_is_never_overridden_by_what_its_articles_link_to) {
    serve("https://a.example/",
          rss("News",
              "<item><title>One</title><description>&lt;html>&lt;link rel=alternate type='text/rss' "
              "href='/other'></description></item>"));
    const Discovery found = discover("https://a.example/");
    EXPECT_FALSE(found.is_page);
    ASSERT_THAT(found.feeds, SizeIs(1));
    EXPECT_EQ(found.feeds[0].title, "News");
    EXPECT_THAT(asked_, SizeIs(1));
}

TEST_F(Discovering, the_feeds_of_a_page_are_read_to_be_sure) {
    serve("https://a.example/",
          "<html><link rel=feed href=/one><link rel=feed href=/two><link rel=feed href=/three>");
    serve("https://a.example/one", rss("One"));
    serve("https://a.example/two", "<html><body>A page about feeds</body></html>");
    const Discovery found = discover("https://a.example/");
    EXPECT_TRUE(found.is_page);
    ASSERT_THAT(found.feeds, SizeIs(1));
    EXPECT_EQ(found.feeds[0].format, "rss-2.0");
    ASSERT_THAT(found.others, SizeIs(2));
    EXPECT_EQ(found.others[0].reason, "it is a web page");
    EXPECT_EQ(found.others[1].reason, "HTTP 404 Not Found");
}

TEST_F(Discovering, pages_behind_a_page_are_not_followed) {
    serve("https://a.example/", "<html><link rel=feed href=/two>");
    serve("https://a.example/two", "<html><link rel=feed href=/three>");
    serve("https://a.example/three", rss("Three"));
    EXPECT_THAT(discover("https://a.example/").feeds, IsEmpty());
    EXPECT_THAT(asked_, ElementsAre("https://a.example/", "https://a.example/two"));
}

TEST_F(Discovering, requests_are_bounded) {
    std::string page = "<html>";
    for (int i = 0; i < 50; ++i)
        page += "<link rel=feed href=/" + std::to_string(i) + ">";
    serve("https://a.example/", page);
    EXPECT_THAT(discover("https://a.example/").others, SizeIs(kMostRequests - 1));
    EXPECT_THAT(asked_, SizeIs(kMostRequests));
}

TEST_F(Discovering, the_newest_article_is_the_newest_that_is_not_in_the_future) {
    serve("https://a.example/", rss("News",
                                    "<item><title>a</title><pubDate>2026-02-27T10:00:00Z</pubDate></item>"
                                    "<item><title>b</title><pubDate>2026-03-01T10:00:00Z</pubDate></item>"
                                    "<item><title>c</title><pubDate>2099-01-01T00:00:00Z</pubDate></item>"));
    EXPECT_EQ(discover("https://a.example/").feeds.at(0).newest, text::read_date("2026-03-01T10:00:00Z"));
}

TEST_F(Discovering, a_feed_that_does_not_say_its_language_is_read_for_it) {
    std::string items;
    for (const char* title :
         {"Der Hafen bleibt wegen des Sturms geschlossen und die Schiffe warten auf besseres Wetter",
          "Die Regierung hat gestern Abend über den neuen Haushalt beraten",
          "Nach den schweren Regenfällen der vergangenen Woche sind viele Straßen noch immer nicht befahrbar",
          "Der Bürgermeister kündigte an, dass die Schule im Herbst wieder geöffnet werden soll",
          "Wissenschaftler haben herausgefunden, warum die Vögel in diesem Jahr später nach Süden fliegen"})
        items += std::string{"<item><title>"} + title + "</title></item>";
    serve("https://a.example/", rss("Nachrichten", items));
    EXPECT_EQ(discover("https://a.example/").feeds.at(0).language, "de");
}

TEST_F(Discovering, what_cannot_be_read_is_told_with_its_reason) {
    const Discovery missing = discover("https://a.example/");
    ASSERT_THAT(missing.others, SizeIs(1));
    EXPECT_EQ(missing.others[0].reason, "HTTP 404 Not Found");
    serve("https://a.example/", "<?xml version='1.0'?><opml/>", "text/xml");
    EXPECT_THAT(discover("https://a.example/").others.at(0).reason, testing::HasSubstr("opml"));
}

}  // namespace
}  // namespace newswatch::ctl
