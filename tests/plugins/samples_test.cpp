#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "base/file.h"
#include "reading.h"

namespace newswatch::parse {

namespace {

constexpr std::size_t kLargest = std::size_t{1} << 20;

std::vector<std::filesystem::path> samples() {
    std::vector<std::filesystem::path> paths;
    for (const char* const format : {"rss", "atom", "sitemap"}) {
        const auto folder = std::filesystem::path{NEWSWATCH_SOURCE_DIR} / "plugins" / format / "samples";
        for (const auto& entry : std::filesystem::directory_iterator{folder}) {
            if (entry.path().extension() == ".xml") paths.push_back(entry.path());
        }
    }
    std::sort(paths.begin(), paths.end());
    return paths;
}

class Sample : public testing::TestWithParam<std::filesystem::path> {};

TEST_P(Sample, gives_the_articles_beside_it) {
    const auto bytes = read_file(GetParam(), kLargest);
    auto beside = GetParam();
    const auto expected = read_file(beside.replace_extension(".json"), kLargest);
    ASSERT_TRUE(bytes && expected) << beside;
    const auto parsed = read(*bytes, "https://sample.example/feeds/" + GetParam().filename().string());
    ASSERT_TRUE(parsed) << parsed.error().line();
    EXPECT_EQ(nlohmann::json::parse(to_json(*parsed)).dump(2), nlohmann::json::parse(*expected).dump(2));
}

std::string test_name(const testing::TestParamInfo<std::filesystem::path>& sample) {
    std::string name =
        sample.param.parent_path().parent_path().filename().string() + "_" + sample.param.stem().string();
    std::replace_if(
        name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
    return name;
}

INSTANTIATE_TEST_SUITE_P(EveryFormat, Sample, testing::ValuesIn(samples()), test_name);

}  // namespace

}  // namespace newswatch::parse
