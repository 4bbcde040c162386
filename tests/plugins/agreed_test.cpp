#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "base/file.h"
#include "reading.h"
#include "text/charset_repair.h"
#include "text/html.h"

namespace newswatch::parse {

namespace {

using Json = nlohmann::json;

constexpr std::size_t kLargest = std::size_t{64} << 20;
constexpr double kShare = 0.999;

/// Letters only: the two parsers differ in white space and in composition, which says nothing of a feed.
std::string squeezed(std::string_view value) {
    std::string text = text::tidy_text(value);
    for (const std::string_view blank :
         {" ", "\n", "\u3000", "\u2009", "\u202F", "\u200A", "\u2003", "\u200B"}) {
        for (auto at = text.find(blank); at != std::string::npos; at = text.find(blank, at)) {
            text.erase(at, blank.size());
        }
    }
    return text;
}

bool same_date(const Article& article, const Json& seconds) {
    for (const auto& time : {article.published, article.updated}) {
        if (!time) continue;
        const auto value = std::chrono::floor<std::chrono::seconds>(*time).time_since_epoch().count();
        for (const Json& each : seconds) {
            if (each.get<std::string>() == std::to_string(value)) return true;
        }
    }
    return false;
}

/// Where newswatch knows better than the two, which a rule must say and no list of files: no zone is more
/// than 14 hours from UTC, so `+3000` is no zone and the clock is read without it.
bool says_no_zone(const Article& article) {
    const std::string& raw = article.published_raw;
    const std::size_t sign = raw.find_last_of("+-");
    return sign != std::string::npos && raw.size() == sign + 5 && raw.substr(sign + 1, 2) > std::string{"14"};
}

/// JSON Feed 1.1, items: `title` is plain text, so `<i>` in it is three letters. The two drop it as a tag.
bool is_plain_title(const std::string& ours, const std::string& theirs, const std::string& file) {
    return file.ends_with(".json") && squeezed(text::html_to_text(ours)) == squeezed(theirs);
}

/// UTF-8 that was encoded twice: the two show `CÃ´te dâ€™Ivoire`, where feedparser mends Latin-1 only.
bool was_encoded_twice(const std::string& ours, const std::string& theirs) {
    const auto once = text::decoded_once_more(theirs);
    return once && squeezed(*once) == squeezed(ours);
}

struct Tally {
    std::size_t asked{0};
    std::size_t same{0};

    void count(bool equal, const std::string& file, const char* what, const std::string& expected) {
        ++asked;
        same += equal ? 1 : 0;
        if (!equal && said.insert(file + what).second) {
            std::cout << file << ": " << what << " differs, expected " << expected << '\n';
        }
    }

    std::set<std::string> said{};
};

void compare(const Json& expected, const Article& article, const std::string& file, Tally& tally) {
    const auto text = [&](const char* key, const std::string& ours) {
        if (!expected[key].is_string()) return;
        const auto theirs = expected[key].get<std::string>();
        const bool same = squeezed(theirs) == squeezed(ours) || is_plain_title(ours, theirs, file) ||
                          was_encoded_twice(ours, theirs);
        tally.count(same, file, key, theirs);
    };
    text("title", article.title);
    text("url", article.url);
    text("id", article.own_id);
    if (expected["date"].is_array()) {
        const Json& seconds = expected["date"];
        tally.count(same_date(article, seconds) || says_no_zone(article), file, "date", seconds.dump());
    }
}

TEST(Agreed, real_feeds_are_read_as_two_other_parsers_agree) {
    const auto folder = std::filesystem::path{NEWSWATCH_SOURCE_DIR} / ".." / "shared" / "feeds";
    std::ifstream lines{folder / "agreed.jsonl"};
    if (!lines) GTEST_SKIP() << "no captured feeds at " << folder << "; nothing to compare with";
    Tally tally;
    for (std::string line; std::getline(lines, line);) {
        const Json feed = Json::parse(line);
        const auto file = feed["file"].get<std::string>();
        const auto bytes = read_file(folder / "captured" / file, kLargest);
        ASSERT_TRUE(bytes) << bytes.error().line();
        const auto parsed = read(*bytes, "http://corpus.example/dir/" + file);
        EXPECT_TRUE(parsed) << file;
        for (std::size_t i = 0; i < feed["entries"].size(); ++i) {
            const bool there = parsed && i < parsed->articles.size();
            compare(feed["entries"][i], there ? parsed->articles[i] : Article{}, file, tally);
        }
    }
    const double share = static_cast<double>(tally.same) / static_cast<double>(tally.asked);
    std::cout << tally.same << " of " << tally.asked << " values agree: " << 100 * share << " %\n";
    EXPECT_GE(share, kShare);
}

}  // namespace

}  // namespace newswatch::parse
