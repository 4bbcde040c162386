#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "reading.h"

namespace newswatch::parse {

namespace {

/// A sound JSON Feed of three items, of which the middle one is going to be damaged.
struct Sound {
    const char* name;
    std::string head;
    std::string item;  ///< `#` stands for its number
    std::string between;
    std::string tail;
};
void PrintTo(const Sound& sound, std::ostream* out) {
    *out << sound.name;
}

std::string numbered(std::string item, char number) {
    for (char& c : item)
        c = c == '#' ? number : c;
    return item;
}

std::string with_middle(const Sound& sound, const std::string& middle) {
    return sound.head + numbered(sound.item, '1') + sound.between + middle + sound.between +
           numbered(sound.item, '3') + sound.tail;
}

std::string all_of(const Article& article) {
    std::string all;
    for (const std::string& value :
         {article.own_id, article.url, article.title, article.summary, article.content, article.published_raw,
          article.image, article.language}) {
        all.append(value).append("|");
    }
    for (const Person& author : article.authors)
        all.append(author.name).append("|").append(author.uri).append("|");
    for (const std::string& category : article.categories)
        all.append(category).append("|");
    for (const Enclosure& file : article.enclosures)
        all.append(file.url).append("|");
    return all;
}

class DamagedItem : public testing::TestWithParam<Sound> {
  protected:
    void SetUp() override {
        whole_ = must_read(with_middle(GetParam(), numbered(GetParam().item, '2')));
        ASSERT_EQ(whole_.articles.size(), 3U);
        ASSERT_FALSE(whole_.recovered);
    }

    /// What is wrong; empty where the feed, its first and its last item are what they are in the sound
    /// document.
    [[nodiscard]] std::string harm(const std::string& middle) const {
        const ParsedDocument parsed = must_read(with_middle(GetParam(), middle));
        if (parsed.articles.size() < 2 || parsed.articles.size() > 4)
            return std::to_string(parsed.articles.size()) + " articles: " + middle;
        if (all_of(parsed.articles.front()) != all_of(whole_.articles.front()))
            return "the first became " + all_of(parsed.articles.front()) + ": " + middle;
        if (all_of(parsed.articles.back()) != all_of(whole_.articles.back()))
            return "the last became " + all_of(parsed.articles.back()) + ": " + middle;
        if (parsed.feed.title != whole_.feed.title || parsed.feed.link != whole_.feed.link)
            return "the feed became " + parsed.feed.title + " " + parsed.feed.link + ": " + middle;
        return {};
    }

    ParsedDocument whole_{};
};

TEST_P(DamagedItem, without_a_byte_leaves_everything_else_as_it_is) {
    const std::string item = numbered(GetParam().item, '2');
    for (std::size_t at = 0; at < item.size(); ++at) {
        std::string damaged = item;
        damaged.erase(at, 1);
        EXPECT_EQ(harm(damaged), "");
    }
}

TEST_P(DamagedItem, with_a_stray_sign_leaves_everything_else_as_it_is) {
    const std::string item = numbered(GetParam().item, '2');
    for (std::size_t at = 0; at <= item.size(); ++at) {
        for (const char sign : {'{', '}', '[', ']', '"', ',', ':', '\\', '\n'}) {
            std::string damaged = item;
            damaged.insert(at, 1, sign);
            EXPECT_EQ(harm(damaged), "");
        }
    }
}

TEST_P(DamagedItem, cut_anywhere_leaves_everything_else_as_it_is) {
    const std::string item = numbered(GetParam().item, '2');
    for (std::size_t at = 1; at < item.size(); ++at)
        EXPECT_EQ(harm(item.substr(0, at)), "");
}

const std::vector<Sound> kSounds = {
    {"compact",
     R"({"version":"https://jsonfeed.org/version/1.1","title":"F","home_page_url":"https://a.b/","authors":[{"name":"Desk"}],"items":[)",
     R"({"id":"id#","url":"https://a.b/#","title":"Title #","content_html":"<p>Text of #, <a href=\"x\">y</a></p>","authors":[{"name":"Ada #","url":"https://ada.example/#"},{"name":"Bo"}],"tags":["t#","u"],"attachments":[{"url":"https://a.b/#.mp3","mime_type":"audio/mpeg"}],"date_published":"2026-01-0#T00:00:00Z"})",
     ",", "]}"},
    {"indented",
     "{\n  \"version\": \"https://jsonfeed.org/version/1\",\n  \"title\": \"F\",\n  \"home_page_url\": "
     "\"https://a.b/\",\n"
     "  \"items\": [\n    ",
     "{\n      \"title\": \"Title #\",\n      \"id\": \"id#\",\n      \"url\": \"https://a.b/#\",\n"
     "      \"author\": {\n        \"name\": \"Ada #\"\n      },\n      \"content_text\": \"Text of #\"\n    "
     "}",
     ",\n    ", "\n  ]\n}\n"},
    {"facts_behind_the_items", R"({"version":"https://jsonfeed.org/version/1.1","items":[)",
     R"({"id":"id#","title":"Title #","summary":"S #","author":{"name":"Ada #"}})", ", ",
     R"(],"title":"F","home_page_url":"https://a.b/","author":{"name":"Desk"}})"},
};

INSTANTIATE_TEST_SUITE_P(JsonFeed, DamagedItem, testing::ValuesIn(kSounds),
                         [](const auto& each) { return std::string{each.param.name}; });

}  // namespace

}  // namespace newswatch::parse
