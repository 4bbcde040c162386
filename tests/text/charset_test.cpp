#include "text/charset.h"

#include <gtest/gtest.h>

#include <string>

#include "text/byte_scan.h"
#include "text/charset_label.h"
#include "text/charset_repair.h"
#include "text/composition.h"
#include "text/utf8.h"

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

struct Declared {
    const char* label;
    const char* bytes;
    const char* text;
};

void PrintTo(const Declared& each, std::ostream* out) {
    *out << each.label;
}

class DeclaredCharset : public testing::TestWithParam<Declared> {};

TEST_P(DeclaredCharset, is_read_by_its_label) {
    const Declared& each = GetParam();
    EXPECT_TRUE(holds(decode(feed(each.label, each.bytes), ""), each.text))
        << decode(feed(each.label, each.bytes), "").utf8;
    const std::string header = std::string{"application/rss+xml; charset="} + each.label;
    EXPECT_TRUE(holds(decode(feed("", each.bytes), header), each.text));
}

constexpr Declared kDeclared[] = {
    {"windows-1250", "\xAFy\xB3 \x9Cpi\xB9\x63y", "Żył śpiący"},
    {"cp1251", "\xEC\xE8\xF0 \xE8 \xB8\xEB\xEA\xE0", "мир и ёлка"},
    {"win1251", "\xEC\xE8\xF0", "мир"},
    {"1251", "\xEC\xE8\xF0", "мир"},
    {"CP1252", "\x93oui\x94", "“oui”"},
    {"Latin1", "\xE9t\xE9", "été"},
    {"us-ascii", "\xE9t\xE9", "été"},
    {"ANSI_X3.4-1968", "\xE9t\xE9", "été"},
    {"windows-1253", "\xEA\xE1\xE9", "και"},
    {"windows-1255", "\xF9\xEC\xE5\xED", "שלום"},
    {"windows-1256", "\xE3\xD1\xCD\xC8\xC7", "مرحبا"},
    {"windows-1257", "\xE6\xE8\xEB", "ęčė"},
    {"windows-1258", "\xF5\xFD", "ơư"},
    {"ISO-8859-2", "\xB1\xE6\xEA", "ąćę"},
    {"ISO-8859-3", "\xB1\xF8", "ħĝ"},
    {"ISO-8859-4", "\xE0\xEF", "āī"},
    {"ISO-8859-5", "\xDC\xD8\xE0", "мир"},
    {"ISO-8859-6", "\xE5\xD1\xCD\xC8\xC7", "مرحبا"},
    {"ISO-8859-7", "\xEA\xE1\xE9", "και"},
    {"ISO-8859-8-I", "\xF9\xEC\xE5\xED", "שלום"},
    {"ISO-8859-9", "\xFE\xF0\xFD", "şğı"},
    {"ISO-8859-10", "\xE0\xBF", "āŋ"},
    {"ISO-8859-13", "\xE0\xF0", "ąš"},
    {"ISO-8859-14", "\xF0\xFE", "ŵŷ"},
    {"ISO-8859-15", "\xA4 \xBD", "€ œ"},
    {"ISO-8859-16", "\xBA\xFE", "șț"},
    {"KOI8-R", "\xCD\xC9\xD2", "мир"},
    {"KOI8-U", "\xCD\xA6\xD2", "мір"},
    {"IBM866", "\xAC\xA8\xE0", "мир"},
    {"macintosh", "\x8Et\x8E", "été"},
    {"x-mac-cyrillic", "\xEC\xE8\xF0", "мир"},
    {"TIS-620", "\xE4\xB7\xC2", "ไทย"},
    {"ISO-8859-11", "\xE4\xB7\xC2", "ไทย"},
    {"windows-874", "\xE4\xB7\xC2", "ไทย"},
    {"Shift_JIS", "\x93\xFA\x96\x7B \x87\x40", "日本 ①"},
    {"x-sjis", "\x93\xFA\x96\x7B", "日本"},
    {"cp932", "\x93\xFA\x96\x7B", "日本"},
    {"EUC-JP", "\xC6\xFC\xCB\xDC \xAD\xA1", "日本 ①"},
    {"ISO-2022-JP", "\x1B$BF|K\\\x1B(B \x1B(I12\x1B(B", "日本 ｱｲ"},
    {"GB2312", "\xD6\xD0\xB9\xFA", "中国"},
    {"GBK", "\xD6\xD0\xB9\xFA \x81\x40", "中国 丂"},
    {"ms936", "\xD6\xD0\xB9\xFA", "中国"},
    {"gb18030", "\xD6\xD0\xB9\xFA \x94\x39\xDA\x33", "中国 💩"},
    {"HZ-GB-2312", "~{VP9z~}", "中国"},
    {"Big5", "\xA4\xA4\xB0\xEA", "中國"},
    {"Big5-HKSCS", "\xA4\xA4\xB0\xEA \x9D\xEF", "中國 嘅"},
    {"EUC-KR", "\xC7\xD1\xB1\xB9", "한국"},
    {"ks_c_5601-1987", "\xC7\xD1\xB1\xB9 \x8C\x63", "한국 똠"},
    {"cp949", "\xC7\xD1\xB1\xB9", "한국"},
    {"ISO-2022-KR", "\x1B$)C\x0E\x47\x51\x31\x39\x0F", "한국"},
    {"johab", "\xD0\x65\x8A\x82", "한국"},
    {"PT154", "\xEC\xE8\xF0", "мир"},
    {"utf8", "\xC3\xA9t\xC3\xA9", "été"},
    {"UTF_8", "\xC3\xA9t\xC3\xA9", "été"},
    {"unicode-1-1-utf-8", "\xC3\xA9t\xC3\xA9", "été"},
};
INSTANTIATE_TEST_SUITE_P(Charset, DeclaredCharset, testing::ValuesIn(kDeclared));

