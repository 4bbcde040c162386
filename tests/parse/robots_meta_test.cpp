#include "parse/robots_meta.h"

#include <gtest/gtest.h>

namespace newswatch::parse {
namespace {

TEST(RobotsMeta, lets_a_page_without_it_be_read_and_kept) {
    const RobotsMeta meta = robots_meta("<html><head><title>x</title></head><body>y");
    EXPECT_TRUE(meta.read);
    EXPECT_TRUE(meta.keep);
}

TEST(RobotsMeta, forbids_to_read_a_page_that_is_not_to_be_found) {
    EXPECT_FALSE(robots_meta("<meta name=\"robots\" content=\"noindex, follow\">").read);
}

TEST(RobotsMeta, forbids_everything_by_none) {
    const RobotsMeta meta = robots_meta("<META NAME=Robots CONTENT=NONE>");
    EXPECT_FALSE(meta.read);
    EXPECT_FALSE(meta.keep);
}

TEST(RobotsMeta, lets_a_page_be_read_that_is_not_to_be_kept) {
    const RobotsMeta meta = robots_meta("<meta content='max-image-preview:large,noarchive' name='robots'>");
    EXPECT_TRUE(meta.read);
    EXPECT_FALSE(meta.keep);
}

TEST(RobotsMeta, may_speak_to_us_alone) {
    EXPECT_FALSE(robots_meta("<meta name=\"newswatch\" content=\"noindex\">").read);
}

TEST(RobotsMeta, of_other_readers_is_not_ours) {
    EXPECT_TRUE(robots_meta("<meta name=\"googlebot\" content=\"noindex\">").read);
}

TEST(RobotsMeta, in_the_text_of_a_page_is_none) {
    EXPECT_TRUE(robots_meta("<head></head><body><meta name=\"robots\" content=\"noindex\">").read);
}

}  // namespace
}  // namespace newswatch::parse
