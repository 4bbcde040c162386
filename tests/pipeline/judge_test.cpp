#include "pipeline/judge.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <set>

#include "text/date.h"

namespace newswatch {
namespace {

using namespace std::chrono_literals;

const Time kNow = *text::read_date("2026-03-01T12:00:00Z");

std::string item(const std::string& id, const std::string& title, Time published) {
    return "<item><guid isPermaLink=\"false\">" + id + "</guid><title>" + title +
           "</title><link>https://press.example/" + id + "</link><pubDate>" + text::rfc3339(published) +
           "</pubDate></item>";
}

std::string rss(const std::string& items) {
    return "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Press</title><ttl>60</ttl>" + items +
           "</channel></rss>";
}

/// A court of one watchlist, `envoys`, which looks for the word "envoy"; `store` knows what `known` says.
class Judging : public testing::Test {
  protected:
    Judging() {
        watch(false);
        feed_.url = "https://press.example/feed";
        feed_.id = feed_id(feed_.url);
    }

    void watch(bool updates) {
        Watchlist watchlist;
        watchlist.updates = updates;
        watchlist.id = "envoys";
        watchlist.name = "Envoys";
        watchlist.match = {.kind = RuleKind::all_of,
                           .children = {{.kind = RuleKind::term, .text = "envoy"},
                                        {.kind = RuleKind::term, .text = "Damascus"},
                                        {.kind = RuleKind::term, .text = "talks"}}};
        watchlists_ = match::WatchlistSet::compile({watchlist}, {}, match::compile_regions({}));
    }

    Judgement judge_bytes(std::string bytes, FeedState state = {}) {
        FetchAnswer answer{
            .request = {.feed = feed_, .url = feed_.url}, .end = PollEnd::fetched, .status = 200};
        answer.document = Document{.feed = feed_.id,
                                   .url = feed_.url,
                                   .content_type = "application/rss+xml",
                                   .bytes = std::move(bytes),
                                   .etag = "\"v2\""};
        return judge_answer(std::move(answer), std::move(state));
    }

    Judgement judge_answer(FetchAnswer answer, FeedState state) {
        const Jury jury{.parsers = parsers_,
                        .watchlists = *watchlists_,
                        .novelty = novelty_,
                        .earlier_text = [this](const FeedId&, const Hash128&) { return earlier_; },
                        .burst = 3};
        return judge(jury, std::move(answer), std::move(state), kNow);
    }

    static FeedState polled_before() {
        FeedState state;
        state.last_success = kNow - 1h;
        state.etag = "\"v1\"";
        return state;
    }

    static std::size_t alerts(const Judgement& poll) {
        std::size_t count = 0;
        for (const HarvestedArticle& article : poll.harvest.articles)
            count += article.alerts.size();
        return count;
    }

