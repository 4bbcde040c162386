#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "base/format.h"
#include "settings/code_points.h"
#include "settings/rule_decoder.h"
#include "settings/suggestion.h"
#include "settings/values.h"

namespace newswatch::settings {

namespace {

constexpr std::size_t kMostWords = 50;      // in a phrase
constexpr std::size_t kShortestPrefix = 3;  // letters before `*`
constexpr std::uint64_t kWidestWithin = 10'000;

struct QuotePair {
    std::string_view open;
    std::string_view close;
};
constexpr std::array<QuotePair, 5> kCurlyQuotes{{{"“", "”"}, {"„", "“"}, {"„", "”"}, {"«", "»"}, {"‘", "’"}}};

/// Without the curly quotes that a word processor put around the whole text.
std::string without_curly_quotes(const TreeNode& node, std::string text, Report& report) {
    for (const auto& [open, close] : kCurlyQuotes) {
        if (!text.starts_with(open) || !text.ends_with(close)) continue;
        if (text.size() <= open.size() + close.size()) continue;
        std::string inner{
            trimmed(std::string_view{text}.substr(open.size(), text.size() - open.size() - close.size()))};
        Finding& finding =
            report.warning("Y04", newswatch::format("curly quotes {} {} are not YAML quotes", open, close),
                           node.mark, node.width());
        finding.label = "read as: " + inner;
        finding.help.emplace_back("why: word processors and chat programs change \" into “ ”");
        finding.help.push_back(
            "help: newswatch drops them here; to make the file tidy:\nnewswatchctl fmt --fix " +
            report.source().name());
        return inner;
    }
    return text;
}

std::vector<std::string_view> split_words(std::string_view text) {
    std::vector<std::string_view> words;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = text.find_first_not_of(" \t\n", at);
        if (begin == std::string_view::npos) break;
        const std::size_t end = std::min(text.find_first_of(" \t\n", begin), text.size());
        words.push_back(text.substr(begin, end - begin));
        at = end;
    }
    return words;
}

bool looks_like_regex(std::string_view text) {
    if (text.size() > 2 && text.front() == '/' && text.find('/', 1) != std::string_view::npos &&
        text.find_first_of("(|[.*+\\") != std::string_view::npos) {
        return true;
    }
    return text.find(".*") != std::string_view::npos || text.find("\\b") != std::string_view::npos ||
           (text.find('(') != std::string_view::npos && text.find('|') != std::string_view::npos) ||
           text.find("[a-z") != std::string_view::npos;
}

void warn_of_regex(const TreeNode& node, Report& report) {
    Finding& finding =
        report.warning("W36", "this looks like a regular expression, but is searched as plain text",
                       node.mark, node.width());
    finding.help.emplace_back(
        "help: plain words are enough:  - libya*  and  - libye*\nif you need one:  - regex: \"liby(a|en)\"");
}

/// `Syria AND Libya`: other programs read this as a rule.
void warn_of_operators(const TreeNode& node, const std::vector<std::string_view>& words, Report& report) {
    for (std::size_t at = 1; at + 1 < words.size(); ++at) {
        if (words[at] != "AND" && words[at] != "OR" && words[at] != "NOT") continue;
        Finding& finding =
            report.warning("W54", newswatch::format("`{}` is searched as a word of the phrase", words[at]),
                           node.mark, node.width());
        finding.help.emplace_back("help: use blocks:  all_of: [Syria, Libya]  any_of: [Syria, Libya]");
        return;
    }
}

void check_star(const TreeNode& node, std::string_view word, Report& report) {
    const std::size_t star = word.find('*');
    if (star == std::string_view::npos) return;
    if (star + 1 != word.size()) {
        Finding& finding = report.error("Y11",
                                        star == 0 ? std::string{"a term cannot start with `*`"}
                                                  : newswatch::format("`*` stands inside `{}`", word),
                                        node.mark, node.width());
        finding.label = "`*` works only at the END of a word";
        std::string bare{word};
        bare.erase(std::remove(bare.begin(), bare.end(), '*'), bare.end());
        finding.help.push_back(
            newswatch::format("help: write  - {}*   to find the words that begin with it", bare));
        finding.help.emplace_back("note: Arabic prefixes (و ف ب ك ل ال) are found without any star");
        return;
    }
    const std::size_t letters = code_point_count(word.substr(0, star));
    if (letters >= kShortestPrefix) return;
    Finding& finding =
        report.error("W12", newswatch::format("`{}` is too short: it fits thousands of words", word),
                     node.mark, node.width());
    finding.label = newswatch::format("at least {} letters are needed before the `*`", kShortestPrefix);
    finding.help.emplace_back("help: write more of the word, for example  - libya*");
}

}  // namespace

