#include "publish/replay_request.h"

#include <gmock/gmock.h>

#include "base/format.h"

namespace newswatch::publish {
namespace {

std::string request(const std::string& from, const std::string& more = "") {
    return newswatch::format(R"({{"stream":"s","prefix":"alert/","credit":8,"from":{}{}}})", from, more);
}

std::string code_of(const std::string& json) {
    const auto read = read_replay_request(json);
    return read ? "fine" : std::string{name_of(read.error().code)};
}

TEST(ReplayRequest, says_stream_place_prefix_and_credit) {
    const auto read = read_replay_request(
        R"({"stream":"s","from":42,"until":50,"prefix":"alert/levant/","credit":32,"later":[1]})");
    ASSERT_TRUE(read);
    EXPECT_EQ(read->stream, "s");
    EXPECT_EQ(read->from, 42U);
    EXPECT_EQ(read->until, 50U);
    EXPECT_EQ(read->prefix, "alert/levant/");
    EXPECT_EQ(read->credit, 32U);
    EXPECT_FALSE(read_replay_request(request("1"))->until);
}

TEST(ReplayRequest, a_number_that_is_no_place_in_a_stream_is_out_of_range) {
    for (const char* from :
         {"0", "-1", "1.0", "1.5", "-0.5", "18446744073709551616", "9223372036854775808"}) {
        EXPECT_EQ(code_of(request(from)), "out_of_range") << from;
    }
    EXPECT_EQ(code_of(request("1", R"(,"until":-1)")), "out_of_range");
    EXPECT_EQ(code_of(request("9223372036854775807")), "fine") << "the server knows the head";
}

TEST(ReplayRequest, every_field_is_checked_for_its_type) {
    for (const char* json : {"", "{", "[]", "1", "null", "\"REPLAY\"", "{}", "\xFF\xFE", "{\"stream\":\"s\"}",
                             R"({"stream":1,"from":1,"prefix":"","credit":1})",
                             R"({"stream":"s","from":"1","prefix":"","credit":1})",
                             R"({"stream":"s","from":1,"prefix":null,"credit":1})",
                             R"({"stream":"s","from":1,"prefix":"","credit":"1"})",
                             R"({"stream":"s","from":1,"prefix":"","credit":true})",
                             R"({"stream":"s","from":[1],"prefix":"","credit":1})",
                             R"({"stream":"s","from":1,"until":"9","prefix":"","credit":1})",
                             R"({"stream":"s","from":1,"prefix":"","credit":1} trailing)"}) {
        EXPECT_EQ(code_of(json), "bad_request") << json;
    }
    EXPECT_EQ(code_of(R"({"stream":"s","from":1,"prefix":")" + std::string(129, 'a') + R"(","credit":1})"),
              "bad_request");
    EXPECT_EQ(code_of(std::string(4000, '[')), "bad_request");
}

TEST(ReplayRequest, credit_is_brought_into_1_to_256) {
    for (const auto& [written, credit] : std::map<std::string, unsigned>{{"0", 1},
                                                                         {"-7", 1},
                                                                         {"1", 1},
                                                                         {"256", 256},
                                                                         {"257", 256},
                                                                         {"4e9", 256},
                                                                         {"4000000000", 256},
                                                                         {"2.9", 2}}) {
        const auto read =
            read_replay_request(R"({"stream":"s","from":1,"prefix":"","credit":)" + written + "}");
        ASSERT_TRUE(read) << written;
        EXPECT_EQ(read->credit, credit) << written;
    }
    EXPECT_EQ(read_credit("0"), 1U);
    EXPECT_EQ(read_credit("32"), 32U);
    EXPECT_EQ(read_credit("18446744073709551616"), 256U);
    for (const char* none : {"", "-1", "1.0", " 1", "0x10", "1e3", "123456789012345678901"})
        EXPECT_FALSE(read_credit(none)) << none;
}

}  // namespace
}  // namespace newswatch::publish
