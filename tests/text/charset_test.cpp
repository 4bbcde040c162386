#include "text/charset.h"

#include <gtest/gtest.h>

#include <string>

#include "text/byte_scan.h"
#include "text/composition.h"

namespace newswatch::text {

namespace {

using namespace std::string_view_literals;

std::string feed(std::string_view encoding, std::string_view words) {
    std::string text = "<?xml version=\"1.0\"";
    if (!encoding.empty()) text.append(" encoding=\"").append(encoding).append("\"");
    return text.append("?><rss><title>").append(words).append("</title></rss>");
}

bool holds(const DecodedText& decoded, std::string_view words) {
    return decoded.utf8.find(words) != std::string::npos;
}

std::string as_utf16(std::string_view ascii, bool little) {
    std::string bytes;
    for (const char c : ascii)
        bytes.append(little ? std::string{c, '\0'} : std::string{'\0', c});
    return bytes;
}

std::string repeated(std::string_view words, int times) {
    std::string text;
    for (int i = 0; i < times; ++i)
        text.append(words).append(" ");
    return text;
}

TEST(Charset, utf8_is_read_as_it_stands) {
    const auto decoded = decode(feed("UTF-8", "délégation"), "");
    EXPECT_TRUE(holds(decoded, "délégation"));
    EXPECT_FALSE(decoded.repaired);
}

TEST(Charset, a_byte_order_mark_goes_before_everything) {
    const auto decoded =
        decode("\xEF\xBB\xBF" + feed("windows-1251", "délégation"), "text/xml; charset=koi8-r");
    EXPECT_TRUE(holds(decoded, "délégation"));
    EXPECT_EQ(decoded.source, CharsetSource::bom);
    EXPECT_TRUE(decoded.utf8.starts_with("<?xml"));
}

TEST(Charset, the_http_header_goes_before_the_declaration) {
    const auto decoded = decode(feed("iso-8859-1", "\xEC\xE8\xF0"), "text/xml; charset=\"windows-1251\"");
    EXPECT_TRUE(holds(decoded, "мир"));
    EXPECT_EQ(decoded.source, CharsetSource::http_header);
}

TEST(Charset, the_declaration_decides_where_nothing_else_does) {
    EXPECT_TRUE(holds(decode(feed("windows-1251", "\xEC\xE8\xF0"), "application/rss+xml"), "мир"));
    EXPECT_TRUE(holds(decode(feed("KOI8-R", "\xCD\xC9\xD2"), ""), "мир"));
    EXPECT_TRUE(holds(decode(feed("windows-1256", "\xD3\xE6\xD1\xED\xC7"), ""), "سوريا"));
    EXPECT_TRUE(holds(decode(feed("windows-1254", "g\xF6r\xFC\xFEme"), ""), "görüşme"));
    EXPECT_TRUE(holds(decode(feed("TIS-620", "\xE4\xB7\xC2"), ""), "ไทย"));
    EXPECT_TRUE(holds(decode(feed("ISO-8859-7", "\xEA\xE1\xE9"), ""), "και"));
}

TEST(Charset, east_asian_encodings_are_read) {
    EXPECT_TRUE(holds(decode(feed("Shift_JIS", "\x93\xFA\x96\x7B"), ""), "日本"));
    EXPECT_TRUE(holds(decode(feed("EUC-JP", "\xC6\xFC\xCB\xDC"), ""), "日本"));
    EXPECT_TRUE(holds(decode(feed("ISO-2022-JP", "\x1B$BF|K\\\x1B(B"), ""), "日本"));
    EXPECT_TRUE(holds(decode(feed("gb2312", "\xD6\xD0\xB9\xFA"), ""), "中国"));
    EXPECT_TRUE(holds(decode(feed("Big5", "\xA4\xA4\xB0\xEA"), ""), "中國"));
    EXPECT_TRUE(holds(decode(feed("ks_c_5601-1987", "\xC7\xD1\xB1\xB9"), ""), "한국"));
}

TEST(Charset, latin_1_is_windows_1252_as_in_browsers) {
    EXPECT_TRUE(holds(decode(feed("iso-8859-1", "\x93now\x94 \x80"), ""), "“now” €"));
}

TEST(Charset, utf16_is_read_with_and_without_a_mark) {
    const std::string text = feed("UTF-16", "peace");
    EXPECT_TRUE(holds(decode("\xFF\xFE" + as_utf16(text, true), ""), "peace"));
    EXPECT_TRUE(holds(decode("\xFE\xFF" + as_utf16(text, false), ""), "peace"));
    EXPECT_TRUE(holds(decode(as_utf16(text, true), ""), "peace"));
    EXPECT_TRUE(holds(decode(as_utf16(text, false), ""), "peace"));
}

TEST(Charset, a_declaration_of_utf16_in_plain_bytes_is_a_lie) {
    const auto decoded = decode(feed("UTF-16", "délégation"), "");
    EXPECT_TRUE(holds(decoded, "délégation"));
    EXPECT_TRUE(decoded.repaired);
}

TEST(Charset, one_bad_byte_changes_nothing_else) {
    const auto decoded = decode(feed("UTF-8", "délégation \xFF министр"), "");
    EXPECT_TRUE(holds(decoded, "délégation \uFFFD министр"));
    EXPECT_TRUE(decoded.repaired);
}

TEST(Charset, one_bad_byte_in_ascii_is_repaired_where_it_stands) {
    const auto decoded = decode(feed("UTF-8", "peace \xFE talks"), "");
    EXPECT_TRUE(holds(decoded, "peace \uFFFD talks"));
}

TEST(Charset, a_cut_character_does_not_change_the_encoding) {
    EXPECT_TRUE(holds(decode(feed("UTF-8", "мир \xD0 мир"), ""), "мир \uFFFD мир"));
}

TEST(Charset, utf8_that_is_declared_as_something_else_stays_utf8) {
    const auto decoded = decode(feed("iso-8859-1", "délégation rencontré à Genève"), "");
    EXPECT_TRUE(holds(decoded, "délégation rencontré à Genève"));
    EXPECT_TRUE(decoded.repaired);
    EXPECT_TRUE(holds(decode(feed("gb2312", "外交部长会谈"), ""), "外交部长会谈"));
}

TEST(Charset, legacy_bytes_that_are_declared_as_utf8_are_read_by_their_pattern) {
    const auto decoded = decode(feed("UTF-8", "d\xE9l\xE9gation rencontr\xE9 \xE0 Gen\xE8ve"), "");
    EXPECT_TRUE(holds(decoded, "délégation rencontré à Genève"));
    EXPECT_TRUE(decoded.repaired);
}

TEST(Charset, an_unknown_label_is_passed_over) {
    EXPECT_TRUE(holds(decode(feed("x-nobody-knows", "délégation"), "text/xml; charset=bogus"), "délégation"));
}

TEST(Charset, undeclared_cyrillic_is_guessed) {
    // "министр иностранных дел обсудил перемирие" in windows-1251.
    const std::string words =
        "\xEC\xE8\xED\xE8\xF1\xF2\xF0 \xE8\xED\xEE\xF1\xF2\xF0\xE0\xED\xED\xFB\xF5 \xE4\xE5\xEB "
        "\xEE\xE1\xF1\xF3\xE4\xE8\xEB \xEF\xE5\xF0\xE5\xEC\xE8\xF0\xE8\xE5";
    EXPECT_TRUE(holds(decode(feed("", repeated(words, 3)), ""), "министр иностранных дел обсудил перемирие"));
}

TEST(Charset, the_language_helps_a_guess) {
    const std::string arabic = "\xD3\xE6\xD1\xED\xC7 \xE6\xE1\xED\xC8\xED\xC7";  // windows-1256
    EXPECT_TRUE(holds(decode(feed("", arabic), "", "ar"), "سوريا وليبيا"));
    const std::string said = "<rss><language>ar</language><title>" + arabic + "</title></rss>";
    EXPECT_TRUE(holds(decode(said, ""), "سوريا وليبيا"));
}

TEST(Charset, turkish_is_told_from_french_by_the_language) {
    const std::string turkish = "d\xFD\xFEi\xFEleri bakan\xFD";
    EXPECT_TRUE(holds(decode(feed("", turkish), "", "tr"), "dışişleri bakanı"));
}

TEST(Charset, every_answer_is_valid_utf8) {
    std::string bytes = "<rss>";
    for (int i = 0; i < 256; ++i)
        bytes += static_cast<char>(i);
    for (const std::string_view label :
         {"", "utf-8", "utf-16", "gb18030", "shift_jis", "iso-2022-jp", "euc-kr"}) {
        const auto decoded = decode(bytes, std::string{"text/xml; charset="}.append(label));
        EXPECT_EQ(repair_utf8(decoded.utf8), decoded.utf8) << label;
    }
}

TEST(Charset, an_empty_document_stays_empty) {
    EXPECT_EQ(decode("", "").utf8, "");
    EXPECT_EQ(decode("\xEF\xBB\xBF", "").utf8, "");
}

TEST(RepairUtf8, each_maximal_subpart_becomes_one_replacement) {
    // Unicode §3.9, Table 3-8.
    EXPECT_EQ(repair_utf8("\x61\xF1\x80\x80\xE1\x80\xC2\x62\x80\x63\x80\xBF\x64"),
              "a\uFFFD\uFFFD\uFFFDb\uFFFDc\uFFFD\uFFFDd");
}

TEST(RepairUtf8, overlong_forms_and_surrogates_are_not_utf8) {
    EXPECT_EQ(repair_utf8("\xC0\xAF"), "\uFFFD\uFFFD");
    EXPECT_EQ(repair_utf8("\xED\xA0\x80"), "\uFFFD\uFFFD\uFFFD");
    EXPECT_EQ(repair_utf8("\xF5\x80"), "\uFFFD\uFFFD");
}

TEST(PlainRun, wide_instructions_find_what_single_bytes_find) {
    const std::string_view pieces[] = {"word", " ",     "  ",     "<",
                                       "&",    "é",     "\u00A0", "министр",
                                       "日本", "\x7F",  "\x01",   "a longer stretch of letters",
                                       "\n",   "\uFEFF"};
    std::uint32_t state = 7;
    for (int round = 0; round < 2000; ++round) {
        std::string text;
        for (int i = 0; i < 6; ++i) {
            state = state * 1664525U + 1013904223U;
            text.append(pieces[(state >> 16) % std::size(pieces)]);
        }
        const PlainRun wide = plain_run(text);
        const PlainRun narrow = plain_run_bytewise(text);
        ASSERT_EQ(wide.size, narrow.size) << text;
        ASSERT_EQ(wide.beyond_latin, narrow.beyond_latin) << text;
    }
}

TEST(Composition, decomposed_letters_are_composed) {
    EXPECT_EQ(compose("de\u0301le\u0301gation"), "délégation");
    EXPECT_EQ(compose("\u0628\u0627\u0653"), "\u0628\u0622");                      // alef + madda
    EXPECT_EQ(compose("\u304B\u3099"), "\u304C");                                  // ka + voicing mark
    EXPECT_EQ(compose("\u1100\u1161"), "\uAC00");                                  // Hangul jamo
    EXPECT_EQ(compose("the river \u0438\u0306 flows"), "the river \u0439 flows");  // short i
}

TEST(Composition, ordinary_text_of_many_scripts_needs_no_look) {
    for (const std::string_view text :
         {"plain words and more plain words", "délégation à Genève, été — “oui”", "министр обсудил перемирие",
          "وزير الخارجية بحث وقف إطلاق النار", "görüşme yapıldı için ateşkes", "外交部长今天在北京会谈",
          "한국과 일본의 회담", "και η συνάντηση των υπουργών"}) {
        EXPECT_TRUE(surely_composed(text)) << text;
    }
}

TEST(Composition, no_mark_is_overlooked_wherever_it_stands) {
    for (const std::string_view mark :
         {"e\u0301", "\u0435\u0306", "\u0627\u0653", "\u05E9\u05C1", "\u212B", "\u0374", "\u037E", "\u0387",
          "\u1100\u1161", "\uF900", "\u2126", "\u304B\u3099"}) {
        for (std::size_t before = 0; before < 40; ++before) {
            const std::string text = std::string(before, 'x').append(mark).append(std::string(20, 'y'));
            ASSERT_FALSE(surely_composed(text)) << mark << " after " << before;
        }
    }
}

}  // namespace

}  // namespace newswatch::text
