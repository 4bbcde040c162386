#include "base/wording.h"

#include <gtest/gtest.h>

namespace newswatch {
namespace {

TEST(Wording, one_thing_has_no_s) {
    EXPECT_EQ(counted(1, "feed"), "1 feed");
    EXPECT_EQ(counted(0, "feed"), "0 feeds");
}

TEST(Wording, thousands_are_set_apart) {
    EXPECT_EQ(counted(999, "feed"), "999 feeds");
    EXPECT_EQ(counted(1'204, "feed"), "1,204 feeds");
    EXPECT_EQ(counted(1'000'000, "feed"), "1,000,000 feeds");
}

TEST(Wording, a_time_of_another_day_has_its_date) {
    const Time noon{std::chrono::sys_days{std::chrono::year{2026} / 3 / 14} + std::chrono::hours{12}};
    EXPECT_EQ(local_time(noon, noon).size(), 5U);
    EXPECT_EQ(local_time(noon, noon + std::chrono::hours{48}).size(), 16U);
    EXPECT_EQ(local_clock(noon).size(), 8U);
}

}  // namespace
}  // namespace newswatch
