#include "settings/value_scan.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/format.h"
#include "settings/code_points.h"

namespace newswatch::settings {

namespace {

constexpr unsigned kLongestQuote = 200;  // lines; nobody writes so long a text between quotes

std::size_t skip_spaces(std::string_view line, std::size_t at) {
    while (at < line.size() && (line[at] == ' ' || line[at] == '\t'))
        ++at;
    return at;
}

bool is_comment(std::string_view line, std::size_t at) {
    return at < line.size() && line[at] == '#' && (at == 0 || line[at - 1] == ' ' || line[at - 1] == '\t');
}

bool is_end(std::string_view line, std::size_t at) {
    return at >= line.size() || is_comment(line, at);
}

/// `|`, `>-`, `|2` and nothing else but a comment: the head of a block text.
bool is_block_head(std::string_view line, std::size_t at) {
    if (line[at] != '|' && line[at] != '>') return false;
    ++at;
    while (at < line.size() && std::string_view{"+-123456789"}.find(line[at]) != std::string_view::npos)
        ++at;
    return is_end(line, skip_spaces(line, at));
}

bool is_word(char letter) {
    return (letter >= 'a' && letter <= 'z') || letter == '_';
}

std::string_view word_at(std::string_view line, std::size_t at) {
    std::size_t end = at;
    while (end < line.size() && is_word(line[end]))
        ++end;
    return line.substr(at, end - at);
}

/// From `at` to the next space, comma or bracket.
std::string_view token_at(std::string_view line, std::size_t at) {
    const std::size_t end = std::min(line.find_first_of(" \t,]}", at + 1), line.size());
    return line.substr(at, end - at);
}

}  // namespace

bool is_known_key(std::string_view word) {
    static constexpr std::array<std::string_view, 40> kKeys{
        "alert",   "alerts",      "all_of",   "any_of",   "archive",   "at_least", "concept",    "concepts",
        "control", "description", "every",    "exact",    "except",    "expect",   "feeds",      "folder",
        "id",      "in",          "instance", "language", "languages", "match",    "name",       "none_of",
        "opml",    "ordered",     "polling",  "priority", "publish",   "reader",   "regex",      "region",
        "reload",  "settings",    "term",     "terms",    "tests",     "updates",  "watchlists", "within"};
    return std::find(kKeys.begin(), kKeys.end(), word) != kKeys.end();
}

bool looks_like_structure(std::string_view line) {
    const std::size_t at = skip_spaces(line, 0);
    const std::string_view rest = line.substr(at);
    if (rest.starts_with("- ") || rest == "-") return true;
    const std::size_t key = rest.find_first_of(": \t\"'");
    if (key == 0 || key == std::string_view::npos || rest[key] != ':') return false;
    return key + 1 == rest.size() || rest[key + 1] == ' ';
}

ValueScan::ValueScan(const CleanText& text, Report& report) : text_{text}, report_{report} {}

ValueKind ValueScan::value(unsigned line, std::size_t at, bool behind_key, std::size_t parent) {
    const std::string_view text = line_text(line);
    if (is_end(text, at)) return ValueKind::nothing;
    const char first = text[at];
    if (first == '"' || first == '\'') return quoted(line, at);
    if (first == '[' || first == '{') {
        bracket_parent_ = parent;
        return flow(line, at);
    }
    if (is_block_head(text, at)) {
        block_parent_ = parent;
        return ValueKind::open;
    }
    if (!first_sign(line, at)) return ValueKind::broken;
    return plain(line, at, behind_key);
}

std::optional<std::size_t> ValueScan::end_of_quote(std::string_view line, std::size_t at) {
    const char quote = line[at];
    for (std::size_t next = at + 1; next < line.size(); ++next) {
        if (quote == '"' && line[next] == '\\') {
            ++next;
        } else if (line[next] == quote) {
            if (quote != '\'' || next + 1 >= line.size() || line[next + 1] != '\'') return next + 1;
            ++next;  // '' inside single quotes is one '
        }
    }
    return std::nullopt;
}

ValueKind ValueScan::quoted(unsigned line, std::size_t at) {
    const std::string_view text = line_text(line);
    if (const auto end = end_of_quote(text, at)) return behind(line, *end);
    // It may end on a later line, unless a line in between looks like a setting: then it was forgotten.
    const std::string quote{text[at]};
    const std::size_t last = std::min<std::size_t>(text_.lines().size(), line + kLongestQuote);
    for (unsigned next = line + 1; next <= last; ++next) {
        const std::string_view below = line_text(next);
        if (looks_like_structure(below)) break;
        const std::string joined = quote + std::string{below};
        if (const auto end = end_of_quote(joined, 0)) {
            quote_until_ = next;
            quote_end_ = *end - 1;
            return ValueKind::open;
        }
    }
    Finding& finding = report_.error("Y31", "this quote is never closed", text_.place(line, at));
    finding.label = "opened here; the rest of the file was taken as text";
    finding.help.push_back(
        newswatch::format("help: add a {} at the end of line {}:\n{}{}", quote, line, trimmed(text), quote));
    return ValueKind::broken;
}

ValueKind ValueScan::behind(unsigned line, std::size_t at) {
    const std::string_view text = line_text(line);
    const std::size_t next = skip_spaces(text, at);
    if (is_end(text, next)) return ValueKind::closed;
    Finding& finding = report_.error("Y44", "text stands behind the closing quote or bracket",
                                     text_.place(line, next), code_point_count(text.substr(next)));
    finding.help.emplace_back(
        "help: put the whole text between the quotes, or take the quotes away; a # needs a space before it");
    return ValueKind::broken;
}

bool ValueScan::first_sign(unsigned line, std::size_t at) {
    const std::string_view text = line_text(line);
    const bool alone = at + 1 >= text.size() || text[at + 1] == ' ';
    if (text[at] == '-' && alone) {
        report_.error("Y45", "a list cannot start behind a key", text_.place(line, at))
            .help.emplace_back("help: write each entry on a line of its own, or all in brackets: [a, b]");
        return false;
    }
    return special_sign(line, at) && glued_key(line, at);
}

bool ValueScan::special_sign(unsigned line, std::size_t at) {
    const std::string_view text = line_text(line);
    const char sign = text[at];
    const bool alone = at + 1 >= text.size() || text[at + 1] == ' ';
    if (std::string_view{"*&!@`%|>,]}"}.find(sign) == std::string_view::npos && !(sign == '?' && alone))
        return true;
    const std::string_view token = token_at(text, at);
    const std::string_view word = token.substr(1);
    const Mark mark = text_.place(line, at);
    const bool is_alias = sign == '*' && !word.empty() &&
                          (text.substr(0, at).find("<<:") != std::string_view::npos ||
                           text_.text().find("&" + std::string{word}) != std::string::npos);
    if (sign == '&' || is_alias) {
        if (std::exchange(anchor_reported_, true)) return false;  // one is enough to see what is meant
        Finding& finding = report_.error("Y39", "YAML anchors (&name, *name) are not used in newswatch files",
                                         mark, code_point_count(token));
        finding.label = is_alias ? "alias" : "anchor";
        finding.help.emplace_back("help: put shared words into a concept:  newswatchctl concepts");
        return false;
    }
    if (sign == '*') {
        Finding& finding = report_.error("Y11", "a term cannot start with `*`", mark);
        finding.label = "`*` works only at the END of a word";
        finding.help.push_back(newswatch::format("help: write  - {}*   to find the words that begin with it",
                                                 word.empty() ? "libya" : word));
        finding.help.emplace_back("note: Arabic prefixes (و ف ب ك ل ال) are found without any star");
        return false;
    }
    Finding& finding = report_.error("Y32", newswatch::format("a term cannot start with `{}`", sign), mark);
    finding.label =
        sign == '!' ? "special sign in YAML; the word after it would be lost" : "special sign in YAML";
    finding.help.push_back(
        sign == '!'
            ? newswatch::format("help: to exclude a word, put it under `none_of`;\nto search for the sign "
                                "itself, use quotes:  - \"{}\"",
                                token)
            : newswatch::format("help: use quotes:  - \"{}\"", token));
    return false;
}

bool ValueScan::glued_key(unsigned line, std::size_t at) {
    const std::string_view text = line_text(line);
    const std::string_view key = word_at(text, at);
    const std::size_t colon = at + key.size();
    if (colon + 1 >= text.size() || text[colon] != ':' || !is_known_key(key)) return true;
    const CodePoint next = code_point_at(text, colon + 1);
    if (next.value == U' ' || next.value == U'\t' || next.value == U'/') return true;
    if (is_foreign_space(next.value)) {
        Finding& finding = report_.error("Y34", newswatch::format("a no-break space stands after `{}:`", key),
                                         text_.place(line, colon + 1));
        finding.label = "looks like a space (shown as ⍽), but YAML does not see one";
        finding.help.emplace_back("help: type a normal space; newswatchctl fmt --fix does it");
        return false;
    }
    const std::string_view value = token_at(text, colon + 1);
    Finding& finding = report_.error("Y29", newswatch::format("a space is missing after `{}:`", key),
                                     text_.place(line, colon + 1));
    finding.label = newswatch::format("write `{}: {}`", key, value);
    finding.help.push_back(
        newswatch::format("why: without the space this would be the search term «{}:{}»", key, value));
    return false;
}

ValueKind ValueScan::plain(unsigned line, std::size_t at, bool behind_key) {
    if (!behind_key) return ValueKind::plain;
    const std::string_view text = line_text(line);
    for (std::size_t next = at; next < text.size() && !is_comment(text, next); ++next) {
        const bool ends = next + 1 == text.size() || text[next + 1] == ' ';
        if (text[next] != ':' || !ends) continue;
        Finding& finding = report_.error("Y03", "a second `: ` on this line", text_.place(line, next));
        finding.label = "YAML reads this colon as the start of another setting";
        const std::size_t begin = skip_spaces(text, 0);
        finding.help.push_back(newswatch::format("help: put the text in quotes:\n{}\"{}\"",
                                                 text.substr(begin, at - begin), trimmed(text.substr(at))));
        return ValueKind::broken;
    }
    return ValueKind::plain;
}

ValueKind ValueScan::flow(unsigned line, std::size_t at) {
    const std::string_view text = line_text(line);
    bool is_start = true;  // where an entry or a value may begin
    while (at < text.size()) {
        const char letter = text[at];
        if (is_comment(text, at)) break;
        if (letter == ' ' || letter == '\t') {
            ++at;
            continue;
        }
        if (letter == '[' || letter == '{') {
            if (is_start) brackets_.push_back({letter == '[' ? ']' : '}', text_.place(line, at)});
            ++at;
            continue;
        }
        if (letter == ']' || letter == '}') {
            if (!flow_closes(line, at, letter)) return ValueKind::broken;
            if (brackets_.empty()) return behind(line, at + 1);
            is_start = false;
            ++at;
            continue;
        }
        const bool divides =
            letter == ',' || (letter == ':' && (at + 1 >= text.size() || text[at + 1] == ' ' ||
                                                (at > 0 && text[at - 1] == '"')));
        if (!divides && is_start) {
            if (letter == '"' || letter == '\'') {
                const auto end = end_of_quote(text, at);
                if (!end) {
                    if (quoted(line, at) == ValueKind::open) return ValueKind::open;
                    brackets_.clear();
                    return ValueKind::broken;
                }
                at = *end;
                is_start = false;
                continue;
            }
            if (!special_sign(line, at) || !glued_key(line, at)) {
                // The rest of the line is looked at all the same: every finding, not only the first.
                at += std::max<std::size_t>(token_at(text, at).size(), 1);
                is_start = false;
                continue;
            }
        }
        is_start = divides;
        ++at;
    }
    return ValueKind::open;
}

bool ValueScan::flow_closes(unsigned line, std::size_t at, char letter) {
    const Bracket opened = brackets_.back();
    brackets_.pop_back();
    if (opened.closing == letter) return true;
    report_
        .error("Y46", newswatch::format("`{}` closes what another bracket opened", letter),
               text_.place(line, at))
        .label = newswatch::format("`{}` is expected, for the bracket at {}:{}", opened.closing,
                                   opened.mark.line, opened.mark.column);
    brackets_.clear();
    return false;
}

bool ValueScan::is_open() const {
    return !brackets_.empty() || block_parent_.has_value() || quote_until_ > 0;
}

bool ValueScan::goes_on(unsigned line) {
    const std::string_view text = line_text(line);
    const std::size_t indent = skip_spaces(text, 0);
    if (block_parent_) {
        if (indent == text.size() || indent + 1 > *block_parent_) return true;
        block_parent_.reset();
        return false;
    }
    if (quote_until_ > 0) {
        if (line == quote_until_) {
            quote_until_ = 0;
            if (brackets_.empty()) {
                behind(line, quote_end_);
            } else {
                flow(line, quote_end_);
            }
        }
        return true;
    }
    // A setting at the depth of the bracket's own key: the bracket was forgotten.
    if (indent + 1 <= bracket_parent_ && looks_like_structure(text)) {
        report_open_bracket();
        return false;
    }
    flow(line, 0);
    return true;
}

void ValueScan::end() {
    if (!brackets_.empty()) report_open_bracket();
}

void ValueScan::report_open_bracket() {
    const Bracket opened = brackets_.back();
    brackets_.clear();
    report_.error("Y46", "this bracket is never closed", opened.mark)
        .help.push_back(newswatch::format("help: add a {} behind the last entry", opened.closing));
}

}  // namespace newswatch::settings
