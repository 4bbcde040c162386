#include "base/ascii.h"

#include <gtest/gtest.h>

namespace newswatch::ascii {

namespace {

TEST(Ascii, only_capitals_change_their_case) {
    EXPECT_EQ(lower("Content-TYPE: İ Ä [@`{"), "content-type: İ Ä [@`{");
}

TEST(Ascii, words_are_the_same_but_for_capitals) {
    EXPECT_TRUE(same_word("ETag", "etag"));
    EXPECT_FALSE(same_word("etag", "etags"));
    EXPECT_FALSE(same_word("Ä", "ä"));
    EXPECT_FALSE(same_word("@", "`"));
}

TEST(Ascii, a_hexadecimal_digit_has_a_value_and_nothing_else_has) {
    EXPECT_EQ(hex_value('0'), 0);
    EXPECT_EQ(hex_value('a'), 10);
    EXPECT_EQ(hex_value('F'), 15);
    EXPECT_EQ(hex_value('g'), -1);
    EXPECT_EQ(hex_value('/'), -1);
    EXPECT_EQ(hex_value('\xC3'), -1);
}

TEST(Ascii, white_space_is_cut_at_both_ends_and_kept_between) {
    EXPECT_EQ(trimmed("\t a b\v\f\r\n"), "a b");
    EXPECT_EQ(trimmed(" \n"), "");
    EXPECT_EQ(trimmed("\xC2\xA0x"), "\xC2\xA0x");
}

}  // namespace

}  // namespace newswatch::ascii
