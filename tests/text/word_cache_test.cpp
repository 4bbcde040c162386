#include "text/word_cache.h"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

namespace newswatch::text {
namespace {

constexpr std::array<std::uint64_t, 2> kKeys{11, 22};

void keep(WordCache& cache, const std::string& word, const std::string& folded) {
    cache.keep(word, WordCache::hash(word, 1), {.folded = folded, .keys = kKeys});
}

bool finds(WordCache& cache, const std::string& word, const std::string& folded) {
    const auto made = cache.find(word, WordCache::hash(word, 1));
    return made && made->folded == folded &&
           std::vector(made->keys.begin(), made->keys.end()) == std::vector(kKeys.begin(), kKeys.end());
}

TEST(WordCache, gives_back_what_was_kept) {
    WordCache cache;
    keep(cache, "Été", "ete");
    keep(cache, "x", "x");
    EXPECT_TRUE(finds(cache, "Été", "ete"));
    EXPECT_TRUE(finds(cache, "x", "x"));
    EXPECT_FALSE(cache.find("été", WordCache::hash("été", 1)));
}

TEST(WordCache, words_of_every_length_are_told_apart) {
    WordCache cache;
    std::string word;
    while (word.size() < WordCache::kLongest) {
        word += static_cast<char>('a' + word.size() % 26);
        keep(cache, word, "=" + word);
        std::string other = word;
        other.back() = '#';
        EXPECT_FALSE(cache.find(other, WordCache::hash(word, 1))) << other;
    }
    for (std::size_t size = 1; size <= word.size(); ++size)
        EXPECT_TRUE(finds(cache, word.substr(0, size), "=" + word.substr(0, size))) << size;
}

TEST(WordCache, the_same_word_in_other_languages_is_another) {
    EXPECT_NE(WordCache::hash("port", 1), WordCache::hash("port", 2));
}

TEST(WordCache, never_holds_more_than_its_bound) {
    WordCache cache;
    for (int i = 0; i < 200'000; ++i) {
        const std::string word = "word" + std::to_string(i);
        keep(cache, word, word + std::string(static_cast<std::size_t>(i % 100), '.'));
    }
    EXPECT_LE(cache.bytes(), WordCache::kMostBytes);
}

TEST(WordCache, a_word_that_comes_again_and_again_stays) {
    WordCache cache;
    keep(cache, "often", "often");
    for (int i = 0; i < 200'000; ++i) {
        keep(cache, "rare" + std::to_string(i), "rare");
        if (i % 1'000 != 0) continue;
        ASSERT_TRUE(finds(cache, "often", "often")) << i;
    }
    EXPECT_FALSE(cache.find("rare0", WordCache::hash("rare0", 1)));
}

TEST(WordCache, words_that_share_a_hash_do_not_stand_for_each_other) {
    WordCache cache;
    for (int i = 0; i < 100; ++i) {
        const std::string word = "w" + std::to_string(i);
        cache.keep(word, 7, {.folded = word, .keys = kKeys});
    }
    for (int i = 0; i < 100; ++i) {
        const std::string word = "w" + std::to_string(i);
        const auto made = cache.find(word, 7);
        EXPECT_EQ(made ? made->folded : word, word);
    }
}

TEST(WordCache, what_is_too_long_is_not_kept) {
    WordCache cache;
    const std::string word(WordCache::kLongest + 1, 'x');
    keep(cache, word, word);
    EXPECT_FALSE(cache.find(word, WordCache::hash(word, 1)));
}

}  // namespace
}  // namespace newswatch::text
