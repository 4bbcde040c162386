#include "ctl/console.h"

#include <gtest/gtest.h>

#include <sstream>

namespace newswatch::ctl {
namespace {

TEST(Isolate, a_title_stands_between_isolates) {
    EXPECT_EQ(isolate("ليبيا"), "\u2068ليبيا\u2069");
}

TEST(Isolate, a_feed_cannot_drive_the_terminal) {
    EXPECT_EQ(isolate("a\x1b[2Jb\nc"), "\u2068a [2Jb c\u2069");
}

TEST(Isolate, eight_bit_controls_are_controls_too) {
    EXPECT_EQ(isolate("a\u009bb"), "\u2068a b\u2069");
}

TEST(Isolate, letters_that_begin_with_the_same_byte_stay) {
    EXPECT_EQ(isolate("«»"), "\u2068«»\u2069");
}

TEST(Paint, there_is_no_colour_where_none_is_wanted) {
    std::stringstream stream;
    const Console console{.in = stream, .out = stream, .err = stream};
    EXPECT_EQ(console.paint(Style::red, "urgent"), "urgent");
}

TEST(Paint, colour_ends_where_the_text_ends) {
    std::stringstream stream;
    const Console console{.in = stream, .out = stream, .err = stream, .colour = true};
    EXPECT_EQ(console.paint(Style::red, "urgent"), "\x1b[1;31murgent\x1b[0m");
}

}  // namespace
}  // namespace newswatch::ctl
