#include "settings/tidy_file.h"

#include <gtest/gtest.h>

namespace newswatch::settings {
namespace {

TEST(TidyFile, a_tidy_file_stays_as_it_is) {
    const std::string text =
        "# a comment\nmatch:\n  any_of:\n    - فنزويلا   # with می‌خواهم\n";
    const TidyFile file = tidy_file(text);
    EXPECT_EQ(file.text, text);
    EXPECT_TRUE(file.changes.empty());
}

TEST(TidyFile, a_tab_that_indents_becomes_spaces) {
    EXPECT_EQ(tidy_file("match:\n\tany_of:\n\t\t- a\n").text, "match:\n  any_of:\n    - a\n");
}

TEST(TidyFile, a_tab_inside_a_text_stays) {
    EXPECT_EQ(tidy_file("name: \"a\tb\"\n").text, "name: \"a\tb\"\n");
}

TEST(TidyFile, a_no_break_space_becomes_a_normal_one) {
    EXPECT_EQ(tidy_file("name:\u00A0Syria\n").text, "name: Syria\n");
}

TEST(TidyFile, marks_of_direction_go_and_joiners_stay) {
    EXPECT_EQ(tidy_file("\u200F- region: SY\u202E\n- می\u200Cخواهم\n").text,
              "- region: SY\n- می\u200Cخواهم\n");
}

TEST(TidyFile, a_dash_gets_its_space) {
    EXPECT_EQ(tidy_file("any_of:\n  -embassy\n").text, "any_of:\n  - embassy\n");
}

TEST(TidyFile, negative_numbers_and_document_marks_keep_their_dash) {
    EXPECT_EQ(tidy_file("---\n-5\n").text, "---\n-5\n");
}

TEST(TidyFile, windows_line_ends_go) {
    const TidyFile file = tidy_file("id: a\r\nname: b\r\n");
    EXPECT_EQ(file.text, "id: a\nname: b\n");
    EXPECT_EQ(file.changes.size(), 1U);
}

TEST(TidyFile, white_space_at_line_ends_goes_and_the_last_line_gets_its_end) {
    EXPECT_EQ(tidy_file("id: a  \nname: b").text, "id: a\nname: b\n");
}

TEST(TidyFile, every_change_names_its_line) {
    const TidyFile file = tidy_file("a:\n\t- b\n");
    ASSERT_EQ(file.changes.size(), 1U);
    EXPECT_EQ(file.changes[0].line, 2U);
}

TEST(TidyFile, tidying_twice_changes_nothing_more) {
    const std::string once = tidy_file("\t-x\r\n\u00A0 y \u200B").text;
    EXPECT_EQ(tidy_file(once).text, once);
}

}  // namespace
}  // namespace newswatch::settings
