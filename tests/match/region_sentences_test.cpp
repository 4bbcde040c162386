#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "analyse/analyser.h"
#include "match/matcher.h"
#include "sentences.h"

/// region_sentences.tsv: newspaper sentences, and all the regions that each of them speaks of.
namespace newswatch::match {
namespace {

/// One watchlist for each region and group. A group without its members: what is found is its own name.
std::shared_ptr<const WatchlistSet> every_region() {
    static const std::shared_ptr<const WatchlistSet> set = [] {
        RegionForms forms = shipped_regions();
        forms.groups.clear();
        std::set<std::string> regions;
        for (const RegionForm& form : forms.forms)
            regions.insert(form.region);
        regions.erase("");  // what is no region at all
        std::vector<Watchlist> watchlists;
        for (const std::string& region : regions) {
            Watchlist watchlist;
            watchlist.id = region;
            watchlist.match.kind = RuleKind::region;
            watchlist.match.text = region;
            watchlist.match.regions = {region};
            watchlists.push_back(std::move(watchlist));
        }
        return WatchlistSet::compile(std::move(watchlists), {}, compile_regions(forms));
    }();
    return set;
}

struct Found {
    std::set<std::string> regions{};
    std::string where{};  ///< for people: `SY «سوريا»`
};

Found regions_in(const Article& article, const std::string& place) {
    Found found;
    for (const Match& match : match(*every_region(), analyse::analyse(article))) {
        found.regions.insert(match.watchlist);
        for (const Span& span : match.spans) {
            found.where += match.watchlist + " «" + span.text + "» ";
            EXPECT_FALSE(span.text.empty()) << place;
            EXPECT_EQ(span.text, slice(article.content, span.start, span.end)) << place;
        }
    }
    return found;
}

std::string joined(const std::set<std::string>& regions) {
    std::string line;
    for (const std::string& region : regions)
        line += (line.empty() ? "" : " ") + region;
    return line.empty() ? "-" : line;
}

const std::map<std::string, std::vector<Sentence>>& sentences() {
    static const std::map<std::string, std::vector<Sentence>> by_language = [] {
        std::map<std::string, std::vector<Sentence>> result;
        for (Sentence& sentence : read_sentences("region_sentences.tsv", 4))
            result[sentence.columns[0]].push_back(std::move(sentence));
        return result;
    }();
    return by_language;
}

class RegionSentences : public testing::TestWithParam<std::string> {};

TEST_P(RegionSentences, speak_of_these_regions_and_of_no_other) {
    const auto found = sentences().find(GetParam());
    ASSERT_NE(found, sentences().end()) << "region_sentences.tsv has no sentence in " << GetParam();
    for (const Sentence& sentence : found->second) {
        const std::string& text = sentence.columns[2];
        std::set<std::string> expected;
        for (const std::string& region : cut(sentence.columns[1], ' '))
            if (region != "-") expected.insert(region);
        const Found regions = regions_in(article_of(GetParam(), text), sentence.place);
        EXPECT_EQ(joined(regions.regions), joined(expected))
            << sentence.place << ": " << text << "\n  found " << regions.where
            << "\n  why: " << sentence.columns[3];
    }
}

INSTANTIATE_TEST_SUITE_P(Languages, RegionSentences,
                         testing::Values("ar", "de", "el", "en", "es", "fa", "fr", "he", "hi", "id", "it",
                                         "ja", "ko", "ru", "tr", "uk", "ur", "zh"),
                         [](const auto& language) { return language.param; });

}  // namespace
}  // namespace newswatch::match
