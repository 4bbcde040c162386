#include <gmock/gmock.h>

#include "samples.h"
#include "store/digest.h"
#include "store/journal.h"
#include "temporary_folder.h"

/// What the journal makes of names that change: DESIGN.md §4.
namespace newswatch::store {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const Feed kHerald = feed_at("https://herald.example/feed");

/// A poll whose document holds these entries; as the pipeline does, only those that are not known are handed
/// over.
Harvest poll(const Journal& journal, const Feed& feed, const std::vector<HarvestedArticle>& document) {
    Harvest made = harvest(feed, {});
    for (HarvestedArticle entry : document) {
        made.still_there.push_back(entry.keys);
        entry.novelty = journal.novelty(entry.keys);
        if (entry.novelty != Novelty::known) made.articles.push_back(std::move(entry));
    }
    return made;
}

class JournalIdentity : public testing::Test {
  protected:
    TemporaryFolder folder_;
    ManualClock clock_{kNoon};
    std::vector<Alert> encoded_;
    std::unique_ptr<Journal> journal_ = open();

    std::unique_ptr<Journal> open() {
        return Journal::open(folder_.path(), clock_,
                             [this](const Alert& alert) {
                                 encoded_.push_back(alert);
                                 return plain_payload(alert);
                             })
            .value();
    }
    Committed poll(const Feed& feed, const std::vector<HarvestedArticle>& document) {
        return journal_->commit(std::vector{store::poll(*journal_, feed, document)}).value();
    }
    [[nodiscard]] std::optional<Article> text_of(const Feed& feed, const HarvestedArticle& entry) const {
        return JournalReader::open(folder_.path()).value()->text_of(feed.id, entry.keys.id).value();
    }
};

TEST_F(JournalIdentity, an_edit_under_a_rewritten_id_is_a_revision_and_not_new) {
    poll(kGazette, {article(kGazette, "old", "Talks begin")});
    poll(kGazette, {article(kGazette, "rewritten", "Talks begin")});
    EXPECT_EQ(journal_->novelty(article(kGazette, "rewritten", "Talks begin again").keys), Novelty::revised);
    journal_.reset();
    journal_ = open();
    EXPECT_EQ(journal_->novelty(article(kGazette, "rewritten", "Talks begin again").keys), Novelty::revised);
}

TEST_F(JournalIdentity, a_rewritten_id_archives_nothing) {
    poll(kGazette, {article(kGazette, "old", "Talks begin")});
    const Committed again = poll(kGazette, {article(kGazette, "rewritten", "Talks begin")});
    EXPECT_EQ(again.articles, 0U);
    EXPECT_EQ(again.alerts, 0U);
}

TEST_F(JournalIdentity, what_becomes_of_an_article_is_told_by_the_feed_that_brought_it_first) {
    poll(kGazette, {article(kGazette, "1", "Talks begin")});
    poll(kHerald, {article(kHerald, "x", "Talks begin")});
    const HarvestedArticle edited = article(kHerald, "x", "Talks begin again");
    EXPECT_EQ(journal_->novelty(edited.keys), Novelty::known);
    EXPECT_EQ(journal_->novelty(article(kGazette, "1", "Talks begin again").keys), Novelty::revised);
    EXPECT_EQ(journal_->novelty(article(kHerald, "y", "Rain").keys), Novelty::fresh);
}

TEST_F(JournalIdentity, two_feeds_that_change_an_article_in_the_same_way_revise_it_once) {
    poll(kGazette, {article(kGazette, "1", "Talks")});
    poll(kHerald, {article(kHerald, "x", "Talks, as we saw them")});
    poll(kGazette, {article(kGazette, "1", "Talks failed")});
    EXPECT_EQ(poll(kHerald, {article(kHerald, "x", "Talks failed")}).articles, 0U);
}

TEST_F(JournalIdentity, a_text_that_is_put_back_is_not_another_revision) {
    poll(kGazette, {article(kGazette, "1", "Talks")});
    EXPECT_EQ(poll(kGazette, {article(kGazette, "1", "Walks")}).articles, 1U);
    EXPECT_EQ(poll(kGazette, {article(kGazette, "1", "Talks")}).articles, 0U);
}

TEST_F(JournalIdentity, the_text_before_an_edit_can_be_read) {
    const HarvestedArticle first = article(kGazette, "1", "Talks");
    poll(kGazette, {first, article(kGazette, "2", "Rain")});
    ASSERT_TRUE(text_of(kGazette, first));
    EXPECT_EQ(text_of(kGazette, first)->title, "Talks");
    poll(kGazette, {article(kGazette, "2", "Rain"), article(kGazette, "1", "Walks")});
    EXPECT_EQ(text_of(kGazette, first)->title, "Walks");
}

TEST_F(JournalIdentity, the_text_of_a_renamed_entry_is_the_one_it_had_under_its_old_name) {
    poll(kGazette, {article(kGazette, "old", "Talks")});
    const HarvestedArticle renamed = article(kGazette, "rewritten", "Talks");
    poll(kGazette, {renamed});
    ASSERT_TRUE(text_of(kGazette, renamed));
    EXPECT_EQ(text_of(kGazette, renamed)->title, "Talks");
}

TEST_F(JournalIdentity, a_text_that_is_not_kept_any_more_is_nothing) {
    const HarvestedArticle entry = article(kGazette, "1", "Talks");
    EXPECT_FALSE(text_of(kGazette, entry));
    poll(kGazette, {entry});
    clock_.advance(std::chrono::hours{48});
    retire_all(*journal_, std::chrono::hours{1});
    EXPECT_FALSE(text_of(kGazette, entry));
    // Its row may be given to another article.
    poll(kHerald, {article(kHerald, "9", "Rain")});
    EXPECT_FALSE(text_of(kGazette, entry));
}

TEST_F(JournalIdentity, an_empty_document_is_no_farewell) {
    const HarvestedArticle entry = article(kGazette, "1", "Talks");
    poll(kGazette, {entry});
    poll(kGazette, {});
    EXPECT_TRUE(text_of(kGazette, entry));
}

class JournalDigest : public JournalIdentity {
  protected:
    Committed storm(const std::vector<HarvestedArticle>& document, std::set<std::string> digests) {
        Harvest made = store::poll(*journal_, kGazette, document);
        made.digests = std::move(digests);
        return journal_->commit(std::vector{made}).value();
    }
    static std::vector<HarvestedArticle> three(const std::string& watchlist) {
        return {with_alert(article(kGazette, "1", "one"), watchlist),
                with_alert(article(kGazette, "2", "two"), watchlist),
                with_alert(article(kGazette, "3", "three"), watchlist)};
    }
};

TEST_F(JournalDigest, it_is_one_numbered_alert_that_lists_the_others) {
    const auto document = three("levant");
    const Committed committed = storm(document, {"levant"});
    EXPECT_EQ(committed.articles, 3U);
    EXPECT_EQ(committed.alerts, 1U);
    EXPECT_EQ(committed.head, 1U);
    ASSERT_EQ(encoded_.size(), 1U);
    EXPECT_EQ(encoded_[0].kind, AlertKind::digest);
    EXPECT_EQ(encoded_[0].watchlist, "levant");
    EXPECT_TRUE(encoded_[0].article_id.empty());
    EXPECT_THAT(encoded_[0].listed_titles, ElementsAre("one", "two", "three"));
    EXPECT_THAT(encoded_[0].listed,
                ElementsAre(document[0].alerts[0].id, document[1].alerts[0].id, document[2].alerts[0].id));
}

TEST_F(JournalDigest, other_watchlists_keep_their_own_alerts) {
    auto document = three("levant");
    document[1].alerts.push_back(alert("maghreb", document[1]));
    EXPECT_EQ(storm(document, {"levant"}).alerts, 2U);
}

TEST_F(JournalDigest, it_lists_no_alert_that_was_journalled_before) {
    auto document = three("levant");
    poll(kGazette, {document[0]});
    storm(document, {"levant"});
    EXPECT_THAT(encoded_.back().listed_titles, ElementsAre("two", "three"));
}

TEST_F(JournalDigest, the_same_storm_again_adds_nothing) {
    const auto document = three("levant");
    Harvest made = store::poll(*journal_, kGazette, document);
    made.digests = {"levant"};
    EXPECT_EQ(journal_->commit(std::vector{made, made}).value().head, 1U);
    EXPECT_EQ(journal_->commit(std::vector{made}).value().head, 1U);
}

TEST_F(JournalDigest, its_id_is_the_hash_of_the_watchlist_and_what_it_lists) {
    const auto document = three("levant");
    std::vector<Alert> listed;
    std::string ids;
    for (const HarvestedArticle& entry : document) {
        listed.push_back(entry.alerts[0]);
        ids += entry.alerts[0].id.text();
    }
    EXPECT_EQ(digest_of(listed).id, hash128({"alert", "levant", "digest", ids}));
}

TEST_F(JournalDigest, an_update_that_nobody_asked_for_is_not_listed) {
    poll(kGazette, three("levant"));
    std::vector<HarvestedArticle> edited;
    for (const char* own : {"1", "2", "3"}) {
        HarvestedArticle entry = article(kGazette, own, std::string{"edited "} + own);
        Alert update = alert("levant", entry, "revision");
        update.kind = AlertKind::updated;
        entry.alerts.push_back(update);
        edited.push_back(std::move(entry));
    }
    EXPECT_EQ(storm(edited, {"levant"}).alerts, 0U);
}

}  // namespace
}  // namespace newswatch::store
