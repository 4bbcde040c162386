#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "settings/settings.h"
#include "temporary_folder.h"

namespace newswatch::settings {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

std::vector<std::string> urls(const Read<std::vector<Feed>>& read) {
    std::vector<std::string> all;
    for (const Feed& feed : read.value)
        all.push_back(feed.url);
    return all;
}

std::vector<std::string> codes(const std::vector<Finding>& findings, Severity least = Severity::warning) {
    std::vector<std::string> all;
    for (const Finding& finding : findings) {
        if (finding.severity >= least) all.push_back(finding.code);
    }
    return all;
}

using Strings = std::vector<std::string>;

class Feeds : public ::testing::Test {
  protected:
    Read<std::vector<Feed>> read(const std::string& name, std::string_view bytes) {
        folder_.write("feeds.d/" + name, bytes);
        return read_feeds(folder_.path() / "feeds.d");
    }
    TemporaryFolder folder_;
};

TEST_F(Feeds, a_bare_address_a_line_is_enough) {
    const auto read =
        this->read("a.yaml", "# agencies\nhttps://agency.example/rss\n\npress.example/feed  # daily\n");
    EXPECT_EQ(urls(read), (Strings{"https://agency.example/rss", "https://press.example/feed"}));
    EXPECT_TRUE(read.findings.empty());
    EXPECT_EQ(read.value[1].place.rule(), "feeds.d/a.yaml:4");
    EXPECT_EQ(read.value[1].id, feed_id("https://press.example/feed"));
}

TEST_F(Feeds, an_entry_says_name_language_rhythm_and_reader) {
    const auto read = this->read("a.yaml", R"(feeds:
  - url: https://wakala.example/ar/rss
    name: وكالة المثال
    language: ar
    every: ١٠ دقائق
    reader: html_list
    settings:
      item: "main article"
      most: 010
)");
    ASSERT_EQ(read.value.size(), 1U);
    const Feed& feed = read.value[0];
    EXPECT_EQ(feed.name, "وكالة المثال");
    EXPECT_EQ(feed.language, "ar");
    EXPECT_EQ(feed.every, seconds{minutes{10}});
    EXPECT_EQ(feed.reader, "html_list");
    EXPECT_EQ(feed.reader_settings, R"({"item":"main article","most":"010"})");
}

TEST_F(Feeds, folders_nest_and_hand_down_their_rhythm) {
    const auto read = this->read("a.yaml", R"(feeds:
  - folder: Libya
    every: 5 min
    feeds:
      - https://libyadaily.example/rss
      - folder: East
        feeds:
          - url: https://benghazi.example/feed
            every: 1h30m
)");
    ASSERT_EQ(read.value.size(), 2U);
    EXPECT_EQ(read.value[0].folder, "Libya");
    EXPECT_EQ(read.value[0].every, seconds{minutes{5}});
    EXPECT_EQ(read.value[1].folder, "Libya/East");
    EXPECT_EQ(read.value[1].every, seconds{minutes{90}});
}

TEST_F(Feeds, a_bad_entry_costs_only_itself) {
    const auto read = this->read("a.yaml", R"(feeds:
  - htp://agency.example/rss
  - gopher://old.example/
  - https://good.example/rss
  - url: https://often.example/rss
    every: 5s
  - url: https://typo.example/rss
    nmae: Typo
  - https://user:secret@site.example/rss
  - just words
  - https://also-good.example/rss
)");
    EXPECT_EQ(urls(read), (Strings{"https://good.example/rss", "https://also-good.example/rss"}));
    EXPECT_EQ(codes(read.findings), (Strings{"U24", "U24", "S23", "W06", "U42", "U24"}));
}

TEST_F(Feeds, a_file_address_is_a_whole_path) {
    EXPECT_EQ(urls(read("a.yaml", "feeds: [\"file:///srv/feeds/a.xml\", \"file://b.xml\"]\n")),
              Strings{"file:///srv/feeds/a.xml"});
}

TEST_F(Feeds, what_an_address_may_not_hold_is_encoded) {
    EXPECT_EQ(urls(read("a.yaml", "feeds:\n  - مثال.example/أخبار?q=a|b\n")),
              Strings{"https://مثال.example/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1?q=a%7Cb"});
}

TEST_F(Feeds, the_first_file_by_name_keeps_a_feed_listed_twice) {
    folder_.write("feeds.d/b.yaml", "feeds:\n  - http://www.agency.example/rss/\n");
    const auto read = this->read("a.yaml", "feeds:\n  - https://agency.example/rss\n");
    EXPECT_EQ(urls(read), Strings{"https://agency.example/rss"});
    ASSERT_EQ(codes(read.findings), Strings{"U27"});
    EXPECT_EQ(read.findings[0].place.rule(), "feeds.d/b.yaml:2");
    ASSERT_EQ(read.findings[0].related.size(), 1U);
    EXPECT_EQ(read.findings[0].related[0].place.rule(), "feeds.d/a.yaml:2");
}

TEST_F(Feeds, keys_of_a_later_version_are_a_note) {
    const auto read =
        this->read("a.yaml", "feeds:\n  - url: https://a.example/rss\n    credentials: wakala\n");
    EXPECT_EQ(read.value.size(), 1U);
    EXPECT_EQ(codes(read.findings, Severity::note), Strings{"S45"});
    EXPECT_EQ(codes(read.findings), Strings{});
}

TEST_F(Feeds, a_feed_says_whether_the_pages_of_its_entries_are_read) {
    const auto read =
        this->read("a.yaml",
                   "feeds:\n  - https://a.example/rss\n  - url: https://b.example/rss\n    full_text: auto\n"
                   "  - url: https://c.example/rss\n    full_text: always\n");
    ASSERT_EQ(read.value.size(), 3U);
    EXPECT_EQ(read.value[0].full_text, FullText::never);
    EXPECT_EQ(read.value[1].full_text, FullText::automatic);
    EXPECT_EQ(read.value[2].full_text, FullText::always);
}

TEST_F(Feeds, a_folder_says_so_for_its_feeds_and_a_feed_for_itself) {
    const auto read = this->read(
        "a.yaml",
        "feeds:\n  - folder: Libya\n    full_text: auto\n    feeds:\n      - https://a.example/rss\n"
        "      - url: https://b.example/rss\n        full_text: never\n");
    ASSERT_EQ(read.value.size(), 2U);
    EXPECT_EQ(read.value[0].full_text, FullText::automatic);
    EXPECT_EQ(read.value[1].full_text, FullText::never);
}

TEST_F(Feeds, another_word_for_it_is_refused_with_those_that_are_known) {
    const auto read =
        this->read("a.yaml", "feeds:\n  - url: https://a.example/rss\n    full_text: sometimes\n");
    ASSERT_EQ(codes(read.findings), Strings{"S44"});
    EXPECT_EQ(read.findings[0].help.at(0), "known: auto (where the feed brings teasers only), always, never");
}

TEST_F(Feeds, a_watchlist_among_the_feeds_is_told_where_it_belongs) {
    const auto read = this->read("a.yaml", "id: x\nmatch: embassy\n");
    ASSERT_EQ(codes(read.findings), Strings{"F43"});
    EXPECT_EQ(read.findings[0].headline, "this is a watchlist; move it to watchlists.d");
}

TEST_F(Feeds, an_opml_file_is_read_as_it_comes) {
    const auto read = this->read("team.opml", R"(<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0"><head><title>Team</title></head><body>
  <outline text="Libya">
    <outline type="rss" text="Daily &amp; Weekly" xmlUrl="https://libyadaily.example/rss?a=1&b=2"/>
    <outline text="East"><outline type="rss" title="Benghazi" xmlurl="benghazi.example/feed"/></outline>
  </outline>
  <outline type="rss" text="Lost"/>
  <outline type="rss" text="Bad" xmlUrl="htp://bad.example/"/>
  <outline type="rss" text="Last" xmlUrl="https://last.example/rss"/>
</body></opml>)");
    EXPECT_EQ(urls(read), (Strings{"https://libyadaily.example/rss?a=1&b=2", "https://benghazi.example/feed",
                                   "https://last.example/rss"}));
    EXPECT_EQ(read.value[0].name, "Daily & Weekly");
    EXPECT_EQ(read.value[0].folder, "Libya");
    EXPECT_EQ(read.value[1].folder, "Libya/East");
    EXPECT_EQ(read.value[1].place.rule(), "feeds.d/team.opml:5");
    EXPECT_EQ(codes(read.findings), (Strings{"U43", "U24"}));
}

TEST_F(Feeds, a_damaged_opml_file_gives_what_stands_before_the_damage) {
    const auto read = this->read(
        "team.opml", "<opml><body>\n<outline xmlUrl='https://a.example/rss'/>\n</oops></body></opml>");
    EXPECT_EQ(urls(read), Strings{"https://a.example/rss"});
    ASSERT_EQ(codes(read.findings), Strings{"U41"});
    EXPECT_EQ(read.findings[0].place.line, 3U);
}

TEST_F(Feeds, something_else_called_opml_is_refused) {
    EXPECT_EQ(codes(read("team.opml", "<html><body>Not found</body></html>").findings), Strings{"U41"});
}

TEST_F(Feeds, an_entry_may_name_an_opml_file) {
    folder_.write("feeds.d/team.opml", "<opml><body><outline xmlUrl='https://a.example/rss'/></body></opml>");
    const auto read = this->read("a.yaml", "feeds:\n  - folder: Team\n    feeds:\n      - opml: team.opml\n");
    ASSERT_EQ(read.value.size(), 1U);
    EXPECT_EQ(read.value[0].folder, "Team");
    EXPECT_TRUE(read.findings.empty());  // the folder does not read it a second time
}

TEST_F(Feeds, backups_and_hidden_files_are_skipped_with_a_note) {
    for (const char* name :
         {"a.yaml~", "a.yaml.bak", "b.yaml.dpkg-old", ".hidden.yaml", "#a.yaml#", "notes.txt"})
        folder_.write("feeds.d/" + std::string{name}, "https://skipped.example/rss\n");
    const auto read = this->read("a.yaml", "https://a.example/rss\n");
    EXPECT_EQ(read.value.size(), 1U);
    EXPECT_EQ(codes(read.findings, Severity::note), Strings(6, "F41"));
}

TEST_F(Feeds, a_folder_that_is_not_there_is_a_warning) {
    EXPECT_EQ(codes(read_feeds(folder_.path() / "nowhere").findings), Strings{"F44"});
}

TEST_F(Feeds, the_example_of_the_handbook_is_understood) {
    folder_.write("feeds.d/team.opml",
                  "<opml><body><outline xmlUrl='https://team.example/rss'/></body></opml>");
    const auto read = this->read("demo.yaml", R"(# Feeds to watch. One line per feed is enough.

feeds:
  - https://agency.example/rss.xml
  - press.example/feed            # https:// is added

  - url: https://wakala.example/ar/rss
    name: وكالة المثال
    language: ar                  # only needed if the feed does not say so
    every: 5 min
    full_text: auto
    credentials: wakala

  - url: https://ministry.example/news
    reader: html_list
    settings:
      item: "main article"        # CSS selector
      title: "h2"
      link: "h2 a"

  - folder: Libya                 # a heading; may hold more feeds
    every: 5 min
    feeds:
      - https://libyadaily.example/rss
      - https://akhbar-libya.example/feed

  - opml: team.opml
)");
    EXPECT_EQ(read.value.size(), 7U);
    EXPECT_EQ(codes(read.findings), Strings{});
}

}  // namespace
}  // namespace newswatch::settings