    parse::ParserRegistry parsers_ =
        parse::ParserRegistry::load(NEWSWATCH_BINARY_DIR "/lib/newswatch/plugins");
    std::shared_ptr<const match::WatchlistSet> watchlists_;
    std::function<Novelty(const ArticleKeys&)> novelty_ = [](const ArticleKeys&) { return Novelty::fresh; };
    std::optional<Article> earlier_{};
    Feed feed_;
};

TEST_F(Judging, a_matching_article_of_a_later_poll_alerts_however_old_it_is) {
    const Judgement poll =
        judge_bytes(rss(item("1", "An envoy reaches Damascus for talks", kNow - 2000h)), polled_before());
    ASSERT_EQ(alerts(poll), 1U);
    const Alert& alert = poll.harvest.articles[0].alerts[0];
    EXPECT_EQ(alert.kind, AlertKind::new_article);
    EXPECT_EQ(alert.watchlist, "envoys");
    EXPECT_EQ(alert.spans.size(), 3U);
    EXPECT_NE(alert.explanation.find("Damascus"), std::string::npos);
}

TEST_F(Judging, the_first_poll_archives_everything_and_alerts_for_young_articles_only) {
    const Judgement poll = judge_bytes(rss(item("1", "An envoy reaches Damascus for talks", kNow - 48h) +
                                           item("2", "Damascus receives an envoy for talks", kNow - 2h)));
    EXPECT_EQ(poll.harvest.articles.size(), 2U);
    EXPECT_EQ(alerts(poll), 1U);
    EXPECT_EQ(poll.harvest.articles[1].alerts.size(), 1U);
}

TEST_F(Judging, the_first_poll_does_not_take_a_date_far_in_the_future_for_youth) {
    const Judgement poll = judge_bytes(rss(item("1", "An envoy reaches Damascus for talks", kNow + 5000h) +
                                           item("2", "Damascus receives an envoy for talks", kNow + 2h)));
    ASSERT_EQ(poll.harvest.articles.size(), 2U);
    EXPECT_TRUE(poll.harvest.articles[0].alerts.empty());
    EXPECT_EQ(poll.harvest.articles[1].alerts.size(), 1U) << "a publisher's clock or zone is a little wrong";
}

TEST_F(Judging, an_article_without_a_date_does_not_alert_on_the_first_poll) {
    const Judgement poll =
        judge_bytes(rss("<item><title>An envoy reaches Damascus for talks</title></item>"));
    EXPECT_EQ(poll.harvest.articles.size(), 1U);
    EXPECT_EQ(alerts(poll), 0U);
}

TEST_F(Judging, a_known_article_is_not_harvested_again) {
    novelty_ = [](const ArticleKeys&) { return Novelty::known; };
    const Judgement poll =
        judge_bytes(rss(item("1", "An envoy reaches Damascus for talks", kNow)), polled_before());
    EXPECT_TRUE(poll.harvest.articles.empty());
    EXPECT_EQ(poll.harvest.still_there.size(), 1U);
    EXPECT_EQ(poll.outcome.new_articles, 0U);
}

TEST_F(Judging, a_revised_article_asks_for_an_update_alert_with_another_id) {
    const Judgement first =
        judge_bytes(rss(item("1", "An envoy reaches Damascus for talks", kNow)), polled_before());
    novelty_ = [](const ArticleKeys&) { return Novelty::revised; };
    const Judgement second =
        judge_bytes(rss(item("1", "The envoy has left Damascus after talks", kNow)), polled_before());
    ASSERT_EQ(alerts(second), 1U);
    EXPECT_EQ(second.harvest.articles[0].alerts[0].kind, AlertKind::updated);
    EXPECT_NE(second.harvest.articles[0].alerts[0].id, first.harvest.articles[0].alerts[0].id);
}

TEST_F(Judging, a_revision_that_met_the_watchlist_before_is_no_news) {
    novelty_ = [](const ArticleKeys&) { return Novelty::revised; };
    earlier_ = Article{.title = "An envoy reaches Damascus for talks"};
    const Judgement poll =
        judge_bytes(rss(item("1", "The envoy has left Damascus after talks", kNow)), polled_before());
    EXPECT_EQ(poll.harvest.articles.size(), 1U);
    EXPECT_EQ(alerts(poll), 0U);
}

TEST_F(Judging, a_revision_that_newly_meets_the_watchlist_alerts) {
    novelty_ = [](const ArticleKeys&) { return Novelty::revised; };
    earlier_ = Article{.title = "An envoy reaches Geneva for talks"};
    EXPECT_EQ(
        alerts(judge_bytes(rss(item("1", "The envoy is in Damascus for talks", kNow)), polled_before())), 1U);
}

TEST_F(Judging, a_watchlist_that_asks_for_updates_hears_of_a_revision_that_met_it_before) {
    watch(true);
    novelty_ = [](const ArticleKeys&) { return Novelty::revised; };
    earlier_ = Article{.title = "An envoy reaches Damascus for talks"};
    EXPECT_EQ(
        alerts(judge_bytes(rss(item("1", "The envoy has left Damascus after talks", kNow)), polled_before())),
        1U);
}

TEST_F(Judging, an_alert_id_is_the_same_on_every_machine_and_for_ever) {
    const Judgement poll =
        judge_bytes(rss(item("1", "An envoy reaches Damascus for talks", kNow)), polled_before());
    const Hash128 article =
        hash128({"article", hash128({"feed", "https://press.example/feed"}).text(), "id", "1"});
    const Alert& alert = poll.harvest.articles.at(0).alerts.at(0);
    EXPECT_EQ(alert.article_id, article);
    EXPECT_EQ(alert.id, hash128({"alert", "envoys", article.text(), Hash128{}.text()}));
    EXPECT_EQ(alert.id.text(), "cundz7gdzdui6nl6d6xb7s6wpy")
        << "ids are kept by subscribers: they may never change";
}

TEST_F(Judging, the_same_article_has_the_same_alert_id_at_every_poll) {
    const std::string document = rss(item("1", "An envoy reaches Damascus for talks", kNow));
    EXPECT_EQ(judge_bytes(document, polled_before()).harvest.articles[0].alerts[0].id,
              judge_bytes(document, polled_before()).harvest.articles[0].alerts[0].id);
}

TEST_F(Judging, a_watchlist_that_more_articles_meet_than_the_burst_gets_a_digest) {
    std::string items;
    for (int i = 0; i < 4; ++i)
        items += item(std::to_string(i), "Talks: envoy number " + std::to_string(i) + " in Damascus", kNow);
    const Judgement poll = judge_bytes(rss(items), polled_before());
    EXPECT_EQ(poll.harvest.articles.size(), 4U);
    EXPECT_EQ(poll.harvest.digests, std::set<std::string>{"envoys"});
}

TEST_F(Judging, as_many_as_the_burst_alert_one_by_one_however_many_articles_came) {
    std::string items;
    for (int i = 0; i < 3; ++i)
        items += item(std::to_string(i), "Talks: envoy number " + std::to_string(i) + " in Damascus", kNow);
    for (int i = 3; i < 20; ++i)
        items += item(std::to_string(i), "Rain on day " + std::to_string(i), kNow);
    const Judgement poll = judge_bytes(rss(items), polled_before());
    EXPECT_EQ(alerts(poll), 3U);
    EXPECT_TRUE(poll.harvest.digests.empty());
}

TEST_F(Judging, an_article_that_misses_one_clause_is_remembered_as_almost) {
    const Judgement poll =
        judge_bytes(rss(item("1", "An envoy reaches Geneva for talks", kNow)), polled_before());
    ASSERT_EQ(poll.almost.size(), 1U);
    EXPECT_EQ(poll.almost[0].title, "An envoy reaches Geneva for talks");
    EXPECT_NE(poll.almost[0].near.missing.find("Damascus"), std::string::npos);
}

TEST_F(Judging, validators_are_kept_with_a_document_that_could_be_read) {
    const Judgement poll = judge_bytes(rss(item("1", "Rain", kNow)), polled_before());
    EXPECT_EQ(poll.harvest.state.etag, "\"v2\"");
    EXPECT_EQ(poll.harvest.state.title, "Press");
    EXPECT_EQ(poll.outcome.wishes.ttl, 60min);
}

TEST_F(Judging, an_unreadable_document_is_a_failure_that_keeps_the_old_validators) {
    const Judgement poll = judge_bytes("<html><body>Maintenance</body></html>", polled_before());
    EXPECT_EQ(poll.outcome.end, PollEnd::unreadable);
    EXPECT_EQ(poll.harvest.state.etag, "\"v1\"");
    EXPECT_EQ(poll.harvest.state.failures_in_a_row, 1U);
    EXPECT_FALSE(poll.harvest.state.last_error.empty());
}

TEST_F(Judging, the_same_bytes_as_before_are_not_parsed_again) {
    const std::string document = rss(item("1", "An envoy reaches Damascus for talks", kNow));
    FeedState state = judge_bytes(document, polled_before()).harvest.state;
    const Judgement again = judge_bytes(document, state);
    EXPECT_EQ(again.outcome.end, PollEnd::not_modified);
    EXPECT_TRUE(again.harvest.articles.empty());
}

TEST_F(Judging, a_304_may_refresh_the_validators) {
    FetchAnswer answer{.request = {.feed = feed_, .url = feed_.url},
                       .end = PollEnd::not_modified,
                       .status = 304,
                       .etag = "\"v3\""};
    EXPECT_EQ(judge_answer(std::move(answer), polled_before()).harvest.state.etag, "\"v3\"");
}

TEST_F(Judging, a_failed_poll_is_told_with_its_reason) {
    FetchAnswer answer{.request = {.feed = feed_, .url = feed_.url},
                       .end = PollEnd::failed,
                       .status = 503,
                       .error = "HTTP 503"};
    const Judgement poll = judge_answer(std::move(answer), polled_before());
    EXPECT_EQ(poll.harvest.state.last_error, "HTTP 503");
    EXPECT_GT(poll.harvest.state.next_poll, kNow);
}

TEST_F(Judging, a_teaser_wishes_for_its_page_where_the_feed_says_so) {
    feed_.full_text = FullText::automatic;
    const Judgement poll = judge_bytes(rss(item("1", "Rain", kNow - 2h)), polled_before());
    ASSERT_EQ(poll.harvest.pages.size(), 1U);
    EXPECT_EQ(poll.harvest.pages[0].article.url, "https://press.example/1");
    EXPECT_EQ(poll.harvest.pages[0].keys.id, poll.harvest.articles[0].keys.id);
}

TEST_F(Judging, no_page_is_wished_for_where_the_feed_does_not_say_so) {
    EXPECT_TRUE(judge_bytes(rss(item("1", "Rain", kNow - 2h)), polled_before()).harvest.pages.empty());
}

TEST_F(Judging, a_revised_entry_does_not_bring_its_page_again) {
    feed_.full_text = FullText::always;
    novelty_ = [](const ArticleKeys&) { return Novelty::revised; };
    EXPECT_TRUE(judge_bytes(rss(item("1", "Rain", kNow - 2h)), polled_before()).harvest.pages.empty());
}

TEST_F(Judging, of_the_first_poll_only_young_articles_bring_their_pages) {
    feed_.full_text = FullText::always;
    const Judgement poll = judge_bytes(rss(item("1", "Rain", kNow - 48h) + item("2", "Snow", kNow - 2h)));
    ASSERT_EQ(poll.harvest.pages.size(), 1U);
    EXPECT_EQ(poll.harvest.pages[0].article.url, "https://press.example/2");
}

TEST_F(Judging, an_archive_that_is_opened_brings_no_pages) {
    feed_.full_text = FullText::always;
    std::string items;
    for (int i = 0; i < 4; ++i)
        items += item(std::to_string(i), "Rain " + std::to_string(i), kNow - 2h);
    EXPECT_TRUE(judge_bytes(rss(items), polled_before()).harvest.pages.empty());
}

}  // namespace
}  // namespace newswatch
