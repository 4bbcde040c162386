#include "store/seen_set.h"

#include <gtest/gtest.h>

#include <cstring>
#include <string>

namespace newswatch::store {
namespace {

Hash128 numbered(int number) {
    return hash128({"n", std::to_string(number)});
}

TEST(SeenSet, an_empty_set_contains_nothing) {
    const SeenSet set;
    EXPECT_FALSE(set.contains(numbered(1)));
    EXPECT_FALSE(set.contains(Hash128{}));
}

TEST(SeenSet, it_keeps_every_hash_while_it_grows) {
    SeenSet set;
    for (int i = 0; i < 50'000; ++i)
        set.insert(numbered(i));
    for (int i = 0; i < 50'000; ++i)
        ASSERT_TRUE(set.contains(numbered(i))) << i;
    for (int i = 50'000; i < 100'000; ++i)
        ASSERT_FALSE(set.contains(numbered(i))) << i;
}

TEST(SeenSet, a_hash_put_in_twice_counts_once) {
    SeenSet set;
    set.insert(numbered(1));
    set.insert(numbered(1));
    EXPECT_EQ(set.size(), 1U);
}

TEST(SeenSet, ten_million_hashes_take_256_MiB) {
    // The array doubles beyond 5/8: 2^24 places hold 10,485,760 hashes.
    EXPECT_GE((std::size_t{1} << 24) * 5 / 8, std::size_t{10'000'000});
    SeenSet set;
    for (int i = 0; i < 10'000; ++i)
        set.insert(numbered(i));
    EXPECT_LE(set.bytes(), 10'000 * sizeof(Hash128) * 16 / 5);
}

TEST(SeenSet, what_is_taken_out_is_unknown_and_all_others_are_still_found) {
    SeenSet set;
    for (int i = 0; i < 20'000; ++i)
        set.insert(numbered(i));
    for (int i = 0; i < 20'000; i += 3)
        set.erase(numbered(i));
    for (int i = 0; i < 20'000; ++i)
        ASSERT_EQ(set.contains(numbered(i)), i % 3 != 0) << i;
    EXPECT_EQ(set.size(), 13'333U);
}

TEST(SeenSet, taking_out_what_is_not_there_changes_nothing) {
    SeenSet set;
    set.insert(numbered(1));
    set.erase(numbered(2));
    set.erase(Hash128{});
    EXPECT_TRUE(set.contains(numbered(1)));
    EXPECT_EQ(set.size(), 1U);
}

TEST(SeenSet, what_was_taken_out_can_be_put_in_again) {
    SeenSet set;
    for (int round = 0; round < 5; ++round) {
        for (int i = 0; i < 600; ++i)
            set.insert(numbered(i));
        for (int i = 0; i < 600; ++i)
            set.erase(numbered(i));
    }
    EXPECT_EQ(set.size(), 0U);
    EXPECT_FALSE(set.contains(numbered(7)));
}

TEST(SeenSet, half_of_a_shadow_is_the_shadow_of_the_half) {
    std::uint64_t half = 0;
    std::memcpy(&half, numbered(1).bytes.data(), sizeof half);
    std::uint64_t of_shadow = 0;
    const Hash128 shadow = shadow_hash(numbered(1));
    std::memcpy(&of_shadow, shadow.bytes.data(), sizeof of_shadow);
    EXPECT_EQ(of_shadow, shadow_half(half));
}

TEST(SeenSet, the_same_text_under_another_id_is_another_revision_hash) {
    ArticleKeys a{.id = numbered(1), .fingerprint = {}, .revision = numbered(2), .across_feeds = {}};
    ArticleKeys swapped{.id = numbered(2), .fingerprint = {}, .revision = numbered(1), .across_feeds = {}};
    EXPECT_NE(revision_hash(a), revision_hash(swapped));
}

}  // namespace
}  // namespace newswatch::store