TEST(CharsetLabel, every_label_of_the_web_is_known) {
    // WHATWG Encoding §4.2.
    constexpr std::string_view kLabels[][2] = {
        {"UTF-8", "unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 utf8 x-unicode20utf8"},
        {"IBM866", "866 cp866 csibm866 ibm866"},
        {"ISO-8859-2",
         "csisolatin2 iso-8859-2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 l2 latin2"},
        {"ISO-8859-3",
         "csisolatin3 iso-8859-3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 l3 latin3"},
        {"ISO-8859-4",
         "csisolatin4 iso-8859-4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 l4 latin4"},
        {"ISO-8859-5",
         "csisolatincyrillic cyrillic iso-8859-5 iso-ir-144 iso8859-5 iso88595 iso_8859-5 iso_8859-5:1988"},
        {"ISO-8859-6",
         "arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-8859-6 iso-8859-6-e "
         "iso-8859-6-i iso-ir-127 iso8859-6 iso88596 iso_8859-6 iso_8859-6:1987"},
        {"ISO-8859-7",
         "csisolatingreek ecma-118 elot_928 greek greek8 iso-8859-7 iso-ir-126 iso8859-7 iso88597 "
         "iso_8859-7 iso_8859-7:1987 sun_eu_greek"},
        {"ISO-8859-8",
         "csiso88598e csisolatinhebrew hebrew iso-8859-8 iso-8859-8-e iso-ir-138 iso8859-8 iso88598 "
         "iso_8859-8 iso_8859-8:1988 visual csiso88598i iso-8859-8-i logical"},
        {"ISO-8859-10", "csisolatin6 iso-8859-10 iso-ir-157 iso8859-10 iso885910 l6 latin6"},
        {"ISO-8859-13", "iso-8859-13 iso8859-13 iso885913"},
        {"ISO-8859-14", "iso-8859-14 iso8859-14 iso885914"},
        {"ISO-8859-15", "csisolatin9 iso-8859-15 iso8859-15 iso885915 iso_8859-15 l9"},
        {"ISO-8859-16", "iso-8859-16"},
        {"KOI8-R", "cskoi8r koi koi8 koi8-r koi8_r"},
        {"KOI8-U", "koi8-ru koi8-u"},
        {"macintosh", "csmacintosh mac macintosh x-mac-roman"},
        {"windows-874", "dos-874 iso-8859-11 iso8859-11 iso885911 tis-620 windows-874"},
        {"windows-1250", "cp1250 windows-1250 x-cp1250"},
        {"windows-1251", "cp1251 windows-1251 x-cp1251"},
        {"windows-1252",
         "ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 "
         "iso88591 iso_8859-1 iso_8859-1:1987 l1 latin1 us-ascii windows-1252 x-cp1252"},
        {"windows-1253", "cp1253 windows-1253 x-cp1253"},
        {"windows-1254",
         "cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 iso_8859-9:1989 l5 "
         "latin5 windows-1254 x-cp1254"},
        {"windows-1255", "cp1255 windows-1255 x-cp1255"},
        {"windows-1256", "cp1256 windows-1256 x-cp1256"},
        {"windows-1257", "cp1257 windows-1257 x-cp1257"},
        {"windows-1258", "cp1258 windows-1258 x-cp1258"},
        {"x-mac-cyrillic", "x-mac-cyrillic x-mac-ukrainian"},
        {"gb18030", "chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 gbk iso-ir-58 x-gbk gb18030"},
        {"Big5-HKSCS", "big5 big5-hkscs cn-big5 csbig5 x-x-big5"},
        {"EUC-JP", "cseucpkdfmtjapanese euc-jp x-euc-jp"},
        {"ISO-2022-JP-2", "csiso2022jp iso-2022-jp"},
        {"windows-31j", "csshiftjis ms932 ms_kanji shift-jis shift_jis sjis windows-31j x-sjis"},
        {"windows-949",
         "cseuckr csksc56011987 euc-kr iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 "
         "ksc_5601 windows-949"},
        {"UTF-16BE", "unicodefffe utf-16be"},
        {"UTF-16LE", "csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16 utf-16le"},
    };
    for (const auto& [converter, labels] : kLabels) {
        for (std::size_t at = 0; at < labels.size();) {
            const std::size_t end = std::min(labels.find(' ', at), labels.size());
            EXPECT_EQ(converter_name(labels.substr(at, end - at)), converter) << labels.substr(at, end - at);
            at = end + 1;
        }
    }
}

