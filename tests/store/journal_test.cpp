#include "store/journal.h"

#include <gmock/gmock.h>

#include <atomic>
#include <thread>

#include "samples.h"
#include "temporary_folder.h"

namespace newswatch::store {
namespace {

using std::chrono::hours;
using testing::ElementsAre;
using testing::HasSubstr;

class JournalTest : public testing::Test {
  protected:
    TemporaryFolder folder_;
    ManualClock clock_{kNoon};
    std::unique_ptr<Journal> journal_ = open_journal(folder_.path(), clock_).value();

    [[nodiscard]] std::vector<StoredAlert> alerts() {
        return JournalReader::open(folder_.path()).value()->alerts_after(0, 1000).value();
    }
    void reopen() {
        journal_.reset();
        journal_ = open_journal(folder_.path(), clock_).value();
    }
};

TEST_F(JournalTest, a_new_journal_has_a_stream_and_no_alerts) {
    EXPECT_EQ(journal_->head().stream.size(), 36U);
    EXPECT_EQ(journal_->head().head, 0U);
    EXPECT_EQ(journal_->head().first, 1U);
}

TEST_F(JournalTest, alerts_are_numbered_from_one_without_holes) {
    ASSERT_TRUE(commit(*journal_, {with_alert(article(kGazette, "a", "one"), "levant"),
                                   with_alert(article(kGazette, "b", "two"), "levant")}));
    const auto second = commit(*journal_, {with_alert(article(kGazette, "c", "three"), "maghreb")});
    ASSERT_TRUE(second);
    EXPECT_EQ(second->head, 3U);
    EXPECT_EQ(second->alerts, 1U);
    const auto stored = alerts();
    ASSERT_EQ(stored.size(), 3U);
    for (std::size_t i = 0; i < stored.size(); ++i)
        EXPECT_EQ(stored[i].number, i + 1);
}

TEST_F(JournalTest, previous_is_the_last_number_with_the_same_topic) {
    ASSERT_TRUE(commit(*journal_, {with_alert(article(kGazette, "a", "one"), "levant"),
                                   with_alert(article(kGazette, "b", "two"), "maghreb"),
                                   with_alert(article(kGazette, "c", "three"), "levant")}));
    reopen();
    ASSERT_TRUE(commit(*journal_, {with_alert(article(kGazette, "d", "four"), "maghreb")}));
    std::vector<std::uint64_t> previous;
    for (const StoredAlert& stored : alerts())
        previous.push_back(stored.previous);
    EXPECT_THAT(previous, ElementsAre(0, 0, 1, 2));
}

TEST_F(JournalTest, the_payload_is_written_with_number_previous_stream_and_topic) {
    ASSERT_TRUE(commit(*journal_, {with_alert(article(kGazette, "a", "one"), "levant")}));
    const StoredAlert stored = alerts().front();
    EXPECT_EQ(stored.topic, "alert/levant/normal/");
    EXPECT_THAT(stored.payload, HasSubstr(R"("number":1,"previous":0)"));
    EXPECT_THAT(stored.payload, HasSubstr(journal_->head().stream));
}

TEST_F(JournalTest, an_article_that_was_committed_is_known) {
    const HarvestedArticle first = article(kGazette, "a", "one");
    EXPECT_EQ(journal_->novelty(first.keys), Novelty::fresh);
    ASSERT_TRUE(commit(*journal_, {first}));
    EXPECT_EQ(journal_->novelty(first.keys), Novelty::known);
}

TEST_F(JournalTest, a_known_id_with_another_text_is_revised) {
    ASSERT_TRUE(commit(*journal_, {article(kGazette, "a", "one")}));
    EXPECT_EQ(journal_->novelty(article(kGazette, "a", "one, corrected").keys), Novelty::revised);
}

TEST_F(JournalTest, a_new_id_over_old_content_is_known) {
    ASSERT_TRUE(commit(*journal_, {article(kGazette, "a", "one")}));
    EXPECT_EQ(journal_->novelty(article(kGazette, "rewritten", "one").keys), Novelty::known);
}

TEST_F(JournalTest, the_same_article_in_another_feed_is_known) {
    ASSERT_TRUE(commit(*journal_, {article(kGazette, "a", "one")}));
    EXPECT_EQ(journal_->novelty(article(feed_at("https://herald.example/"), "z", "one").keys),
              Novelty::known);
}

TEST_F(JournalTest, an_article_without_a_url_is_not_known_by_its_missing_url) {
    HarvestedArticle first = article(kGazette, "a", "one");
    first.keys.across_feeds = {};
    HarvestedArticle second = article(kGazette, "b", "two");
    second.keys.across_feeds = {};
    ASSERT_TRUE(commit(*journal_, {first}));
    EXPECT_EQ(journal_->novelty(second.keys), Novelty::fresh);
}

TEST_F(JournalTest, what_was_seen_is_known_after_a_restart) {
    const HarvestedArticle first = article(kGazette, "a", "one");
    ASSERT_TRUE(commit(*journal_, {first}));
    reopen();
    EXPECT_EQ(journal_->novelty(first.keys), Novelty::known);
    EXPECT_EQ(journal_->novelty(article(kGazette, "a", "other").keys), Novelty::revised);
}

TEST_F(JournalTest, two_harvests_with_the_same_article_in_one_commit_give_one_alert) {
    const HarvestedArticle first = with_alert(article(kGazette, "a", "one"), "levant");
    const std::vector<Harvest> harvests{harvest(kGazette, {first}), harvest(kGazette, {first})};
    const auto committed = journal_->commit(harvests);
    ASSERT_TRUE(committed);
    EXPECT_EQ(committed->articles, 1U);
    EXPECT_EQ(committed->alerts, 1U);
}

TEST_F(JournalTest, a_known_article_called_fresh_adds_nothing) {
    const HarvestedArticle first = with_alert(article(kGazette, "a", "one"), "levant");
    ASSERT_TRUE(commit(*journal_, {first}));
    const auto again = commit(*journal_, {first});
    ASSERT_TRUE(again);
    EXPECT_EQ(again->articles, 0U);
    EXPECT_EQ(again->head, 1U);
}

TEST_F(JournalTest, an_alert_id_is_journalled_once_and_uses_no_second_number) {
    HarvestedArticle revised = article(kGazette, "a", "one, corrected");
    revised.alerts = {alert("levant", revised), alert("maghreb", revised)};
    ASSERT_TRUE(commit(*journal_, {with_alert(article(kGazette, "a", "one"), "levant")}));
    const auto committed = commit(*journal_, {revised});
    ASSERT_TRUE(committed);
    EXPECT_EQ(committed->alerts, 1U);
    EXPECT_EQ(committed->head, 2U);
}

HarvestedArticle update_of(const std::string& watchlist, bool wants_updates) {
    HarvestedArticle revised = article(kGazette, "a", "one, corrected");
    Alert update = alert(watchlist, revised, "revision");
    update.kind = AlertKind::updated;
    update.wants_updates = wants_updates;
    revised.alerts.push_back(update);
    return revised;
}

TEST_F(JournalTest, an_update_is_dropped_where_the_watchlist_does_not_ask_for_updates) {
    ASSERT_TRUE(commit(*journal_, {with_alert(article(kGazette, "a", "one"), "levant")}));
    const auto committed = commit(*journal_, {update_of("levant", false)});
    ASSERT_TRUE(committed);
    EXPECT_EQ(committed->articles, 1U);
    EXPECT_EQ(committed->alerts, 0U);
}

TEST_F(JournalTest, an_update_that_is_asked_for_names_the_alert_it_updates) {
    std::vector<Alert> encoded;
    journal_.reset();
    journal_ = Journal::open(folder_.path(), clock_, [&](const Alert& written) {
                   encoded.push_back(written);
                   return std::string{"{}"};
               }).value();
    const HarvestedArticle first = with_alert(article(kGazette, "a", "one"), "levant");
    ASSERT_TRUE(commit(*journal_, {first}));
    ASSERT_TRUE(commit(*journal_, {update_of("levant", true)}));
    ASSERT_EQ(encoded.size(), 2U);
    EXPECT_EQ(encoded[1].kind, AlertKind::updated);
    EXPECT_EQ(encoded[1].related, first.alerts.front().id);
}

TEST_F(JournalTest, a_revision_that_newly_matches_is_a_new_alert) {
    ASSERT_TRUE(commit(*journal_, {with_alert(article(kGazette, "a", "one"), "levant")}));
    const auto committed = commit(*journal_, {update_of("lev", false)});  // a watchlist with a similar name
    ASSERT_TRUE(committed);
    EXPECT_EQ(committed->alerts, 1U);
    EXPECT_THAT(alerts().back().payload, HasSubstr(R"("kind":0)"));
}

TEST_F(JournalTest, the_state_of_a_feed_comes_back_as_it_was_saved) {
    Harvest polled = harvest(kGazette, {});
    polled.state.title = "The Gazette";
    polled.state.etag = "W/\"\xE9\"";  // opaque bytes, not UTF-8
    polled.state.last_modified = "Sat, 14 Mar 2026 12:00:00 GMT";
    polled.state.body_hash = hash128({"body"});
    polled.state.last_poll = kNoon;
    polled.state.last_success = kNoon - hours{1};
    polled.state.next_poll = kNoon + hours{1};
    polled.state.failures_in_a_row = 3;
    polled.state.last_error = "time-out";
    polled.state.articles_seen = 40;
    polled.state.rhythm.articles = 12.5;
    polled.state.rhythm.hours[23] = 7;
    polled.state.last_document = kNoon - hours{4};
    polled.state.move = std::make_shared<const FeedMove>(
        FeedMove{.url = "http://new.example/", .answers = 3, .since = kNoon - hours{30}, .adopted = true});
    polled.state.retired = true;
    polled.state.not_before = kNoon + hours{2};
    polled.state.gone_since = kNoon - hours{3};
    ASSERT_TRUE(journal_->commit(std::vector{polled}));
    reopen();
    const auto states = journal_->feed_states();
    ASSERT_TRUE(states);
    ASSERT_EQ(states->size(), 1U);
    const FeedState& state = states->front();
    EXPECT_EQ(state.id, kGazette.id);
    EXPECT_EQ(state.title, polled.state.title);
    EXPECT_EQ(state.etag, polled.state.etag);
    EXPECT_EQ(state.last_modified, polled.state.last_modified);
    EXPECT_EQ(state.body_hash, polled.state.body_hash);
    EXPECT_EQ(state.last_poll, polled.state.last_poll);
    EXPECT_EQ(state.last_success, polled.state.last_success);
    EXPECT_EQ(state.next_poll, polled.state.next_poll);
    EXPECT_EQ(state.failures_in_a_row, 3U);
    EXPECT_EQ(state.last_error, "time-out");
    EXPECT_EQ(state.articles_seen, 40U);
    EXPECT_EQ(state.rhythm, polled.state.rhythm);
    EXPECT_EQ(state.last_document, polled.state.last_document);
    ASSERT_TRUE(state.move);
    EXPECT_EQ(state.moved_to(), "http://new.example/");
    EXPECT_EQ(state.move->answers, 3U);
    EXPECT_EQ(state.move->since, polled.state.move->since);
    EXPECT_TRUE(state.retired);
    EXPECT_EQ(state.not_before, polled.state.not_before);
    EXPECT_EQ(state.gone_since, polled.state.gone_since);
}

TEST_F(JournalTest, a_feed_has_one_state_however_often_it_is_polled) {
    Harvest polled = harvest(kGazette, {});
    ASSERT_TRUE(journal_->commit(std::vector{polled}));
    polled.state.etag = "second";
    ASSERT_TRUE(journal_->commit(std::vector{polled}));
    const auto states = journal_->feed_states().value();
    ASSERT_EQ(states.size(), 1U);
    EXPECT_EQ(states.front().etag, "second");
}

TEST_F(JournalTest, counts_tell_articles_alerts_and_what_came_since_midnight) {
    ASSERT_TRUE(commit(*journal_, {with_alert(article(kGazette, "a", "one"), "levant")}));
    clock_.advance(hours{24});
    ASSERT_TRUE(commit(*journal_,
                       {with_alert(article(kGazette, "b", "two"), "levant"), article(kGazette, "c", "3")}));
    for (const bool restarted : {false, true}) {
        if (restarted) reopen();
        const auto counts = journal_->counts();
        EXPECT_EQ(counts.articles, 3U);
        EXPECT_EQ(counts.alerts, 2U);
        EXPECT_EQ(counts.alerts_today, 1U) << (restarted ? "after a restart" : "");
    }
}

TEST_F(JournalTest, retiring_takes_the_old_and_moves_first) {
    ASSERT_TRUE(commit(*journal_, {with_alert(article(kGazette, "a", "one"), "levant"),
                                   with_alert(article(kGazette, "b", "two"), "levant")}));
    clock_.advance(hours{48});
    ASSERT_TRUE(commit(*journal_, {with_alert(article(kGazette, "c", "three"), "levant")}));
    EXPECT_EQ(retire_all(*journal_, hours{24}), 4U);
    EXPECT_EQ(journal_->head().first, 3U);
    ASSERT_EQ(alerts().size(), 1U);
    EXPECT_EQ(alerts().front().number, 3U);
    EXPECT_EQ(journal_->counts().articles, 1U);
}

TEST_F(JournalTest, numbers_go_on_where_every_alert_was_retired) {
    ASSERT_TRUE(commit(*journal_, {with_alert(article(kGazette, "a", "one"), "levant")}));
    clock_.advance(hours{48});
    ASSERT_EQ(retire_all(*journal_, hours{24}), 2U);
    const std::string stream = journal_->head().stream;
    reopen();
    EXPECT_EQ(journal_->head().head, 1U);
    EXPECT_EQ(journal_->head().first, 2U);
    EXPECT_EQ(journal_->head().stream, stream);
    ASSERT_TRUE(commit(*journal_, {with_alert(article(kGazette, "b", "two"), "levant")}));
    EXPECT_EQ(alerts().front().number, 2U);
}

TEST_F(JournalTest, a_step_of_retiring_is_small) {
    std::vector<HarvestedArticle> many;
    for (int i = 0; i < 2500; ++i)
        many.push_back(article(kGazette, std::to_string(i), std::to_string(i)));
    ASSERT_TRUE(commit(*journal_, many));
    clock_.advance(hours{48});
    const Journal::Retired step = journal_->retire(hours{24}, hours{24}).value();
    EXPECT_EQ(step.rows, 2000U);
    EXPECT_FALSE(step.done);
    EXPECT_EQ(retire_all(*journal_, hours{24}), 500U);
}

TEST_F(JournalTest, a_retired_article_is_still_known) {
    const HarvestedArticle old = article(kGazette, "a", "one");
    ASSERT_TRUE(commit(*journal_, {old}));
    clock_.advance(hours{48});
    retire_all(*journal_, hours{24});
    reopen();
    EXPECT_EQ(journal_->novelty(old.keys), Novelty::known);
}

TEST_F(JournalTest, a_clock_at_1970_retires_nothing) {
    ASSERT_TRUE(commit(*journal_, {with_alert(article(kGazette, "a", "one"), "levant")}));
    clock_.advance(-kNoon.time_since_epoch());
    EXPECT_EQ(retire_all(*journal_, hours{24}), 0U);
}

TEST_F(JournalTest, novelty_may_be_asked_while_the_writer_commits) {
    std::atomic<bool> done{false};
    const HarvestedArticle first = article(kGazette, "first", "first");
    ASSERT_TRUE(commit(*journal_, {first}));
    std::thread reader{[&] {
        while (!done) {
            if (journal_->novelty(first.keys) != Novelty::known) {
                ADD_FAILURE() << "a committed article became unknown";
                return;
            }
        }
    }};
    for (int i = 0; i < 200; ++i) {
        const std::string own = std::to_string(i);
        std::vector<HarvestedArticle> batch;
        for (int j = 0; j < 10; ++j)
            batch.push_back(article(kGazette, own + "." + std::to_string(j), own + "/" + std::to_string(j)));
        EXPECT_TRUE(commit(*journal_, std::move(batch)));
    }
    done = true;
    reader.join();
}

}  // namespace
}  // namespace newswatch::store
