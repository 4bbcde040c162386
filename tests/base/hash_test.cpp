#include "base/hash.h"

#include <gtest/gtest.h>

#include <set>

namespace newswatch {
namespace {

TEST(Hash128, is_the_same_for_the_same_parts) {
    EXPECT_EQ(hash128({"a", "b"}), hash128({"a", "b"}));
}

TEST(Hash128, tells_where_one_part_ends_and_the_next_begins) {
    EXPECT_NE(hash128({"ab", "c"}), hash128({"a", "bc"}));
    EXPECT_NE(hash128({"a", ""}), hash128({"a"}));
}

TEST(Hash128, never_changes_from_release_to_release) {
    // Alert ids and feed ids are kept by subscribers and in databases for years.
    EXPECT_EQ(hash128({"feed", "https://press.example/feed"}).text(), "4myw3e6bn6fbip4rsryldhonv4");
}

TEST(Hash128, is_written_as_26_characters_and_read_back) {
    const Hash128 hash = hash128({"round trip"});
    EXPECT_EQ(hash.text().size(), 26U);
    EXPECT_EQ(Hash128::from_text(hash.text()), hash);
}

TEST(Hash128, a_text_that_is_no_hash_reads_as_empty) {
    EXPECT_TRUE(Hash128::from_text("short").empty());
    EXPECT_TRUE(Hash128::from_text(std::string(26, '!')).empty());
}

TEST(RandomUuid, is_version_4_and_differs_each_time) {
    std::set<std::string> seen;
    for (int i = 0; i < 100; ++i) {
        const std::string uuid = random_uuid();
        ASSERT_EQ(uuid.size(), 36U);
        EXPECT_EQ(uuid[14], '4');  // RFC 9562 §5.4
        seen.insert(uuid);
    }
    EXPECT_EQ(seen.size(), 100U);
}

}  // namespace
}  // namespace newswatch
