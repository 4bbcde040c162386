#include "settings/rule_decoder.h"

#include <algorithm>
#include <utility>

#include "base/format.h"
#include "settings/code_points.h"

namespace newswatch::settings {

namespace {

constexpr unsigned kDeepestBlock = 4;        // YAML.md §2
constexpr std::size_t kMostTerms = 10'000;   // in one list
constexpr std::size_t kLongestRegex = 1000;  // bytes; RE2 bounds the rest

/// Whether an entry may stand in a list of words: a term, an exact form or a region.
bool is_word(const TreeNode& item) {
    if (item.is_scalar()) return trimmed(item.value) != "everything";
    return std::none_of(item.entries.begin(), item.entries.end(), [](const TreeEntry& entry) {
        return entry.key == "regex" || entry.key == "concept" || entry.key == "terms" ||
               entry.key.ends_with("_of");
    });
}

}  // namespace

RuleDecoder::RuleDecoder(const Vocabulary& vocabulary, Report& report)
    : vocabulary_{vocabulary}, report_{report} {}

Rule RuleDecoder::decode_match(const TreeNode& node, Mark key) {
    const std::size_t errors_before = report_.error_count();
    if (node.is_sequence()) {
        Finding& finding =
            report_.error("W08", "`match` does not say whether ALL or ANY of these must be there", node.mark);
        finding.label = "a list starts here";
        finding.help.emplace_back(
            "help: write `all_of:` or `any_of:` above the list and indent the list by 2 more spaces:\n"
            "match:            match:\n"
            "  all_of:           any_of:\n"
            "    - region: SY      - region: SY\n"
            "    - region: LY      - region: LY");
        return {};
    }
    Rule rule = entry(node, 0, key, "match");
    // A mistake inside may be the missing positive part: no finding that stems from another.
    if (report_.error_count() == errors_before) check_positive(rule, report_);
    return rule;
}

std::vector<Rule> RuleDecoder::decode_terms(const TreeNode& node, Mark key, const std::string& called) {
    std::vector<Rule> rules;
    if (node.is_empty() || (node.is_sequence() && node.items.empty())) {
        report_.error("W09", newswatch::format("`{}` is empty", called), key, code_point_count(called))
            .label = "nothing is listed below this line";
        return rules;
    }
    if (!node.is_sequence()) {
        rules.push_back(entry(node, kDeepestBlock, key, called));
        return rules;
    }
    if (node.items.size() > kMostTerms) {
        report_
            .error("W49",
                   newswatch::format("`{}` lists {} terms; {} are the most", called, node.items.size(),
                                     kMostTerms),
                   key, code_point_count(called))
            .help.emplace_back("help: split it into several concepts");
        return rules;
    }
    for (const TreeNode& item : node.items) {
        if (!is_word(item)) {
            report_
                .error("W42", newswatch::format("`{}` may list only words, `exact` and `region`", called),
                       item.mark, item.width())
                .help.emplace_back("help: rules belong into the `match` of a watchlist");
            continue;
        }
        Rule rule = entry(item, kDeepestBlock, item.mark, called);
        rules.push_back(std::move(rule));
    }
    return rules;
}

Rule RuleDecoder::entry(const TreeNode& node, unsigned level, Mark key, const std::string& called) {
    switch (node.kind) {
        case TreeNode::Kind::scalar:
            return decode_term(node, report_);
        case TreeNode::Kind::mapping:
            return block(node, level, called);
        case TreeNode::Kind::empty:
            report_
                .error("W09",
                       called == "match" ? std::string{"`match` is empty, so this watchlist can never match"}
                                         : newswatch::format("an entry of `{}` is empty", called),
                       key, called == "match" ? code_point_count(called) : 1)
                .help.emplace_back("help: write a word, or a block such as  any_of: [embassy, سفارة]");
            return {};
        case TreeNode::Kind::sequence:
            report_
                .error("W08", "a list inside a list does not say whether ALL or ANY must be there", node.mark)
                .help.emplace_back("help: write  any_of: […]  or  all_of: […]");
            return {};
    }
    return {};
}

Rule RuleDecoder::block(const TreeNode& node, unsigned level, const std::string& called) {
    const std::size_t errors_before = report_.error_count();
    MappingReader keys{node, called, report_};
    std::vector<Rule> parts;
    const auto part = [&](std::string_view key, auto decode) {
        if (const TreeEntry* written = keys.take(key)) parts.push_back(decode(*written));
    };
    part("all_of", [&](const TreeEntry& e) { return group(e, RuleKind::all_of, level); });
    part("any_of", [&](const TreeEntry& e) { return group(e, RuleKind::any_of, level); });
    part("none_of", [&](const TreeEntry& e) { return group(e, RuleKind::none_of, level); });
    const TreeEntry* within = keys.take("within");
    const TreeEntry* ordered = keys.take("ordered");
    const TreeEntry* at_least = keys.take("at_least");
    const TreeEntry* in = keys.take("in");
    const TreeEntry* languages = keys.take("languages");
    part("term", [&](const TreeEntry& e) { return term(e); });
    part("exact", [&](const TreeEntry& e) { return exact(e); });
    part("region", [&](const TreeEntry& e) { return region(e); });
    part("concept", [&](const TreeEntry& e) { return shared_words(e); });
    part("regex", [&](const TreeEntry& e) { return regex(e); });
    part("terms", [&](const TreeEntry& e) { return by_language(e); });
    const TreeEntry* except = keys.take("except");
    keys.finish();

    if (parts.empty()) {
        if (report_.error_count() == errors_before) {
            report_
                .error("W09", newswatch::format("this block in `{}` says nothing to look for", called),
                       node.mark)
                .help.emplace_back("help: add `all_of`, `any_of`, `term`, `region` or `concept`");
        }
        return {};
    }
    if (at_least != nullptr) put_at_least(parts, *at_least);
    if (within != nullptr || ordered != nullptr) put_within(parts, within, ordered);
    if (except != nullptr) put_except(parts, *except);

    Rule rule;
    if (parts.size() == 1) {
        rule = std::move(parts.front());
    } else {
        rule.kind = RuleKind::all_of;
        rule.place = report_.source().place(node.mark);
        rule.children = std::move(parts);
    }
    if (in != nullptr) rule.in = decode_fields(*in, report_);
    if (languages != nullptr) {
        for (const Word& word : words_of(*languages, report_)) {
            if (std::string code = language_code(word, report_); !code.empty())
                rule.languages.push_back(std::move(code));
        }
    }
    return rule;
}

Rule RuleDecoder::group(const TreeEntry& written, RuleKind kind, unsigned level) {
    Rule rule;
    rule.kind = kind;
    rule.place = report_.source().place(written.key_mark);
    if (level >= kDeepestBlock) {
        report_
            .error("W47", newswatch::format("blocks may be at most {} deep", kDeepestBlock), written.key_mark,
                   written.key_width())
            .help.emplace_back("help: put the inner words into a concept, or into a watchlist of their own");
        return rule;
    }
    const TreeNode& value = written.value;
    if (value.is_empty() || (value.is_sequence() && value.items.empty())) {
        Finding& finding = report_.error(
            "W09",
            newswatch::format("`{}` is empty, so this watchlist {}", written.key,
                              kind == RuleKind::any_of ? "can never match" : "says less than it seems"),
            written.key_mark, written.key_width());
        finding.label = "nothing is listed below this line";
        const std::string indent(written.key_mark.column + 1, ' ');
        finding.help.push_back(newswatch::format(
            "help: add at least one line, indented by {} spaces:\n{}- embassy", indent.size(), indent));
        return rule;
    }
    // A text with commas, of any script, or over several lines was meant as a list, too.
    const bool is_list =
        value.is_scalar() &&
        (value.value.find(',') != std::string::npos || value.value.find("،") != std::string::npos ||
         value.value.find('\n') != std::string::npos || is_folded(value));
    if (is_list) {
        report_
            .error("W42", newswatch::format("`{}` is one text here, not a list", written.key), value.mark,
                   value.width())
            .help.push_back(
                newswatch::format("help: write one entry a line, or  {}: [first, second]", written.key));
        return rule;
    }
    if (!value.is_sequence()) {
        rule.children.push_back(entry(value, level + 1, written.key_mark, written.key));
        return rule;
    }
    if (value.items.size() > kMostTerms) {
        report_
            .error("W49",
                   newswatch::format("`{}` lists {} entries; {} are the most", written.key,
                                     value.items.size(), kMostTerms),
                   written.key_mark, written.key_width())
            .help.emplace_back("help: split the list into several watchlists or concepts");
        return rule;
    }
    rule.children.reserve(value.items.size());
    for (const TreeNode& item : value.items)
        rule.children.push_back(entry(item, level + 1, item.mark, written.key));
    return rule;
}

bool RuleDecoder::is_folded(const TreeNode& value) const {
    const std::string_view line = report_.source().line(value.mark.line);
    return !value.quoted && line.find(value.value) == std::string_view::npos;
}

Rule RuleDecoder::term(const TreeEntry& written) {
    if (!written.value.is_scalar()) {
        static_cast<void>(text_of(written, report_));  // reports what stands there instead
        return {};
    }
    Rule rule = decode_term(written.value, report_);
    // Only a bare entry means every article; here the word itself is meant.
    if (rule.kind == RuleKind::everything) rule.kind = RuleKind::term;
    return rule;
}

Rule RuleDecoder::exact(const TreeEntry& written) {
    Rule rule;
    rule.kind = RuleKind::exact;
    rule.text = text_of(written, report_);
    rule.place = report_.source().place(written.value.mark);
    if (rule.text.ends_with('*')) {
        report_
            .error("W12", "`exact` finds one form only, so `*` has no place in it", written.value.mark,
                   written.value.width())
            .help.push_back(newswatch::format("help: write  - {}   without `exact:`", rule.text));
    }
    return rule;
}

Rule RuleDecoder::regex(const TreeEntry& written) {
    Rule rule;
    rule.kind = RuleKind::regex;
    rule.text = text_of(written, report_);
    rule.place = report_.source().place(written.value.mark);
    if (rule.text.size() > kLongestRegex) {
        report_.error("W48", newswatch::format("a regular expression may have {} bytes", kLongestRegex),
                      written.value.mark, written.value.width());
    }
    return rule;
}

Rule RuleDecoder::region(const TreeEntry& written) {
    Rule rule;
    rule.kind = RuleKind::region;
    rule.place = report_.source().place(written.value.mark);
    const std::vector<Word> words = words_of(written, report_);
    if (words.empty() && written.value.is_sequence() && written.value.items.empty()) {
        report_.error("W09", "`region` is empty", written.key_mark, written.key_width())
            .help.emplace_back("help: write a code or a name:  region: LY");
    }
    for (const Word& word : words) {
        std::string code = vocabulary_.region(word, report_);
        if (code.empty()) continue;
        if (std::find(rule.regions.begin(), rule.regions.end(), code) == rule.regions.end())
            rule.regions.push_back(std::move(code));
        if (!rule.text.empty()) rule.text += ", ";
        rule.text += word.text;
    }
    return rule;
}

Rule RuleDecoder::shared_words(const TreeEntry& written) {
    Rule rule;
    rule.kind = RuleKind::concept_;
    rule.text = text_of(written, report_);
    rule.place = report_.source().place(written.value.mark);
    if (!rule.text.empty())
        vocabulary_.check_concept({rule.text, written.value.mark, written.value.width()}, report_);
    return rule;
}

Rule RuleDecoder::by_language(const TreeEntry& written) {
    Rule rule;
    rule.kind = RuleKind::terms;
    rule.place = report_.source().place(written.key_mark);
    if (!written.value.is_mapping() || written.value.entries.empty()) {
        report_.error("W42", "`terms` must list its words by language", written.key_mark, written.key_width())
            .help.emplace_back("help: terms: {ar: [سفارة], en: [embassy], \"*\": [SANA]}");
        return rule;
    }
    for (const TreeEntry& list : written.value.entries) {
        const std::string language =
            list.key == "*" ? list.key : language_code({list.key, list.key_mark, list.key_width()}, report_);
        std::vector<Rule> terms = decode_terms(list.value, list.key_mark, list.key);
        if (language.empty()) continue;
        std::vector<Rule>& into = rule.by_language[language];
        std::move(terms.begin(), terms.end(), std::back_inserter(into));
    }
    return rule;
}

}  // namespace newswatch::settings
