#include "text/charset_label.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"

namespace newswatch::text {

namespace {

constexpr std::size_t kLookedAt = 4096;

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

/// What a page says of itself (WHATWG HTML §13.2.3.2): `<meta charset=…>` or `<meta http-equiv … content=…>`.
std::string charset_of_page(std::string_view start) {
    const std::string low = ascii::lower(start);
    const std::size_t first = low.find('<');
    if (first == std::string::npos) return {};
    const std::string_view page = std::string_view{low}.substr(first);
    if (!page.starts_with("<!doctype html") && !page.starts_with("<html") && !page.starts_with("<head"))
        return {};
    for (std::size_t at = low.find("<meta"); at != std::string::npos; at = low.find("<meta", at + 5)) {
        const std::string_view tag = std::string_view{low}.substr(at, low.find('>', at) - at);
        if (const std::size_t found = tag.find("charset"); found != std::string_view::npos)
            return value_after(tag, found + 7);
    }
    return {};
}

}  // namespace

std::string charset_of_header(std::string_view content_type) {
    const std::string header = ascii::lower(content_type);
    const std::size_t found = header.find("charset");
    return found == std::string::npos ? std::string{} : value_after(header, found + 7);
}

std::string charset_of_declaration(std::string_view bytes) {
    const std::string_view start = bytes.substr(0, kLookedAt);
    const std::size_t from = start.find("<?xml");
    if (from == std::string_view::npos) return charset_of_page(start);
    const std::size_t end = std::min(start.find('>', from), start.size());
    const std::string_view declaration = start.substr(from, end - from);
    const std::size_t found = declaration.find("encoding");
    return found == std::string_view::npos ? std::string{} : value_after(declaration, found + 8);
}

std::vector<std::string_view> converters_of_language(std::string_view language) {
    std::vector<std::string_view> converters;
    const std::string wanted = ascii::lower(language);
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
        const std::string language = ascii::lower(start.substr(from, end - from));
        return language.size() <= 12 ? language : std::string{};
    }
    const std::size_t found = start.find("xml:lang");
    return found == std::string_view::npos ? std::string{} : ascii::lower(value_after(start, found + 8));
}

}  // namespace newswatch::text
