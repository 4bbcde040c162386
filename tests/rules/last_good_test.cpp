#include "rules/last_good.h"

#include <gmock/gmock.h>

#include "rule_files.h"

namespace newswatch::rules {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using namespace std::chrono_literals;

constexpr auto kGood = "id: storms\nmatch:\n  any_of:\n    - storm*\n";
constexpr auto kBroken = "id: storms\nmatch:\n  any_of\n    - flood*\n";

class LastGood : public RuleFiles {
  protected:
    LastGood() {
        std::filesystem::create_directories(folder_ / "feeds.d");
        settings_.feeds = folder_ / "feeds.d";
    }
    Time later() const { return SystemClock{}.now() + 1h; }
    /// A daemon that starts and keeps what is good.
    Rules start() const {
        Result<Rules> rules = load_at_start(settings_, later(), kept_);
        EXPECT_TRUE(rules) << rules.error().line();
        std::vector<settings::Finding> findings = rules->findings;
        for (const settings::Finding& finding : settings::read_feeds(settings_.feeds).findings)
            findings.push_back(finding);
        EXPECT_TRUE(keep_last_good(settings_, findings, later(), kept_));
        return *std::move(rules);
    }
    static std::vector<std::string> ids(const Rules& rules) {
        std::vector<std::string> ids;
        for (const match::WatchlistFacts& facts : rules.watchlists->watchlists())
            ids.emplace_back(facts.id);
        return ids;
    }
    std::vector<std::string> feeds() const {
        std::vector<std::string> urls;
        for (const Feed& feed : rules::read_feeds(settings_, kept_).value)
            urls.push_back(feed.url);
        return urls;
    }

    const std::filesystem::path kept_{folder_ / "last-good"};
};

TEST_F(LastGood, a_watchlist_that_breaks_while_the_daemon_is_down_stays_in_force) {
    write("watchlists.d/storms.yaml", kGood);
    start();
    write("watchlists.d/storms.yaml", kBroken);
    const Rules rules = start();
    EXPECT_THAT(ids(rules), ElementsAre("storms"));
    EXPECT_THAT(rules.kept, ElementsAre("watchlists.d/storms.yaml"));
}

TEST_F(LastGood, it_outlives_any_number_of_starts) {
    write("watchlists.d/storms.yaml", kGood);
    start();
    write("watchlists.d/storms.yaml", kBroken);
    start();
    start();
    EXPECT_THAT(ids(start()), ElementsAre("storms"));
}

TEST_F(LastGood, a_watchlist_that_was_never_good_is_left_out) {
    write("watchlists.d/storms.yaml", kBroken);
    start();
    EXPECT_THAT(ids(start()), IsEmpty());
}

TEST_F(LastGood, the_mended_file_counts_again) {
    write("watchlists.d/storms.yaml", kGood);
    start();
    write("watchlists.d/storms.yaml", kBroken);
    start();
    write("watchlists.d/storms.yaml", "id: gales\nmatch:\n  any_of:\n    - gale*\n");
    EXPECT_THAT(ids(start()), ElementsAre("gales"));
}

TEST_F(LastGood, a_file_that_was_removed_does_not_come_back_when_a_broken_one_takes_its_name) {
    write("watchlists.d/storms.yaml", kGood);
    start();
    std::filesystem::remove(folder_ / "watchlists.d/storms.yaml");
    start();
    write("watchlists.d/storms.yaml", kBroken);
    EXPECT_THAT(ids(start()), IsEmpty());
}

TEST_F(LastGood, what_was_changed_while_it_was_read_is_not_taken_for_good) {
    write("watchlists.d/storms.yaml", kGood);
    EXPECT_TRUE(keep_last_good(settings_, {}, SystemClock{}.now() - 1h, kept_));
    EXPECT_FALSE(std::filesystem::exists(kept_ / "watchlists/watchlists.d/storms.yaml"));
}

TEST_F(LastGood, a_broken_file_of_feeds_keeps_its_feeds) {
    write("feeds.d/a.yaml", "feeds:\n  - https://one.example/rss\n  - https://two.example/rss\n");
    start();
    write("feeds.d/a.yaml", "feeds:\n  - https://one.example/rss\n   - https://two.example/rss\n: [");
    EXPECT_THAT(feeds(), Contains(HasSubstr("one.example")));
    EXPECT_THAT(feeds(), Contains(HasSubstr("two.example")));
}

TEST_F(LastGood, a_feed_that_was_removed_from_a_good_file_is_gone) {
    write("feeds.d/a.yaml", "feeds:\n  - https://one.example/rss\n  - https://two.example/rss\n");
    start();
    write("feeds.d/a.yaml", "feeds:\n  - https://one.example/rss\n");
    EXPECT_THAT(feeds(), ElementsAre(HasSubstr("one.example")));
}

}  // namespace
}  // namespace newswatch::rules
