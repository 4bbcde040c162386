#include "settings/line_slips.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/format.h"
#include "settings/code_points.h"

namespace newswatch::settings {

namespace {

/// Dashes and bullets (Unicode 15, general punctuation) that stand for the `-` of a list.
constexpr std::array<char32_t, 13> kForeignDashes{U'*',   0x00B7, 0x2010, 0x2011, 0x2012, 0x2013, 0x2014,
                                                  0x2022, 0x2023, 0x2043, 0x2212, 0x25CF, 0xFE63};
constexpr std::string_view kWideColon = "：";  // U+FF1A, of Chinese and Japanese keyboards

/// Whether all of it could be a key: `match`, `any_of`.
bool is_key_word(std::string_view word) {
    return !word.empty() && std::all_of(word.begin(), word.end(), [](char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || letter == '_';
    });
}

void report_colon(std::string_view key, std::string_view value, Mark mark, Report& report) {
    Finding& finding = report.error("Y38", newswatch::format("a colon is missing behind `{}`", key), mark,
                                    code_point_count(key));
    finding.label = newswatch::format("write `{}:{}{}`", key, value.empty() ? "" : " ", value);
}

}  // namespace

bool report_foreign_dash(const CleanText& text, unsigned line, std::size_t at, Report& report) {
    const std::string_view whole = text.lines()[line - 1];
    const CodePoint first = code_point_at(whole, at);
    const std::string_view rest = whole.substr(at + first.size);
    if (std::find(kForeignDashes.begin(), kForeignDashes.end(), first.value) == kForeignDashes.end() ||
        rest.empty() || (rest.front() != ' ' && rest.front() != '\t'))
        return false;
    const std::string_view sign = whole.substr(at, first.size);
    Finding& finding =
        report.error("Y30", newswatch::format("`{}` is not the dash of a list", sign), text.place(line, at));
    finding.label = newswatch::format("write `- {}`", trimmed(rest));
    finding.help.emplace_back(
        "why: word processors put it in place of the minus sign; YAML would join all lines into one text");
    return true;
}

bool report_missing_colon(const CleanText& text, unsigned line, std::size_t at, bool has_block_below,
                          Report& report) {
    const std::string_view rest = trimmed(text.lines()[line - 1].substr(at));
    const Mark mark = text.place(line, at);
    if (has_block_below && is_key_word(rest)) {
        report_colon(rest, {}, mark, report);
        return true;
    }
    const std::size_t wide = rest.find(kWideColon);
    if (wide != std::string_view::npos && is_key_word(rest.substr(0, wide))) {
        report_colon(rest.substr(0, wide), trimmed(rest.substr(wide + kWideColon.size())), mark, report);
        return true;
    }
    const std::size_t equals = rest.find(" = ");
    if (equals == std::string_view::npos || !is_key_word(rest.substr(0, equals))) return false;
    report_colon(rest.substr(0, equals), trimmed(rest.substr(equals + 3)), mark, report);
    return true;
}

}  // namespace newswatch::settings