TEST(CharsetLabel, what_nobody_knows_is_nothing) {
    for (const std::string_view label :
         {"", " ", "-", "bogus", "utf-9", "windows-99999", "ibm-99999", "\xFF"})
        EXPECT_EQ(converter_name(label), "") << label;
    EXPECT_EQ(converter_name(std::string(1000, 'a')), "");
}

TEST(CharsetLabel, a_header_is_read_as_loosely_as_servers_write_it) {
    EXPECT_EQ(charset_of_header("text/xml; charset=utf-8"), "utf-8");
    EXPECT_EQ(charset_of_header("text/xml;charset=\"UTF-8\""), "utf-8");
    EXPECT_EQ(charset_of_header("text/xml; CHARSET = 'koi8-r' ; q=1"), "koi8-r");
    EXPECT_EQ(charset_of_header("text/xml; version=2; charset=big5, text/html"), "big5");
    EXPECT_EQ(charset_of_header("text/xml; charset="), "");
    EXPECT_EQ(charset_of_header("text/xml"), "");
}

TEST(CharsetLabel, a_declaration_is_found_in_spite_of_its_faults) {
    EXPECT_EQ(charset_of_declaration("<?xml version='1.0' encoding='koi8-r'?>"), "koi8-r");
    EXPECT_EQ(charset_of_declaration("\n\n<?xml encoding = \"koi8-r\" version=\"1.0\"?>"), "koi8-r");
    EXPECT_EQ(charset_of_declaration("<?xml version=1.0 encoding=koi8-r?>"), "koi8-r");
    EXPECT_EQ(charset_of_declaration("<!DOCTYPE html><html><head><meta charset=koi8-r>"), "koi8-r");
    EXPECT_EQ(
        charset_of_declaration("<html><meta http-equiv=Content-Type content='text/html; charset=big5'>"),
        "big5");
    EXPECT_EQ(charset_of_declaration("<rss><description>&lt;meta charset=koi8-r></description>"), "");
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

struct Undeclared {
    const char* encoding;
    const char* bytes;
    const char* text;
};
void PrintTo(const Undeclared& undeclared, std::ostream* out) {
    *out << undeclared.encoding << ": " << undeclared.text;
}
class UndeclaredBytes : public testing::TestWithParam<Undeclared> {};

/// No label, no language: what the bytes say must be a language.
TEST_P(UndeclaredBytes, are_read_in_the_encoding_in_which_they_speak) {
    EXPECT_TRUE(holds(decode(feed("", GetParam().bytes), ""), GetParam().text));
}

constexpr Undeclared kUndeclared[] = {
    {"windows-1250",
     "Minister spraw zagranicznych powiedzia\xB3, \xBF"
     "e rozmowy b\xEA"
     "d\xB9 trwa\xB3y. Rz\xB9"
     "d og\xB3osi\xB3 dzi\x9C zawieszenie broni, a przyw\xF3"
     "dcy pa\xF1stw s\xB9siednich wyrazili nadziej\xEA na trwa\xB3y pok\xF3j w regionie.",
     "Minister spraw zagranicznych powiedział, że rozmowy będą trwały. Rząd ogłosił dziś zawieszenie broni, "
     "a przywódcy państw sąsiednich wyrazili nadzieję na trwały pokój w regionie."},
    {"windows-1254",
     "D\xFD\xFEi\xFEleri Bakan\xFD g\xF6r\xFC\xFEmelerin s\xFCrece\xF0ini s\xF6yledi. H\xFCk\xFCmet bug\xFCn "
     "ate\xFEkes ilan etti, kom\xFEu \xFClkelerin liderleri b\xF6lgede kal\xFD"
     "c\xFD bar\xFD\xFE umudunu dile getirdi.",
     "Dışişleri Bakanı görüşmelerin süreceğini söyledi. Hükümet bugün ateşkes ilan etti, komşu ülkelerin "
     "liderleri bölgede kalıcı barış umudunu dile getirdi."},
    {"windows-1257",
     "\xC2rlietu ministrs pazi\xF2oja, ka sarunas turpin\xE2sies. Vald\xEE"
     "ba \xF0odien izsludin\xE2ja pamieru, un kaimi\xF2valstu vad\xEEt\xE2ji pauda cer\xEE"
     "bu uz ilgsto\xF0u mieru re\xECion\xE2.",
     "Ārlietu ministrs paziņoja, ka sarunas turpināsies. Valdība šodien izsludināja pamieru, un kaimiņvalstu "
     "vadītāji pauda cerību uz ilgstošu mieru reģionā."},
    {"windows-1257",
     "U\xFEsienio reikal\xF8 ministras parei\xF0k\xEB, kad derybos t\xE6sis. Vyriausyb\xEB \xF0iandien "
     "paskelb\xEB paliaubas, o kaimynini\xF8 \xF0"
     "ali\xF8 vadovai i\xF0rei\xF0k\xEB vilt\xE1 d\xEBl taikos.",
     "Užsienio reikalų ministras pareiškė, kad derybos tęsis. Vyriausybė šiandien paskelbė paliaubas, o "
     "kaimyninių šalių vadovai išreiškė viltį dėl taikos."},
    {"TIS-620",
     "\xC3\xD1\xB0\xC1\xB9\xB5\xC3\xD5\xB5\xE8\xD2\xA7\xBB\xC3\xD0\xE0\xB7\xC8\xA1\xC5\xE8\xD2\xC7\xC7\xE8"
     "\xD2\xA1\xD2\xC3\xE0\xA8\xC3\xA8\xD2\xA8\xD0\xB4\xD3\xE0\xB9\xD4\xB9\xB5\xE8\xCD\xE4\xBB "
     "\xC3\xD1\xB0\xBA\xD2\xC5\xBB\xC3\xD0\xA1\xD2\xC8\xCB\xC2\xD8\xB4\xC2\xD4\xA7\xE3\xB9\xC7\xD1\xB9\xB9"
     "\xD5\xE9 "
     "\xE1\xC5\xD0\xBC\xD9\xE9\xB9\xD3\xBB\xC3\xD0\xE0\xB7\xC8\xE0\xBE\xD7\xE8\xCD\xB9\xBA\xE9\xD2\xB9\xE1"
     "\xCA\xB4\xA7\xA4\xC7\xD2\xC1\xCB\xC7\xD1\xA7\xB5\xE8\xCD\xCA\xD1\xB9\xB5\xD4\xC0\xD2\xBE",
     "รัฐมนตรีต่างประเทศกล่าวว่าการเจรจาจะดำเนินต่อไป รัฐบาลประกาศหยุดยิงในวันนี้ และผู้นำประเทศเพื่อนบ้านแสดงความหวังต่อสันติภาพ"},
    {"KOI8-U",
     "\xED\xA6\xCE\xA6\xD3\xD4\xD2 \xDA\xC1\xCB\xCF\xD2\xC4\xCF\xCE\xCE\xC9\xC8 \xD3\xD0\xD2\xC1\xD7 "
     "\xDA\xC1\xD1\xD7\xC9\xD7, \xDD\xCF \xD0\xC5\xD2\xC5\xC7\xCF\xD7\xCF\xD2\xC9 "
     "\xD4\xD2\xC9\xD7\xC1\xD4\xC9\xCD\xD5\xD4\xD8. \xF5\xD2\xD1\xC4 \xCF\xC7\xCF\xCC\xCF\xD3\xC9\xD7 "
     "\xD3\xD8\xCF\xC7\xCF\xC4\xCE\xA6 \xD0\xD2\xCF \xD0\xC5\xD2\xC5\xCD\xC9\xD2'\xD1, \xA7\xC8 "
     "\xD0\xA6\xC4\xD4\xD2\xC9\xCD\xC1\xCC\xC9 \xD3\xD5\xD3\xA6\xC4\xCE\xA6 \xCB\xD2\xC1\xA7\xCE\xC9.",
     "Міністр закордонних справ заявив, що переговори триватимуть. Уряд оголосив сьогодні про перемир'я, їх "
     "підтримали сусідні країни."},
    {"IBM866",
     "\x8C\xA8\xAD\xA8\xE1\xE2\xE0 \xA8\xAD\xAE\xE1\xE2\xE0\xA0\xAD\xAD\xEB\xE5 \xA4\xA5\xAB "
     "\xA7\xA0\xEF\xA2\xA8\xAB, \xE7\xE2\xAE \xAF\xA5\xE0\xA5\xA3\xAE\xA2\xAE\xE0\xEB "
     "\xAF\xE0\xAE\xA4\xAE\xAB\xA6\xA0\xE2\xE1\xEF. \x8F\xE0\xA0\xA2\xA8\xE2\xA5\xAB\xEC\xE1\xE2\xA2\xAE "
     "\xAE\xA1\xEA\xEF\xA2\xA8\xAB\xAE \xE1\xA5\xA3\xAE\xA4\xAD\xEF \xAF\xA5\xE0\xA5\xAC\xA8\xE0\xA8\xA5.",
     "Министр иностранных дел заявил, что переговоры продолжатся. Правительство объявило сегодня перемирие."},
    {"windows-1252",
     "Le ministre des Affaires \xE9trang\xE8res a d\xE9"
     "clar\xE9 que les n\xE9gociations se poursuivraient. Le gouvernement a annonc\xE9 un cessez-le-feu, et "
     "les dirigeants esp\xE8rent une paix durable.",
     "Le ministre des Affaires étrangères a déclaré que les négociations se poursuivraient. Le gouvernement "
     "a annoncé un cessez-le-feu, et les dirigeants espèrent une paix durable."},
    {"windows-1252",
     "Der Au\xDF"
     "enminister erkl\xE4rte, die Gespr\xE4"
     "che w\xFCrden fortgesetzt. Die Regierung k\xFCndigte eine Waffenruhe an, und die F\xFChrer der "
     "Nachbarl\xE4nder hoffen auf Frieden.",
     "Der Außenminister erklärte, die Gespräche würden fortgesetzt. Die Regierung kündigte eine Waffenruhe "
     "an, und die Führer der Nachbarländer hoffen auf Frieden."},
    {"windows-1255",
     "\xF9\xF8 \xE4\xE7\xE5\xF5 \xE0\xEE\xF8 \xEB\xE9 \xE4\xF9\xE9\xE7\xE5\xFA \xE9\xE9\xEE\xF9\xEB\xE5. "
     "\xE4\xEE\xEE\xF9\xEC\xE4 \xE4\xE5\xE3\xE9\xF2\xE4 \xE4\xE9\xE5\xED \xF2\xEC \xE4\xF4\xF1\xF7\xFA "
     "\xE0\xF9, \xE5\xEE\xF0\xE4\xE9\xE2\xE9 \xE4\xEE\xE3\xE9\xF0\xE5\xFA \xE4\xF9\xEB\xF0\xE5\xFA "
     "\xE4\xE1\xE9\xF2\xE5 \xFA\xF7\xE5\xE5\xE4 \xEC\xF9\xEC\xE5\xED \xE1\xF8 \xF7\xE9\xE9\xEE\xE0 "
     "\xE1\xE0\xE6\xE5\xF8",
     "שר החוץ אמר כי השיחות יימשכו. הממשלה הודיעה היום על הפסקת אש, ומנהיגי המדינות השכנות הביעו תקווה לשלום "
     "בר קיימא באזור"},
    {"windows-1253",
     "\xCF \xF5\xF0\xEF\xF5\xF1\xE3\xFC\xF2 \xC5\xEE\xF9\xF4\xE5\xF1\xE9\xEA\xFE\xED "
     "\xE4\xDE\xEB\xF9\xF3\xE5 \xFC\xF4\xE9 \xEF\xE9 \xF3\xF5\xED\xEF\xEC\xE9\xEB\xDF\xE5\xF2 \xE8\xE1 "
     "\xF3\xF5\xED\xE5\xF7\xE9\xF3\xF4\xEF\xFD\xED. \xC7 \xEA\xF5\xE2\xDD\xF1\xED\xE7\xF3\xE7 "
     "\xE1\xED\xE1\xEA\xEF\xDF\xED\xF9\xF3\xE5 \xF3\xDE\xEC\xE5\xF1\xE1 \xEA\xE1\xF4\xDC\xF0\xE1\xF5\xF3\xE7 "
     "\xF4\xEF\xF5 \xF0\xF5\xF1\xFC\xF2.",
     "Ο υπουργός Εξωτερικών δήλωσε ότι οι συνομιλίες θα συνεχιστούν. Η κυβέρνηση ανακοίνωσε σήμερα κατάπαυση "
     "του πυρός."},
    {"GBK",
     "\xCD\xE2\xBD\xBB\xB2\xBF\xB3\xA4\xB1\xED\xCA\xBE\xBB\xE1\xCC\xB8\xBD\xAB\xBC\xCC\xD0\xF8\xBD\xF8\xD0"
     "\xD0\xA1\xA3\xD5\xFE\xB8\xAE\xBD\xF1\xCC\xEC\xD0\xFB\xB2\xBC\xCD\xA3\xBB\xF0\xA3\xAC\xC1\xDA\xB9\xFA"
     "\xC1\xEC\xB5\xBC\xC8\xCB\xB6\xD4\xB8\xC3\xB5\xD8\xC7\xF8\xCA\xB5\xCF\xD6\xB3\xD6\xBE\xC3\xBA\xCD\xC6"
     "\xBD\xB1\xED\xCA\xBE\xCF\xA3\xCD\xFB\xA1\xA3",
     "外交部长表示会谈将继续进行。政府今天宣布停火，邻国领导人对该地区实现持久和平表示希望。"},
    {"Big5",
     "\xA5~\xA5\xE6\xB3\xA1\xAA\xF8\xAA\xED\xA5\xDC\xB7|\xBD\xCD\xB1N\xC4~\xC4\xF2\xB6i\xA6\xE6\xA1"
     "C\xAC"
     "F\xA9\xB2\xA4\xB5\xA4\xD1\xAB\xC5\xA5\xAC\xB0\xB1\xA4\xF5\xA1"
     "A\xBE"
     "F\xB0\xEA\xBB\xE2\xBE\xC9\xA4H\xB9\xEF\xB8\xD3\xA6"
     "a\xB0\xCF\xB9\xEA\xB2{\xAB\xF9\xA4[\xA9M\xA5\xAD\xAA\xED\xA5\xDC\xA7\xC6\xB1\xE6\xA1"
     "C",
     "外交部長表示會談將繼續進行。政府今天宣布停火，鄰國領導人對該地區實現持久和平表示希望。"},
    {"Shift_JIS",
     "\x8AO\x96\xB1\x91\xE5\x90"
     "b\x82\xCD\x81"
     "A\x8B\xA6\x8B"
     "c\x82\xCD\x91\xB1\x82\xAD\x82\xC6\x8Fq\x82\xD7\x82\xBD\x81"
     "B\x90\xAD\x95{\x82\xCD\x96{\x93\xFA\x92\xE2\x90\xED\x82\xF0\x94\xAD\x95\\\x82\xB5\x81"
     "A\x8B\xDF\x97\xD7\x8F\x94\x8D\x91\x82\xCC\x8Ew\x93\xB1\x8E\xD2\x82\xCD\x82\xB1\x82\xCC\x92n\x88\xE6\x82"
     "\xCC\x95\xBD\x98"
     "a\x82\xD6\x82\xCC\x8A\xFA\x91\xD2\x82\xF0\x95\\\x96\xBE\x82\xB5\x82\xBD\x81"
     "B",
     "外務大臣は、協議は続くと述べた。政府は本日停戦を発表し、近隣諸国の指導者はこの地域の平和への期待を表明"
     "した。"},
    {"EUC-KR",
     "\xBF\xDC\xB9\xAB\xC0\xE5\xB0\xFC\xC0\xBA \xC8\xB8\xB4\xE3\xC0\xCC \xB0\xE8\xBC\xD3\xB5\xC9 "
     "\xB0\xCD\xC0\xCC\xB6\xF3\xB0\xED \xB8\xBB\xC7\xDF\xB4\xD9. \xC1\xA4\xBA\xCE\xB4\xC2 \xBF\xC0\xB4\xC3 "
     "\xC8\xDE\xC0\xFC\xC0\xBB \xB9\xDF\xC7\xA5\xC7\xDF\xC0\xB8\xB8\xE7 \xC0\xCC\xBF\xF4 \xB3\xAA\xB6\xF3 "
     "\xC1\xF6\xB5\xB5\xC0\xDA\xB5\xE9\xC0\xBA \xC6\xF2\xC8\xAD\xBF\xA1 \xB4\xEB\xC7\xD1 "
     "\xC8\xF1\xB8\xC1\xC0\xBB \xB9\xE0\xC7\xFB\xB4\xD9.",
     "외무장관은 회담이 계속될 것이라고 말했다. 정부는 오늘 휴전을 발표했으며 이웃 나라 지도자들은 평화에 "
     "대한 희망을 밝혔다."},
};
INSTANTIATE_TEST_SUITE_P(Charset, UndeclaredBytes, testing::ValuesIn(kUndeclared));

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

std::string as_utf32(std::string_view ascii, bool little) {
    std::string bytes;
    for (const char c : ascii)
        bytes.append(little ? std::string{c, '\0', '\0', '\0'} : std::string{'\0', '\0', '\0', c});
    return bytes;
}

TEST(Charset, utf32_is_read_with_and_without_a_mark) {
    const std::string text = feed("UTF-32", "peace");
    EXPECT_TRUE(holds(decode(std::string{"\xFF\xFE\0\0"sv} + as_utf32(text, true), ""), "peace"));
    EXPECT_TRUE(holds(decode(std::string{"\0\0\xFE\xFF"sv} + as_utf32(text, false), ""), "peace"));
    EXPECT_TRUE(holds(decode(as_utf32(text, true), ""), "peace"));
    EXPECT_TRUE(holds(decode(as_utf32(text, false), ""), "peace"));
}

TEST(Charset, the_order_of_wide_bytes_is_seen_whatever_the_label_says) {
    for (const std::string_view label : {"utf-16", "utf-16le", "utf-16be", "ucs-2", "iso-8859-1", ""}) {
        const std::string header = std::string{"text/xml; charset="}.append(label);
        EXPECT_TRUE(holds(decode(as_utf16(feed("UTF-16", "peace"), false), header), "peace")) << label;
        EXPECT_TRUE(holds(decode(as_utf16(feed("UTF-16", "peace"), true), header), "peace")) << label;
    }
}

TEST(Charset, wide_bytes_without_a_declaration_are_seen_by_their_zeros) {
    EXPECT_TRUE(holds(decode(as_utf16("\n<rss><title>peace</title></rss>", false), ""), "peace"));
    EXPECT_TRUE(holds(decode(as_utf16("{\"title\": \"peace\"}", true), ""), "peace"));
}

TEST(Charset, a_wide_mark_before_plain_bytes_is_a_lie) {
    const auto decoded = decode("\xFF\xFE" + feed("UTF-8", "délégation"), "");
    EXPECT_TRUE(holds(decoded, "délégation"));
    EXPECT_TRUE(decoded.repaired);
}

TEST(Charset, a_mark_of_utf8_before_other_bytes_is_a_lie) {
    const auto decoded = decode("\xEF\xBB\xBF" + feed("windows-1251", "\xEC\xE8\xED\xE8\xF1\xF2\xF0"), "");
    EXPECT_TRUE(holds(decoded, "министр"));
    EXPECT_TRUE(decoded.repaired);
}

TEST(Charset, ebcdic_declares_itself_in_ebcdic) {
    // `<?xml version="1.0" encoding="ibm037"?><rss>peace</rss>` in code page 37.
    const std::string_view bytes =
        "\x4C\x6F\xA7\x94\x93\x40\xA5\x85\x99\xA2\x89\x96\x95\x7E\x7F\xF1\x4B\xF0\x7F\x40\x85\x95\x83\x96"
        "\x84\x89\x95\x87\x7E\x7F\x89\x82\x94\xF0\xF3\xF7\x7F\x6F\x6E\x4C\x99\xA2\xA2\x6E\x97\x85\x81\x83"
        "\x85\x4C\x61\x99\xA2\xA2\x6E"sv;
    EXPECT_TRUE(holds(decode(bytes, ""), "<rss>peace</rss>"));
}

TEST(Charset, a_single_letter_of_utf8_proves_latin_1_wrong) {
    EXPECT_TRUE(holds(decode(feed("iso-8859-1", "caf\xC3\xA9"), ""), "café"));
    EXPECT_TRUE(holds(decode(feed("utf-8", "caf\xC3\xA9"), "text/xml; charset=iso-8859-1"), "café"));
    EXPECT_TRUE(holds(decode(feed("us-ascii", "caf\xC3\xA9"), ""), "café"));
}

TEST(Charset, text_xml_without_a_charset_is_decided_by_the_declaration) {
    // RFC 7303 §3.2 took back the us-ascii of RFC 3023.
    EXPECT_TRUE(holds(decode(feed("koi8-r", "\xCD\xC9\xD2"), "text/xml"), "мир"));
    EXPECT_TRUE(holds(decode(feed("", "délégation"), "text/xml"), "délégation"));
}

TEST(Charset, a_server_s_default_label_gives_way_where_the_bytes_are_of_another_script) {
    const std::string words = "\xEC\xE8\xED\xE8\xF1\xF2\xF0 \xE8\xED\xEE\xF1\xF2\xF0\xE0\xED\xED\xFB\xF5";
    EXPECT_TRUE(
        holds(decode(feed("windows-1251", words), "text/html; charset=iso-8859-1"), "министр иностранных"));
    EXPECT_TRUE(
        holds(decode(feed("iso-8859-1", "</title><language>ru</language><title>" + words), ""), "министр"));
    // Nothing else speaks against the label.
    EXPECT_TRUE(holds(decode(feed("iso-8859-1", "\xC0\xC1\xC2\xC3\xC4\xC5\xC6\xC7\xC8"), ""), "ÀÁÂÃÄÅÆÇÈ"));
}

TEST(Charset, a_language_that_latin_1_cannot_write_is_not_in_latin_1) {
    EXPECT_TRUE(holds(decode(feed("iso-8859-1", "g\xF6r\xFC\xFEme"), "", "tr"), "görüşme"));
    EXPECT_TRUE(holds(decode(feed("iso-8859-1", "om\xF3wi\xB3 pokrzywdzon\xB9"), "", "pl-PL"),
                      "omówił pokrzywdzoną"));
}

TEST(Charset, escapes_of_iso_2022_are_believed) {
    const std::string words = "\x1B$BF|K\\\x1B(B";
    for (const std::string_view label : {"", "utf-8", "iso-8859-1", "us-ascii"})
        EXPECT_TRUE(holds(decode(feed(label, words), ""), "日本")) << label;
}

TEST(Charset, a_bad_byte_that_windows_1252_explains_is_that_character) {
    const std::string russian = "министр ";
    EXPECT_TRUE(holds(decode(feed("utf-8", russian + "it\x92s \x93now\x94"), ""), "министр it’s “now”"));
    EXPECT_TRUE(holds(decode(feed("utf-8", russian + "caf\xE9 cr\xE9\xE9"
                                                     "e"),
                             ""),
                      "министр café créée"));
    EXPECT_TRUE(holds(decode(feed("utf-8", russian + "\xC9tat 5 \x80"), ""), "министр État 5 \uFFFD"));
}

TEST(Charset, a_bad_byte_that_nothing_explains_is_replaced_alone) {
    const std::string russian = "министр ";
    EXPECT_TRUE(holds(decode(feed("utf-8", russian + "ab\xFFgh"), ""), "министр ab\uFFFDgh"));
    EXPECT_TRUE(holds(decode(feed("utf-8", russian + "caf\xC3 now"), ""), "министр caf\uFFFD now"));
    EXPECT_TRUE(holds(decode(feed("utf-8", russian + "it\xE2\x80s"), ""), "министр it\uFFFDs"));
    EXPECT_TRUE(holds(decode(feed("utf-8", russian + "\xC0\xAF \xED\xA0\x80!"), ""),
                      "министр \uFFFD\uFFFD \uFFFD\uFFFD\uFFFD!"));
    EXPECT_TRUE(holds(decode(feed("utf-8", russian + "caf\xE9"), "", "ru"), "министр caf\uFFFD"));
}

TEST(DecodedOnceMore, a_text_that_was_encoded_twice_is_what_it_was) {
    EXPECT_EQ(decoded_once_more("dÃ©lÃ©gation"), "délégation");
    EXPECT_EQ(decoded_once_more("Weâ€™ve “no” news"), std::nullopt);
    EXPECT_EQ(decoded_once_more("Itâ€™s a cafÃ©"), "It’s a café");
    EXPECT_EQ(decoded_once_more("CÃ´te dâ€™Ivoire"), "Côte d’Ivoire");
    EXPECT_EQ(decoded_once_more("voilÃ\u00A0 Ð¼Ð¸Ñ\u0080"), "voilà мир");
    for (const std::string_view good :
         {"", "a", "délégation", "Ã", "Ã©té à", "SÃO PAULO", "Ää", "Ö", "мир", "Â£é", "â"})
        EXPECT_EQ(decoded_once_more(good), std::nullopt) << good;
}

TEST(Charset, a_whole_document_that_was_encoded_twice_is_left_to_its_texts) {
    const auto decoded = decode(feed("UTF-8", "dÃ©lÃ©gation"), "");
    EXPECT_TRUE(holds(decoded, "dÃ©lÃ©gation"));
    EXPECT_FALSE(decoded.repaired);
}

struct Guess {
    const char* language;
    const char* bytes;
    const char* text;
};

void PrintTo(const Guess& each, std::ostream* out) {
    *out << each.text;
}

class GuessedCharset : public testing::TestWithParam<Guess> {};

TEST_P(GuessedCharset, is_the_one_that_makes_letters_of_the_language) {
    const Guess& each = GetParam();
    EXPECT_TRUE(holds(decode(feed("", each.bytes), "", each.language), each.text))
        << decode(feed("", each.bytes), "", each.language).utf8;
}

constexpr Guess kGuesses[] = {
    {"ru", "\xCD\xC9\xCE\xC9\xD3\xD4\xD2 \xCF\xC2\xD3\xD5\xC4\xC9\xCC", "министр обсудил"},  // KOI8-R
    {"ru", "\xDC\xD8\xDD\xD8\xE1\xE2\xE0 \xDE\xD1\xE1\xE3\xD4\xD8\xDB", "министр обсудил"},  // ISO-8859-5
    {"ru", "\xAC\xA8\xAD\xA8\xE1\xE2\xE0 \xAE\xA1\xE1\xE3\xA4\xA8\xAB", "министр обсудил"},  // IBM866
    {"ar", "\xE8\xD2\xEA\xD1 \xC7\xE4\xCE\xC7\xD1\xCC\xEA\xC9", "وزير الخارجية"},            // ISO-8859-6
    {"el", "\xF5\xF0\xEF\xF5\xF1\xE3\xFC\xF2", "υπουργός"},
    {"he", "\xF9\xF8 \xE4\xE7\xE5\xF5", "שר החוץ"},
    {"pl",
     "b\xEA"
     "d\xB9 \xBFy\xE6",
     "będą żyć"},  // windows-1250
    {"pl",
     "b\xEA"
     "d\xB1 \xBFy\xE6",
     "będą żyć"},                                               // ISO-8859-2
    {"ja", "\xB3\xB0\xCC\xB3\xC2\xE7\xBF\xC3", "外務大臣"},     // EUC-JP
    {"zh-TW", "\xA5\x7E\xA5\xE6\xB3\xA1\xAA\xF8", "外交部長"},  // Big5
    {"th", "\xE4\xB7\xC2", "ไทย"},
    {"", "\xE4\xB7\xC2\xE1\xC5\xD0\xC5\xD2\xC7 \xA1\xD1\xB9", "ไทยและลาว กัน"},
};
INSTANTIATE_TEST_SUITE_P(Charset, GuessedCharset, testing::ValuesIn(kGuesses));

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

/// Byte by byte, as Unicode Table 3-7 has it.
std::size_t slowly_valid(std::string_view bytes) {
    std::size_t at = 0;
    while (at < bytes.size()) {
        const Utf8Step step = utf8_step(bytes.substr(at));
        if (!step.valid) break;
        at += step.size;
    }
    return at;
}

/// Sixteen bytes at a time it must come to the same, wherever a character stands in them.
TEST(Utf8, is_valid_up_to_the_first_wrong_byte_at_any_place_in_a_block) {
    constexpr std::string_view kPieces[] = {
        "a",        "\xC3\xA9",         "\xE2\x82\xAC", "\xF0\x9F\x98\x80", "\xE0\xA4\x95", "\xED\x9F\xBF",
        "\xC3",     "\xE2\x82",         "\x80",         "\xC0\xAF",         "\xE0\x9F\xBF", "\xED\xA0\x80",
        "\xF0\x9F", "\xF4\x90\x80\x80", "\xFF",         "\xF0\x8F\xBF\xBF", "\xE0",         "\xC3\xA9\xA9"};
    for (const std::string_view filling :
         {"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
          "дддддддддддддддддддддддддддддддд", "한한한한한한한한한한한한한한한한한한한한",
          "กกกกกกกกกกกกกกกกกกกก"}) {
        for (std::size_t shift = 0; shift < 20; ++shift) {
            for (const std::string_view piece : kPieces) {
                const std::string text =
                    std::string(shift, 'x').append(filling).append(piece).append(filling).append(shift, 'y');
                ASSERT_EQ(valid_utf8_prefix(text), slowly_valid(text)) << text;
                const std::string_view cut = std::string_view{text}.substr(0, text.size() - 1);
                ASSERT_EQ(valid_utf8_prefix(cut), slowly_valid(cut)) << text;
            }
        }
    }
}

TEST(Utf8, is_surveyed_to_the_last_character) {
    std::string text;
    for (int i = 0; i < 300; ++i)
        text += "a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80";
    const Utf8Survey good = survey_utf8(text);
    EXPECT_EQ(good.multibyte, 900U);
    EXPECT_EQ(good.longer, 600U);
    EXPECT_EQ(good.invalid, 0U);
    text.insert(1000, "\xFF");
    EXPECT_EQ(survey_utf8(text + "\xC3").invalid, 2U);
    EXPECT_EQ(survey_utf8(text).multibyte, 900U);
}

}  // namespace

}  // namespace newswatch::text
