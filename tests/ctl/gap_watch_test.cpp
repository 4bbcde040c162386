#include "ctl/gap_watch.h"

#include <gmock/gmock.h>

namespace newswatch::ctl {
namespace {

using testing::HasSubstr;

constexpr const char* kTopic = "alert/storms/high/";

TEST(GapWatch, what_was_published_before_we_listened_is_not_missed) {
    GapWatch gaps{true};
    EXPECT_FALSE(gaps.heartbeat("s", 41));
    EXPECT_FALSE(gaps.alert(kTopic, 42, 40));
}

TEST(GapWatch, an_unbroken_row_has_no_gap) {
    GapWatch gaps{true};
    EXPECT_FALSE(gaps.heartbeat("s", 0));
    EXPECT_FALSE(gaps.alert(kTopic, 1, 0));
    EXPECT_FALSE(gaps.alert("alert/floods/low/", 2, 0));
    EXPECT_FALSE(gaps.alert(kTopic, 3, 1));
    EXPECT_FALSE(gaps.heartbeat("s", 3));
    EXPECT_FALSE(gaps.heartbeat("s", 3));
}

TEST(GapWatch, a_previous_number_that_never_came_is_a_gap) {
    GapWatch gaps{false};
    EXPECT_FALSE(gaps.heartbeat("s", 0));
    const auto gap = gaps.alert(kTopic, 5, 3);
    ASSERT_TRUE(gap);
    EXPECT_THAT(*gap, HasSubstr("alert 3 of alert/storms/high/"));
}

TEST(GapWatch, a_head_that_is_just_on_its_way_is_no_gap) {
    GapWatch gaps{true};
    EXPECT_FALSE(gaps.heartbeat("s", 1));
    EXPECT_FALSE(gaps.heartbeat("s", 2));
    EXPECT_FALSE(gaps.alert(kTopic, 2, 1));
    EXPECT_FALSE(gaps.heartbeat("s", 2));
}

TEST(GapWatch, a_head_that_never_arrived_is_said_once) {
    GapWatch gaps{true};
    EXPECT_FALSE(gaps.heartbeat("s", 1));
    EXPECT_FALSE(gaps.heartbeat("s", 4));
    const auto gap = gaps.heartbeat("s", 4);
    ASSERT_TRUE(gap);
    EXPECT_THAT(*gap, HasSubstr("2 to 4"));
    EXPECT_FALSE(gaps.heartbeat("s", 4));
}

TEST(GapWatch, the_head_says_nothing_to_one_who_listens_to_a_part) {
    GapWatch gaps{false};
    EXPECT_FALSE(gaps.heartbeat("s", 1));
    EXPECT_FALSE(gaps.heartbeat("s", 4));
    EXPECT_FALSE(gaps.heartbeat("s", 4));
}

TEST(GapWatch, another_stream_is_said_and_counts_anew) {
    GapWatch gaps{true};
    EXPECT_FALSE(gaps.heartbeat("s", 100));
    EXPECT_TRUE(gaps.heartbeat("t", 0));
    EXPECT_FALSE(gaps.alert(kTopic, 1, 0));
    EXPECT_FALSE(gaps.heartbeat("t", 1));
}

}  // namespace
}  // namespace newswatch::ctl
