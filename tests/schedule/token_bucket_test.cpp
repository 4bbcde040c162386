#include "schedule/token_bucket.h"

#include <gtest/gtest.h>

namespace newswatch::schedule {
namespace {

using namespace std::chrono_literals;

constexpr TokenBucket::TimePoint kStart{1000h};

int taken_at(TokenBucket& bucket, TokenBucket::TimePoint now) {
    int taken = 0;
    while (bucket.has_one(now)) {
        bucket.take(now);
        ++taken;
    }
    return taken;
}

TEST(TokenBucket, holds_one_second_s_worth_and_no_more) {
    TokenBucket bucket{20, kStart};
    EXPECT_EQ(taken_at(bucket, kStart), 20);
    EXPECT_EQ(taken_at(bucket, kStart + 1h), 20);
}

TEST(TokenBucket, fills_at_its_rate) {
    TokenBucket bucket{20, kStart};
    taken_at(bucket, kStart);
    EXPECT_EQ(taken_at(bucket, kStart + 49ms), 0);
    EXPECT_EQ(taken_at(bucket, kStart + 50ms), 1);
    EXPECT_EQ(taken_at(bucket, kStart + 550ms), 10);
}

TEST(TokenBucket, there_is_a_token_at_the_time_it_names) {
    TokenBucket bucket{3, kStart};  // a third of a second is no whole number of nanoseconds
    taken_at(bucket, kStart);
    for (int i = 0; i < 1000; ++i) {
        const auto next = bucket.next_token();
        EXPECT_FALSE(bucket.has_one(next - 1ns));
        ASSERT_TRUE(bucket.has_one(next));
        bucket.take(next);
    }
}

TEST(TokenBucket, less_than_one_a_second_still_gives_one) {
    TokenBucket bucket{0.1, kStart};
    EXPECT_EQ(taken_at(bucket, kStart), 1);
    EXPECT_EQ(taken_at(bucket, kStart + 9s), 0);
    EXPECT_EQ(taken_at(bucket, kStart + 10s), 1);
}

}  // namespace
}  // namespace newswatch::schedule
