#include <gmock/gmock.h>

#include "samples.h"
#include "store/journal.h"
#include "temporary_folder.h"

namespace newswatch::store {
namespace {

using testing::HasSubstr;

class JournalReaderTest : public testing::Test {
  protected:
    TemporaryFolder folder_;
    ManualClock clock_{kNoon};
    std::unique_ptr<Journal> journal_ = open_journal(folder_.path(), clock_).value();
    std::unique_ptr<JournalReader> reader_ = JournalReader::open(folder_.path()).value();
};

TEST_F(JournalReaderTest, it_sees_what_was_committed_after_it_was_opened) {
    EXPECT_TRUE(reader_->alerts_after(0, 10)->empty());
    ASSERT_TRUE(commit(*journal_, {with_alert(article(kGazette, "a", "one"), "levant")}));
    EXPECT_EQ(reader_->alerts_after(0, 10)->size(), 1U);
}

TEST_F(JournalReaderTest, it_gives_at_most_limit_alerts_after_a_number) {
    for (const char* own : {"a", "b", "c", "d"})
        ASSERT_TRUE(commit(*journal_, {with_alert(article(kGazette, own, own), "levant")}));
    const auto alerts = reader_->alerts_after(1, 2).value();
    ASSERT_EQ(alerts.size(), 2U);
    EXPECT_EQ(alerts[0].number, 2U);
    EXPECT_EQ(alerts[1].number, 3U);
}

TEST_F(JournalReaderTest, its_head_is_the_journals) {
    ASSERT_TRUE(commit(*journal_, {with_alert(article(kGazette, "a", "one"), "levant")}));
    const auto head = reader_->head().value();
    EXPECT_EQ(head.stream, journal_->head().stream);
    EXPECT_EQ(head.head, 1U);
    EXPECT_EQ(head.first, 1U);
}

class AlertSliceTest : public JournalReaderTest {
  protected:
    AlertReader::Slice slice(std::uint64_t from, std::uint64_t until, std::vector<std::string> prefixes,
                             std::size_t limit = 256) {
        return reader_->alerts_of({.from = from, .until = until, .prefixes = prefixes, .limit = limit})
            .value();
    }
    static std::vector<std::uint64_t> numbers(const AlertReader::Slice& slice) {
        std::vector<std::uint64_t> numbers;
        for (const StoredAlert& alert : slice.alerts)
            numbers.push_back(alert.number);
        return numbers;
    }
    /// 1 levant, 2 maghreb, 3 levant, 4 maghreb …
    void alternate(int alerts) {
        std::vector<HarvestedArticle> articles;
        for (int i = 0; i < alerts; ++i) {
            const std::string own = std::to_string(i);
            articles.push_back(with_alert(article(kGazette, own, own), i % 2 == 0 ? "levant" : "maghreb"));
        }
        ASSERT_TRUE(commit(*journal_, std::move(articles)));
    }
};

TEST_F(AlertSliceTest, it_holds_the_alerts_of_its_prefixes_as_they_were_stored) {
    alternate(6);
    const auto found = slice(2, 6, {"alert/levant/"});
    EXPECT_THAT(numbers(found), testing::ElementsAre(3, 5));
    EXPECT_EQ(found.alerts[1].topic, "alert/levant/normal/");
    EXPECT_EQ(found.alerts[1].previous, 3U);
    EXPECT_THAT(found.alerts[1].payload, HasSubstr("\"number\":5"));
    EXPECT_EQ(found.next, 7U);
    EXPECT_EQ(found.head.head, 6U);
}

TEST_F(AlertSliceTest, a_prefix_is_bytes_and_no_pattern) {
    alternate(2);
    for (const char* pattern : {"alert/%", "alert/l_vant/", "alert/levan?/", "' OR 1 --"})
        EXPECT_TRUE(slice(1, 2, {pattern}).alerts.empty()) << pattern;
    EXPECT_EQ(slice(1, 2, {""}).alerts.size(), 2U);
}

TEST_F(AlertSliceTest, a_full_slice_goes_on_from_next) {
    alternate(6);
    const auto found = slice(1, 6, {"alert/levant/"}, 2);
    EXPECT_THAT(numbers(found), testing::ElementsAre(1, 3));
    EXPECT_EQ(found.next, 5U);
    EXPECT_THAT(numbers(slice(found.next, 6, {"alert/levant/"}, 2)), testing::ElementsAre(5));
}

TEST_F(AlertSliceTest, what_nothing_meets_is_looked_through_in_bounded_steps) {
    alternate(static_cast<int>(AlertReader::kLookedAt) + 10);
    const auto found = slice(1, 1'000'000, {"alert/none/"});
    EXPECT_EQ(found.next, AlertReader::kLookedAt + 1);
    EXPECT_EQ(slice(found.next, 1'000'000, {"alert/none/"}).next, AlertReader::kLookedAt + 11);
}

TEST_F(AlertSliceTest, what_was_retired_shows_in_the_same_snapshot) {
    alternate(2);
    clock_.advance(std::chrono::hours{48});
    retire_all(*journal_, std::chrono::hours{24});
    ASSERT_TRUE(commit(*journal_, {with_alert(article(kGazette, "young", "young"), "levant")}));
    const auto found = slice(1, 3, {""});
    EXPECT_EQ(found.head.first, 3U) << "so 1 and 2 are gone";
    EXPECT_THAT(numbers(found), testing::ElementsAre(3));
}

TEST_F(JournalReaderTest, an_alert_is_found_by_the_first_characters_of_its_id) {
    const HarvestedArticle first = with_alert(article(kGazette, "a", "one"), "levant");
    ASSERT_TRUE(commit(*journal_, {first, with_alert(article(kGazette, "b", "two"), "levant")}));
    const std::string id = first.alerts.front().id.text();
    for (const std::size_t size : {std::size_t{8}, std::size_t{25}, id.size()}) {
        const auto found = reader_->alert_by_id(id.substr(0, size));
        ASSERT_TRUE(found) << size;
        EXPECT_EQ(found->number, 1U);
    }
}

TEST_F(JournalReaderTest, an_ambiguous_an_unknown_and_an_impossible_id_are_refused) {
    std::vector<HarvestedArticle> many;
    for (int i = 0; i < 40; ++i)  // more than there are first characters: two must share one
        many.push_back(with_alert(article(kGazette, std::to_string(i), std::to_string(i)), "levant"));
    std::string shared;
    for (std::size_t i = 0; i < many.size() && shared.empty(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            const std::string a = many[i].alerts.front().id.text();
            if (a.front() == many[j].alerts.front().id.text().front()) shared = a.substr(0, 1);
        }
    }
    ASSERT_TRUE(commit(*journal_, many));
    EXPECT_THAT(reader_->alert_by_id(shared).error().line(), HasSubstr("several alerts"));
    EXPECT_THAT(reader_->alert_by_id("aaaaaaaaaaaaaaaaaaaaaaaaaa").error().line(), HasSubstr("no alert"));
    EXPECT_THAT(reader_->alert_by_id("'; DROP TABLE alert; --").error().line(), HasSubstr("is not the id"));
    EXPECT_THAT(reader_->alert_by_id("").error().line(), HasSubstr("is not the id"));
}

TEST(JournalReaderOpen, a_missing_journal_is_refused_with_its_path) {
    const TemporaryFolder folder;
    const auto reader = JournalReader::open(folder.path());
    ASSERT_FALSE(reader);
    EXPECT_THAT(reader.error().line(), HasSubstr((folder.path() / "newswatch.db").string()));
    EXPECT_FALSE(std::filesystem::exists(folder.path() / "newswatch.db"));
}

}  // namespace
}  // namespace newswatch::store
