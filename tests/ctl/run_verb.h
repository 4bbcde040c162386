#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "ctl/command_line.h"

namespace newswatch::ctl {

struct Outcome {
    int exit{-1};
    std::string out{};
    std::string err{};
};

/// `newswatchctl ARGUMENTS…` inside this process.
inline Outcome run_verb(const std::vector<std::string>& arguments, const std::string& input = {}) {
    std::istringstream in{input};
    std::ostringstream out;
    std::ostringstream err;
    Console console{.in = in, .out = out, .err = err};
    const int exit = run(arguments, console);
    return {exit, out.str(), err.str()};
}

/// A folder of its own for each test, and the build tree as the place where everything is found.
class VerbTest : public testing::Test {
  protected:
    VerbTest() {
        setenv("NEWSWATCH_PREFIX", NEWSWATCH_BINARY_DIR, 1);
        char pattern[] = "/tmp/newswatch-ctl-XXXXXX";
        folder_ = mkdtemp(pattern);
    }
    ~VerbTest() override { std::filesystem::remove_all(folder_); }

    std::string write(const std::string& file, const std::string& text) const {
        std::filesystem::create_directories((folder_ / file).parent_path());
        std::ofstream{folder_ / file} << text;
        return (folder_ / file).native();
    }

    std::filesystem::path folder_;
};

}  // namespace newswatch::ctl
