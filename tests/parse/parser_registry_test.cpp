#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "parse/parser.h"

namespace newswatch::parse {

namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const std::filesystem::path kStrange = std::filesystem::path{NEWSWATCH_BINARY_DIR} / "tests/strange_plugins";

/// The one line about a plug-in file; empty where it was accepted.
std::string line_about(const ParserRegistry& registry, std::string_view file) {
    for (const Error& problem : registry.problems()) {
        if (problem.where.ends_with(file)) return problem.line();
    }
    return {};
}

TEST(ParserRegistry, the_built_plug_ins_are_found) {
    const auto registry =
        ParserRegistry::load(std::filesystem::path{NEWSWATCH_BINARY_DIR} / "lib/newswatch/plugins");
    EXPECT_THAT(registry.names(), testing::IsSupersetOf({"atom", "rss"}));
    EXPECT_TRUE(registry.problems().empty());
}

TEST(ParserRegistry, a_folder_that_is_not_there_is_one_problem) {
    const auto registry = ParserRegistry::load("/no/such/folder");
    ASSERT_EQ(registry.problems().size(), 1U);
    EXPECT_THAT(registry.problems()[0].line(), HasSubstr("/no/such/folder"));
}

TEST(ParserRegistry, each_refusal_says_why_and_the_others_go_on) {
    const auto registry = ParserRegistry::load(kStrange);
    EXPECT_THAT(registry.names(), ElementsAre("talks_nonsense", "throws"));
    EXPECT_THAT(line_about(registry, "returns_nothing.so"), HasSubstr("returned nothing"));
    EXPECT_THAT(line_about(registry, "too_new.so"), HasSubstr("interface"));
    EXPECT_THAT(line_about(registry, "too_small.so"), HasSubstr("8 bytes"));
    EXPECT_THAT(line_about(registry, "bad_name.so"), HasSubstr("[a-z0-9_]+"));
    EXPECT_THAT(line_about(registry, "no_parse.so"), HasSubstr("probe or parse"));
    EXPECT_THAT(line_about(registry, "no_symbol.so"), HasSubstr("newswatch_parser_plugin"));
}

TEST(ParserRegistry, a_file_that_is_no_library_is_left_out) {
    const auto folder = std::filesystem::path{testing::TempDir()} / "newswatch_no_library";
    std::filesystem::create_directories(folder);
    std::ofstream{folder / "text.so"} << "this is no library";
    EXPECT_THAT(line_about(ParserRegistry::load(folder), "text.so"), HasSubstr("left out"));
    std::filesystem::remove_all(folder);
}

TEST(ParserRegistry, an_exception_of_a_plug_in_costs_one_document) {
    const auto registry = ParserRegistry::load(kStrange);
    Document document;
    document.reader = "throws";
    document.bytes = "<x/>";
    const auto parsed = parse(registry, document);
    ASSERT_FALSE(parsed);
    EXPECT_THAT(parsed.error().line(), HasSubstr("throws"));
}

TEST(ParserRegistry, nonsense_of_a_plug_in_becomes_a_valid_article) {
    const auto registry = ParserRegistry::load(kStrange);
    Document document;
    document.reader = "talks_nonsense";
    document.bytes = "<x/>";
    const auto parsed = parse(registry, document);
    ASSERT_TRUE(parsed) << parsed.error().line();
    ASSERT_EQ(parsed->articles.size(), 1U);
    EXPECT_EQ(parsed->articles[0].title, "not UTF-8: \uFFFD( \uFFFD");
}

}  // namespace

}  // namespace newswatch::parse
