#include "text/charset_label.h"

#include <unicode/ucnv.h>

#include <algorithm>
#include <array>
#include <memory>

namespace newswatch::text {

namespace {

constexpr std::size_t kLookedAt = 4096;

struct Alias {
    std::string_view label;
    std::string_view converter;
};

// WHATWG Encoding §4.2 where it differs from what ICU would take the label for.
constexpr std::array kAliases = {
    Alias{"utf8", "UTF-8"},
    Alias{"unicode11utf8", "UTF-8"},
    Alias{"xunicode20utf8", "UTF-8"},
    Alias{"utf16", "UTF-16LE"},
    Alias{"unicode", "UTF-16LE"},
    Alias{"ucs2", "UTF-16LE"},
    Alias{"iso10646ucs2", "UTF-16LE"},
    Alias{"usascii", "windows-1252"},
    Alias{"ascii", "windows-1252"},
    Alias{"ansix341968", "windows-1252"},
    Alias{"iso88591", "windows-1252"},
    Alias{"iso885911987", "windows-1252"},
    Alias{"latin1", "windows-1252"},
    Alias{"l1", "windows-1252"},
    Alias{"ibm819", "windows-1252"},
    Alias{"cp819", "windows-1252"},
    Alias{"iso88599", "windows-1254"},
    Alias{"iso885991989", "windows-1254"},
    Alias{"latin5", "windows-1254"},
    Alias{"l5", "windows-1254"},
    Alias{"iso885911", "windows-874"},
    Alias{"tis620", "windows-874"},
    Alias{"dos874", "windows-874"},
    Alias{"iso88598i", "ISO-8859-8"},
    Alias{"iso88598e", "ISO-8859-8"},
    Alias{"logical", "ISO-8859-8"},
    Alias{"visual", "ISO-8859-8"},
    Alias{"gb2312", "gb18030"},
    Alias{"gb231280", "gb18030"},
    Alias{"csgb2312", "gb18030"},
    Alias{"chinese", "gb18030"},
    Alias{"gbk", "gb18030"},
    Alias{"xgbk", "gb18030"},
    Alias{"cp936", "gb18030"},
    Alias{"ms936", "gb18030"},
    Alias{"windows936", "gb18030"},
    Alias{"euccn", "gb18030"},
    Alias{"big5", "Big5-HKSCS"},
    Alias{"cnbig5", "Big5-HKSCS"},
    Alias{"xxbig5", "Big5-HKSCS"},
    Alias{"csbig5", "Big5-HKSCS"},
    Alias{"cp950", "Big5-HKSCS"},
    Alias{"ms950", "Big5-HKSCS"},
    Alias{"euckr", "windows-949"},
    Alias{"ksc56011987", "windows-949"},
    Alias{"ksc5601", "windows-949"},
    Alias{"ksc56011989", "windows-949"},
    Alias{"korean", "windows-949"},
    Alias{"cp949", "windows-949"},
    Alias{"uhc", "windows-949"},
    Alias{"shiftjis", "windows-31j"},
    Alias{"sjis", "windows-31j"},
    Alias{"xsjis", "windows-31j"},
    Alias{"mskanji", "windows-31j"},
    Alias{"cp932", "windows-31j"},
    Alias{"ms932", "windows-31j"},
    Alias{"eucjp", "EUC-JP"},
    Alias{"xeucjp", "EUC-JP"},
    Alias{"cskoi8r", "KOI8-R"},
    Alias{"koi", "KOI8-R"},
    Alias{"koi8", "KOI8-R"},
    Alias{"koi8ru", "KOI8-U"},
    Alias{"xmacroman", "macintosh"},
    Alias{"xcp1250", "windows-1250"},
    Alias{"xcp1251", "windows-1251"},
    Alias{"xcp1252", "windows-1252"},
    Alias{"xcp1256", "windows-1256"},
    Alias{"win1251", "windows-1251"},
    Alias{"win1252", "windows-1252"},
    Alias{"win1256", "windows-1256"},
};

struct Habit {
    std::string_view languages;                  // ISO 639-1, each between spaces
    std::array<std::string_view, 4> converters;  // an empty one widens the distance to the next
};

constexpr std::array kHabits = {
    Habit{" ru be bg mk kk ky tg mn ", {"windows-1251", "KOI8-R", "ISO-8859-5", "IBM866"}},
    Habit{" uk ", {"windows-1251", "KOI8-U", "ISO-8859-5", ""}},
    Habit{" ar fa ur ps ku ug sd ", {"windows-1256", "", "", "ISO-8859-6"}},
    Habit{" he iw yi ", {"windows-1255", "ISO-8859-8", "", ""}},
    Habit{" el ", {"windows-1253", "ISO-8859-7", "", ""}},
    Habit{" tr az ", {"windows-1254", "", "", ""}},
    Habit{" ja ", {"windows-31j", "EUC-JP", "ISO-2022-JP", ""}},
    Habit{" zh ", {"gb18030", "Big5-HKSCS", "", ""}},
    Habit{" ko ", {"windows-949", "ISO-2022-KR", "", ""}},
    Habit{" th ", {"windows-874", "", "", ""}},
    Habit{" pl cs sk hu sl hr bs ro sq sr ", {"windows-1250", "ISO-8859-2", "", ""}},
    Habit{" lt lv et ", {"windows-1257", "ISO-8859-13", "ISO-8859-4", ""}},
    Habit{" vi ", {"windows-1258", "", "", ""}},
    Habit{" en fr de es it pt nl sv da nb nn no fi is ca gl eu ga ", {"windows-1252", "", "", ""}},
};

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

bool letter_or_digit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

std::string lower(std::string_view text) {
    std::string out{text};
    std::transform(out.begin(), out.end(), out.begin(), [](char c) { return lower(c); });
    return out;
}

/// `ISO_8859-1` and `iso8859-1` are one label.
std::string squeezed(std::string_view label) {
    std::string out;
    for (const char c : label) {
        if (letter_or_digit(lower(c))) out += lower(c);
    }
    return out;
}

/// The value after `=`, quoted or not.
std::string value_after(std::string_view text, std::size_t at) {
    constexpr std::string_view kBlank = " \t\r\n";
    at = text.find_first_not_of(kBlank, at);
    if (at == std::string_view::npos || text[at] != '=') return {};
    at = text.find_first_not_of(kBlank, at + 1);
    if (at == std::string_view::npos) return {};
    if (text[at] == '"' || text[at] == '\'') {
        const std::size_t end = text.find(text[at], at + 1);
        return std::string{text.substr(at + 1, end == std::string_view::npos ? end : end - at - 1)};
    }
    const std::size_t end = text.find_first_of(" \t\r\n;,?>\"'", at);
    return std::string{text.substr(at, end == std::string_view::npos ? end : end - at)};
}

}  // namespace

std::string converter_name(std::string_view label) {
    if (label.empty() || label.size() > 40) return {};
    const std::string wanted = squeezed(label);
    for (const Alias& alias : kAliases) {
        if (alias.label == wanted) return std::string{alias.converter};
    }
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<UConverter, decltype(&ucnv_close)> converter{
        ucnv_open(std::string{label}.c_str(), &status), &ucnv_close};
    if (U_FAILURE(status) || wanted == "utf7") return {};
    const char* const internal = ucnv_getName(converter.get(), &status);
    if (U_FAILURE(status) || internal == nullptr) return {};
    for (const char* const standard : {"MIME", "IANA"}) {
        status = U_ZERO_ERROR;
        const char* const registered = ucnv_getStandardName(internal, standard, &status);
        if (U_SUCCESS(status) && registered != nullptr) return registered;
    }
    return internal;
}

std::string charset_of_header(std::string_view content_type) {
    const std::string header = lower(content_type);
    const std::size_t found = header.find("charset");
    return found == std::string::npos ? std::string{} : value_after(header, found + 7);
}

std::string charset_of_declaration(std::string_view bytes) {
    const std::string_view start = bytes.substr(0, kLookedAt);
    const std::size_t from = start.find("<?xml");
    if (from == std::string_view::npos) return {};
    const std::size_t end = std::min(start.find('>', from), start.size());
    const std::string_view declaration = start.substr(from, end - from);
    const std::size_t found = declaration.find("encoding");
    return found == std::string_view::npos ? std::string{} : value_after(declaration, found + 8);
}

std::vector<std::string_view> converters_of_language(std::string_view language) {
    std::vector<std::string_view> converters;
    const std::string wanted = lower(language);
    if (wanted.starts_with("zh-t") || wanted.starts_with("zh-hk") || wanted.starts_with("zh-hant")) {
        return {"Big5-HKSCS", "gb18030"};
    }
    std::string key{" "};
    key.append(wanted, 0, wanted.find_first_of("-_")).append(" ");
    if (key.size() < 4) return {};
    for (const Habit& habit : kHabits) {
        if (habit.languages.find(key) == std::string_view::npos) continue;
        for (const std::string_view converter : habit.converters) {
            converters.push_back(converter);
        }
    }
    return converters;
}

std::string stated_language(std::string_view bytes) {
    const std::string_view start = bytes.substr(0, kLookedAt);
    if (const std::size_t found = start.find("language>"); found != std::string_view::npos) {
        const std::size_t from = start.find_first_not_of(" \t\r\n", found + 9);
        if (from == std::string_view::npos) return {};
        const std::size_t end = start.find_first_of(" \t\r\n<", from);
        const std::string language = lower(start.substr(from, end - from));
        return language.size() <= 12 ? language : std::string{};
    }
    const std::size_t found = start.find("xml:lang");
    return found == std::string_view::npos ? std::string{} : lower(value_after(start, found + 8));
}

}  // namespace newswatch::text
