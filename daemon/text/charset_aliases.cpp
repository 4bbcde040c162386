#include <unicode/ucnv.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string>

#include "base/ascii.h"
#include "text/charset_convert.h"
#include "text/charset_label.h"

namespace newswatch::text {

namespace {

constexpr std::size_t kLongestLabel = 40;

/// The labels of one encoding, letters and digits only, each between spaces.
struct Labels {
    std::string_view converter;
    std::string_view labels;
};

// WHATWG Encoding §4.2, and what Python, Java and publishers call the same things, where ICU would not know
// the label or take it for something narrower.
constexpr std::array kLabels = {
    Labels{"UTF-8",
           " utf8 utf80 unicode11utf8 unicode20utf8 xunicode20utf8 utf8ucs4 u8 utf utf8mb4 cp65001 "
           "utf8sig utf8n "},
    Labels{"UTF-16LE",
           " utf16 utf16le unicode ucs2 iso10646ucs2 csunicode unicodefeff u16 unicodelittle "
           "utf16lewithbom "},
    Labels{"UTF-16BE", " utf16be unicodefffe unicodebig unicodebigunmarked "},
    Labels{"UTF-32LE", " utf32 utf32le ucs4 iso10646ucs4 csucs4 u32 "},
    Labels{"windows-1252",
           " usascii ascii ansix341968 ansix341986 iso646us iso646irv1991 us cp367 ibm367 csascii isoir6 646 "
           "iso88591 iso885911987 88591 8859 latin1 latin l1 ibm819 cp819 csisolatin1 isoir100 cp1252 "
           "windows1252 xcp1252 win1252 1252 ansi "},
    Labels{"windows-1250", " cp1250 windows1250 xcp1250 win1250 1250 "},
    Labels{"windows-1251", " cp1251 windows1251 xcp1251 win1251 1251 ansicyrillic "},
    Labels{"windows-1253", " cp1253 windows1253 xcp1253 win1253 1253 "},
    Labels{"windows-1254",
           " cp1254 windows1254 xcp1254 win1254 1254 iso88599 iso885991989 88599 latin5 l5 "
           "csisolatin5 isoir148 "},
    Labels{"windows-1255", " cp1255 windows1255 xcp1255 win1255 1255 "},
    Labels{"windows-1256", " cp1256 windows1256 xcp1256 win1256 1256 "},
    Labels{"windows-1257", " cp1257 windows1257 xcp1257 win1257 1257 "},
    Labels{"windows-1258", " cp1258 windows1258 xcp1258 win1258 1258 "},
    Labels{"windows-874",
           " cp874 windows874 dos874 iso885911 iso8859112001 tis620 tis6200 tis62025290 "
           "tis62025291 isoir166 thai 874 "},
    Labels{"ISO-8859-2", " iso88592 iso885921987 latin2 l2 csisolatin2 isoir101 88592 "},
    Labels{"ISO-8859-3", " iso88593 iso885931988 latin3 l3 csisolatin3 isoir109 "},
    Labels{"ISO-8859-4", " iso88594 iso885941988 latin4 l4 csisolatin4 isoir110 "},
    Labels{"ISO-8859-5", " iso88595 iso885951988 cyrillic csisolatincyrillic isoir144 88595 "},
    Labels{"ISO-8859-6",
           " iso88596 iso885961987 iso88596e iso88596i csiso88596e csiso88596i arabic asmo708 "
           "csisolatinarabic ecma114 isoir127 "},
    Labels{"ISO-8859-7",
           " iso88597 iso885971987 iso885972003 greek greek8 csisolatingreek ecma118 elot928 "
           "isoir126 suneugreek "},
    Labels{"ISO-8859-8",
           " iso88598 iso885981988 iso88598e iso88598i csiso88598e csiso88598i hebrew visual "
           "logical csisolatinhebrew isoir138 "},
    Labels{"ISO-8859-10", " iso885910 iso8859101992 latin6 l6 csisolatin6 isoir157 "},
    Labels{"ISO-8859-13", " iso885913 latin7 l7 "},
    Labels{"ISO-8859-14", " iso885914 iso8859141998 latin8 l8 isoceltic isoir199 "},
    Labels{"ISO-8859-15", " iso885915 latin9 l9 latin0 csisolatin9 csisolatin0 "},
    Labels{"ISO-8859-16", " iso885916 iso8859162001 latin10 l10 isoir226 "},
    Labels{"KOI8-R", " koi8r cskoi8r koi koi8 cp878 "},
    Labels{"KOI8-U", " koi8u koi8ru cp1168 "},
    Labels{"IBM866", " 866 cp866 ibm866 csibm866 dos866 "},
    Labels{"ibm-1125", " 1125 cp1125 ibm1125 cp866u ruscii "},
    Labels{"macintosh", " mac macintosh macroman xmacroman csmacintosh "},
    Labels{"x-mac-cyrillic", " xmaccyrillic maccyrillic xmacukrainian macukrainian xmacukraine "},
    Labels{"x-mac-greek", " xmacgreek macgreek "},
    Labels{"x-mac-turkish", " xmacturkish macturkish "},
    Labels{"x-mac-centraleurroman",
           " xmacce macce maclatin2 maccenteuro xmaccentraleurroman maccentraleurope "},
    Labels{"MAC-IS", " maciceland macicelandic xmacicelandic "},
    Labels{"gb18030",
           " gb18030 gb180302000 gb180302005 gb2312 gb231280 gb23121980 csgb2312 chinese gbk xgbk "
           "csgbk cp936 ms936 windows936 936 euccn eucgb2312cn xeuccn csiso58gb231280 isoir58 "
           "xmacsimpchinese gb "},
    Labels{"HZ-GB-2312", " hzgb2312 hz hzgb "},
    Labels{"ISO-2022-CN", " iso2022cn csiso2022cn "},
    Labels{"Big5-HKSCS",
           " big5 big5hkscs hkscs big5hk cnbig5 csbig5 xxbig5 xbig5 big5tw big5eten cp950 ms950 "
           "windows950 950 xmactradchinese eucbig5 "},
    Labels{"windows-949",
           " euckr cseuckr xeuckr ksc56011987 csksc56011987 ksc56011989 ksc5601 ksx1001 korean "
           "isoir149 windows949 cp949 ms949 949 uhc xwindows949 xmackorean kscs5601 "},
    Labels{"ISO-2022-KR", " iso2022kr csiso2022kr iso2022kr7 "},
    Labels{"JOHAB", " johab cp1361 ms1361 ksc5601johab ksc56011992 "},
    Labels{"windows-31j",
           " shiftjis sjis xsjis mskanji csshiftjis windows31j cswindows31j cp932 ms932 "
           "windows932 932 xmacjapanese "},
    Labels{"SHIFT_JISX0213", " shiftjisx0213 sjisx0213 shiftjis2004 sjis2004 "},
    Labels{"EUC-JP", " eucjp xeucjp ujis eucjis cseucpkdfmtjapanese eucjpms cp51932 "},
    Labels{"EUC-JISX0213", " eucjisx0213 eucjpx0213 eucjis2004 eucjp2004 jisx0213 "},
    Labels{"ISO-2022-JP-2",
           " iso2022jp csiso2022jp iso2022jp1 iso2022jp2 iso2022jpext jis iso2022jpms "
           "cp50220 cp50221 cp50222 xwindows50221 "},
    Labels{"ISO-2022-JP-3", " iso2022jp3 iso2022jp2004 "},
    Labels{"hp-roman8", " hproman8 roman8 r8 cp1051 ibm1051 cshproman8 "},
    Labels{"PT154", " pt154 ptcp154 csptcp154 cp154 cyrillicasian "},
    Labels{"RK1048", " kz1048 rk1048 strk10482002 "},
    Labels{"KOI8-T", " koi8t "},
    Labels{"ARMSCII-8", " armscii8 "},
    Labels{"GEORGIAN-PS", " georgianps "},
    Labels{"GEORGIAN-ACADEMY", " georgianacademy "},
    Labels{"TCVN", " tcvn tcvn57121 tcvn5712 "},
    Labels{"VISCII", " viscii csviscii viscii11 "},
};

/// `ISO_8859-1` and `iso8859-1` are one label.
std::string squeezed(std::string_view label) {
    std::string out;
    for (const char c : label) {
        if (ascii::is_letter(c) || ascii::is_digit(c)) out += ascii::lower(c);
    }
    return out;
}

std::string listed(const std::string& label) {
    const std::string wanted = " " + label + " ";
    for (const Labels& labels : kLabels) {
        if (labels.labels.find(wanted) != std::string_view::npos) return std::string{labels.converter};
    }
    return {};
}

/// The MIME or IANA name of ICU's converter for a label; empty where ICU knows none.
std::string icu_name(const std::string& label) {
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<UConverter, decltype(&ucnv_close)> converter{ucnv_open(label.c_str(), &status),
                                                                       &ucnv_close};
    if (U_FAILURE(status)) return {};
    const char* const internal = ucnv_getName(converter.get(), &status);
    if (U_FAILURE(status) || internal == nullptr) return {};
    for (const char* const standard : {"MIME", "IANA"}) {
        status = U_ZERO_ERROR;
        const char* const registered = ucnv_getStandardName(internal, standard, &status);
        if (U_SUCCESS(status) && registered != nullptr) return registered;
    }
    return internal;
}

}  // namespace

std::string converter_name(std::string_view label) {
    if (label.size() > kLongestLabel) return {};
    std::string wanted = squeezed(label);
    if (wanted.empty()) return {};
    if (std::string known = listed(wanted); !known.empty()) return known;
    if (std::string known = icu_name(std::string{label}); !known.empty()) return known;
    // `cp424`, `csIBM500` and `437` are IBM's numbers.
    for (const std::string_view prefix : {"csibm", "ibm", "cp", "cspc"}) {
        if (wanted.starts_with(prefix)) {
            wanted.erase(0, prefix.size());
            break;
        }
    }
    const bool number = !wanted.empty() && wanted.find_first_not_of("0123456789") == std::string::npos;
    if (!number) return {};
    wanted.erase(0, wanted.find_first_not_of('0'));
    return icu_name("ibm-" + wanted);
}

}  // namespace newswatch::text