Rule decode_term(const TreeNode& node, Report& report) {
    Rule rule;
    rule.kind = RuleKind::term;
    rule.place = report.source().place(node.mark);
    rule.text = without_curly_quotes(node, std::string{trimmed(node.value)}, report);
    if (rule.text == "everything") {
        rule.kind = RuleKind::everything;
        return rule;
    }
    if (rule.text.empty()) {
        report.error("W52", "this term is empty", node.mark, node.width())
            .help.emplace_back("help: write a word, or delete the line");
        return rule;
    }
    if (node.in_flow && !node.quoted && rule.text.find("،") != std::string::npos) {
        Mark comma = node.mark;
        comma.column += static_cast<unsigned>(code_point_count(node.value.substr(0, node.value.find("،"))));
        Finding& finding =
            report.error("Y19", "the Arabic comma « ، » does not separate list entries", comma);
        finding.label = "read as ONE term: " + rule.text;
        finding.help.emplace_back("help: one entry per line is safest:\nany_of:\n  - ليبيا\n  - سوريا");
        return rule;
    }
    if (looks_like_regex(rule.text)) {
        warn_of_regex(node, report);
        return rule;
    }
    const std::vector<std::string_view> words = split_words(rule.text);
    if (words.size() > kMostWords) {
        report
            .error("W48",
                   newswatch::format("a phrase of {} words; {} are the most", words.size(), kMostWords),
                   node.mark, node.width())
            .help.emplace_back("help: shorter phrases find more; use `all_of` with `within` for loose ones");
        return rule;
    }
    warn_of_operators(node, words, report);
    for (const std::string_view word : words)
        check_star(node, word, report);
    return rule;
}

FieldSet decode_fields(const TreeEntry& written, Report& report) {
    static const std::vector<std::string> kNames{"title",  "lead", "summary", "content",
                                                 "author", "link", "category"};
    FieldSet fields;
    const std::array<bool*, 7> places{&fields.title,  &fields.lead, &fields.summary, &fields.content,
                                      &fields.author, &fields.link, &fields.category};
    const std::vector<Word> words = words_of(written, report);
    for (const Word& word : words) {
        const auto found = std::find(kNames.begin(), kNames.end(), word.text);
        if (found != kNames.end()) {
            *places.at(static_cast<std::size_t>(found - kNames.begin())) = true;
            continue;
        }
        Finding& finding = report.error(
            "W45", newswatch::format("an article has no part called `{}`", word.text), word.mark, word.width);
        if (const std::string near = nearest(word.text, kNames); !near.empty())
            finding.label = newswatch::format("did you mean `{}`?", near);
        finding.help.push_back("known: " + joined(kNames));
    }
    if (words.empty() && written.value.is_sequence() && written.value.items.empty()) {
        report.error("W09", "`in` is empty, so nothing is looked at", written.key_mark, written.key_width());
    }
    return fields;
}

std::optional<Within> decode_within(const TreeEntry& written, Report& report) {
    const std::string text = with_ascii_digits(text_of(written, report));
    if (text.empty()) return std::nullopt;
    if (text == "sentence") return Within{Within::Unit::sentence, 0, false};
    if (text == "paragraph") return Within{Within::Unit::paragraph, 0, false};
    std::string_view number = text;
    for (const std::string_view unit : {"words", "word"}) {
        if (number.ends_with(unit)) {
            number.remove_suffix(unit.size());
            break;
        }
    }
    number = trimmed(number);
    const auto words = whole_number(number);
    if (words && *words >= 1 && *words <= kWidestWithin)
        return Within{Within::Unit::words, static_cast<unsigned>(*words), false};
    Finding& finding = report.error("W44", newswatch::format("`within: {}` is not a distance", text),
                                    written.value.mark, written.value.width());
    if (words) finding.label = newswatch::format("from 1 to {} words", kWidestWithin);
    finding.help.emplace_back("help: write  within: 60 words,  within: sentence  or  within: paragraph");
    return std::nullopt;
}

namespace {

bool is_positive(const Rule& rule) {
    switch (rule.kind) {
        case RuleKind::all_of:
            return std::any_of(rule.children.begin(), rule.children.end(), is_positive);
        case RuleKind::any_of:
            return std::all_of(rule.children.begin(), rule.children.end(), is_positive);
        case RuleKind::none_of:
            return false;
        case RuleKind::everything:
        case RuleKind::term:
        case RuleKind::exact:
        case RuleKind::regex:
        case RuleKind::region:
        case RuleKind::concept_:
        case RuleKind::terms:
            return true;
    }
    return true;
}

void check_branch(const Rule& rule, bool positive_above, Report& report) {
    if (rule.kind == RuleKind::none_of) {
        if (positive_above) return;
        Finding& finding = report.error("W10", "this watchlist only says what to leave out",
                                        {rule.place.line, rule.place.column}, 7);
        finding.label = "without `all_of` or `any_of` it would match nearly every article";
        finding.help.emplace_back(
            "help: add `all_of` or `any_of`; if you really want everything else, write\n"
            "  all_of: [everything]");
        return;
    }
    const bool positive = positive_above || (rule.kind == RuleKind::all_of && is_positive(rule));
    for (const Rule& child : rule.children)
        check_branch(child, positive, report);
}

}  // namespace

void check_positive(const Rule& rule, Report& report) {
    check_branch(rule, false, report);
}

}  // namespace newswatch::settings
