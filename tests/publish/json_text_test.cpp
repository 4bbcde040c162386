#include "publish/json_text.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <random>

namespace newswatch::publish {
namespace {

std::string as_json(std::string_view text) {
    std::string out;
    append_string(out, text);
    return out;
}

const std::string kReplacement = "\xEF\xBF\xBD";

TEST(JsonText, letters_of_every_script_stay_as_they_are) {
    EXPECT_EQ(as_json("Libye ليبيا Ливия 利比亚 🕊"),
              "\"Libye ليبيا Ливия 利比亚 🕊\"");
}

TEST(JsonText, quotes_backslashes_and_line_ends_are_escaped) {
    EXPECT_EQ(as_json("\"a\"\\\n\r\t"), R"("\"a\"\\\n\r\t")");
}

TEST(JsonText, nul_and_terminal_controls_are_replaced) {
    EXPECT_EQ(as_json(std::string_view{"a\0\x1B[31mb\x7F", 9}),
              '"' + ("a" + kReplacement + kReplacement + "[31mb" + kReplacement) + '"');
    EXPECT_EQ(as_json("\xC2\x9B"), '"' + kReplacement + '"');  // CSI of C1
}

TEST(JsonText, bidirectional_controls_are_escaped_and_not_lost) {
    const std::string text = "a\u202Eb\u2066c\u200Fd\u061Ce";
    EXPECT_EQ(as_json(text), R"("a\u202eb\u2066c\u200fd\u061ce")");
    EXPECT_EQ(nlohmann::json::parse(as_json(text)).get<std::string>(), text);
}

TEST(JsonText, the_joiners_of_Persian_and_emoji_stay) {
    EXPECT_EQ(as_json("می\u200Cروم \u200D"), "\"می\u200Cروم \u200D\"");
}

TEST(JsonText, what_is_no_UTF_8_becomes_one_replacement_a_stretch) {
    // Unicode Standard, table 3-8: the example of its chapter 3.
    EXPECT_EQ(as_json("\x61\xF1\x80\x80\xE1\x80\xC2\x62\x80\x63\x80\xBF\x64"),
              '"' +
                  ("a" + kReplacement + kReplacement + kReplacement + "b" + kReplacement + "c" +
                   kReplacement + kReplacement + "d") +
                  '"');
}

TEST(JsonText, overlong_forms_surrogates_and_too_high_numbers_are_no_UTF_8) {
    for (const char* bytes : {"\xC0\xAF", "\xE0\x80\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xFF"}) {
        const std::string json = as_json(bytes);
        EXPECT_EQ(json.find(bytes), std::string::npos) << json;
        EXPECT_NE(json.find(kReplacement), std::string::npos);
    }
}

TEST(JsonText, any_bytes_give_valid_json) {
    std::minstd_rand random{7};
    for (int round = 0; round < 2000; ++round) {
        std::string bytes(random() % 40, '\0');
        for (char& byte : bytes)
            byte = static_cast<char>(random() % 256);
        ASSERT_TRUE(nlohmann::json::accept(as_json(bytes))) << round;
    }
}

TEST(JsonText, a_cut_keeps_the_written_size_and_never_splits_a_code_point) {
    std::minstd_rand random{11};
    const std::vector<std::string> pieces{"a",    "\"",     "é",  "ليبيا",   "🕊",
                                          "\x80", "\u202E", "\n", "\xE1\x80"};
    for (int round = 0; round < 500; ++round) {
        std::string text;
        for (int i = 0; i < 60; ++i)
            text += pieces[random() % pieces.size()];
        for (const std::size_t limit :
             {std::size_t{0}, std::size_t{1}, std::size_t{17}, std::size_t{64}, std::size_t{10'000}}) {
            const std::string_view kept = cut(text, limit);
            ASSERT_LE(as_json(kept).size(), limit + 2);
            ASSERT_TRUE(limit < 10'000 || kept == text);
            // The whole begins with the part: nothing was split.
            const std::string part = as_json(kept);
            ASSERT_EQ(as_json(text).compare(0, part.size() - 1, part, 0, part.size() - 1), 0);
        }
    }
}

TEST(JsonWriter, commas_stand_between_members_and_elements_only) {
    JsonWriter json;
    json.begin_object();
    json.key("a").number(1);
    json.key("b").begin_list().text("x").null().yes_or_no(false).begin_object().end_object().end_list();
    json.key("c").begin_object().end_object();
    json.end_object();
    EXPECT_EQ(json.take(), R"({"a":1,"b":["x",null,false,{}],"c":{}})");
}

}  // namespace
}  // namespace newswatch::publish
