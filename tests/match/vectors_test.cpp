#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "analyse/analyser.h"
#include "match/matcher.h"
#include "match/region_table.h"
#include "settings/settings.h"

namespace newswatch::match {
namespace {

/// One row of matching/vectors.tsv.
struct Row {
    std::string id{};
    std::string language{};
    std::string rule{};
    std::string title{};
    std::string text{};
    bool expected{false};
    std::string why{};
};

std::filesystem::path vectors_file() {
    return std::filesystem::path{NEWSWATCH_SOURCE_DIR} / "../shared/matching/vectors.tsv";
}

std::vector<Row> read_rows(const std::filesystem::path& file) {
    std::ifstream stream{file};
    std::vector<Row> rows;
    std::string line;
    std::getline(stream, line);  // the header
    while (std::getline(stream, line)) {
        std::array<std::string, 7> columns;
        std::size_t begin = 0;
        for (std::string& column : columns) {
            const std::size_t end = std::min(line.find('\t', begin), line.size());
            column = line.substr(begin, end - begin);
            begin = std::min(end + 1, line.size());
        }
        rows.push_back(
            {columns[0], columns[1], columns[2], columns[3], columns[4], columns[5] == "match", columns[6]});
    }
    return rows;
}

struct Score {
    int right{0};
    int all{0};
};

class Vectors : public testing::Test {
  protected:
    /// True or false as the rule holds; empty, with a line on the output, where the rule cannot be read.
    std::optional<bool> holds(const Row& row) const {
        const settings::Read<Rule> rule = settings::decode_rule(row.rule, row.id, {}, lookup_);
        for (const settings::Finding& finding : rule.findings) {
            std::cout << row.id << ": " << finding.headline << " in " << row.rule << '\n';
        }
        if (settings::has_errors(rule.findings)) return std::nullopt;
        Watchlist watchlist;
        watchlist.id = "row";
        watchlist.match = rule.value;
        const auto set = WatchlistSet::compile({watchlist}, {}, regions_);
        Article article;
        article.title = row.title;
        article.content = row.text;
        article.language = row.language;
        return !match(*set, analyse::analyse(article)).empty();
    }

    void SetUp() override {
        if (!std::filesystem::exists(vectors_file())) {
            GTEST_SKIP() << vectors_file() << " is not there: the rows of the specification cannot be run";
        }
        const Result<RegionForms> forms =
            load_region_forms(std::filesystem::path{NEWSWATCH_SOURCE_DIR} / "config/regions");
        ASSERT_TRUE(forms) << forms.error().line();
        forms_ = *forms;
        regions_ = compile_regions(forms_);
        lookup_.find = [this](std::string_view written) { return find_region(forms_, written); };
        lookup_.name = [](std::string_view code) { return std::string{code}; };
    }

    RegionForms forms_{};
    std::shared_ptr<const Regions> regions_{};
    settings::RegionLookup lookup_{};
};

TEST_F(Vectors, most_rows_of_the_specification_are_right) {
    std::map<std::string, Score> by_language;
    Score whole;
    for (const Row& row : read_rows(vectors_file())) {
        const std::optional<bool> answer = holds(row);
        const bool right = answer == row.expected;
        for (Score* score : {&whole, &by_language[row.language]}) {
            ++score->all;
            score->right += right ? 1 : 0;
        }
        if (!right) {
            std::cout << "wrong: " << row.id << " expected " << (row.expected ? "match" : "no") << ": "
                      << row.rule << " | " << row.title << " | " << row.text << " | " << row.why << '\n';
        }
    }
    for (const auto& [language, score] : by_language) {
        std::cout << language << ": " << score.right << " of " << score.all << '\n';
    }
    ASSERT_GT(whole.all, 0);
    const double share = 100.0 * whole.right / whole.all;
    std::cout << "all: " << whole.right << " of " << whole.all << " = " << share << " %\n";
    RecordProperty("right", whole.right);
    EXPECT_GE(share, 95.0);
}

}  // namespace
}  // namespace newswatch::match
