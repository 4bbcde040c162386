#include "fetch/handle_pool.h"

#include <gtest/gtest.h>

namespace newswatch::fetch {
namespace {

TEST(HandlePool, a_server_is_asked_with_the_handle_that_asked_it_before) {
    HandlePool pool{4};
    EasyHandle first = pool.take("https://a.example");
    CURL* const address = first.get();
    pool.give_back("https://a.example", std::move(first));
    const EasyHandle other = pool.take("https://b.example");
    EXPECT_NE(other.get(), address);
    EXPECT_EQ(pool.take("https://a.example").get(), address);
}

TEST(HandlePool, the_longest_unused_handle_goes_first) {
    HandlePool pool{2};
    for (const char* server : {"https://a.example", "https://b.example", "https://c.example"})
        pool.give_back(server, EasyHandle{curl_easy_init()});
    EXPECT_EQ(pool.size(), 2U);
    EXPECT_FALSE(pool.holds("https://a.example"));
    EXPECT_TRUE(pool.holds("https://c.example"));
}

TEST(ServerOf, is_scheme_and_authority) {
    EXPECT_EQ(server_of("https://a.example:444/feed?x"), "https://a.example:444");
    EXPECT_EQ(server_of("https://a.example?x"), "https://a.example");
    EXPECT_EQ(server_of("https://a.example"), "https://a.example");
    EXPECT_EQ(server_of("nonsense"), "nonsense");
}

}  // namespace
}  // namespace newswatch::fetch
