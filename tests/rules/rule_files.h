#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "rules/rules.h"

namespace newswatch::rules {

/// A folder with watchlists.d and concepts.d of its own, and the sources' region tables and concepts as the
/// shipped ones.
class RuleFiles : public testing::Test {
  protected:
    RuleFiles() {
        char pattern[] = "/tmp/newswatch-rules-XXXXXX";
        folder_ = mkdtemp(pattern);
        std::filesystem::create_directories(folder_ / "share");
        std::filesystem::create_directory_symlink(std::filesystem::path{NEWSWATCH_SOURCE_DIR} / "config",
                                                  folder_ / "share/newswatch");
        setenv("NEWSWATCH_PREFIX", folder_.c_str(), 1);
        std::filesystem::create_directories(folder_ / "watchlists.d");
        std::filesystem::create_directories(folder_ / "concepts.d");
        settings_.watchlists = folder_ / "watchlists.d";
        settings_.concepts = folder_ / "concepts.d";
    }
    ~RuleFiles() override {
        unsetenv("NEWSWATCH_PREFIX");
        std::filesystem::remove_all(folder_);
    }

    void write(const std::string& file, const std::string& text) const {
        std::ofstream{folder_ / file} << text;
    }
    Rules load(const Rules* previous = nullptr, Time now = Time{}) const {
        Result<Rules> rules = rules::load(settings_, now, previous);
        EXPECT_TRUE(rules) << rules.error().line();
        return rules ? std::move(*rules) : Rules{};
    }

    settings::Settings settings_;
    std::filesystem::path folder_;
};

}  // namespace newswatch::rules
