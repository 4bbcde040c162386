#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "base/format.h"
#include "settings/rule_decoder.h"
#include "settings/values.h"

// The keys that change what stands beside them: at_least, within, ordered, except.
namespace newswatch::settings {

namespace {

bool is_leaf(RuleKind kind) {
    return kind != RuleKind::all_of && kind != RuleKind::any_of && kind != RuleKind::none_of;
}

Rule* part_of_kind(std::vector<Rule>& parts, RuleKind kind) {
    const auto found =
        std::find_if(parts.begin(), parts.end(), [kind](const Rule& part) { return part.kind == kind; });
    return found == parts.end() ? nullptr : &*found;
}

/// Whether one occurrence of the rule has a place in the text (WATCHLISTS.md §1, elements of `within`).
bool has_place(const Rule& rule) {
    switch (rule.kind) {
        case RuleKind::term:
        case RuleKind::exact:
        case RuleKind::region:
        case RuleKind::concept_:
        case RuleKind::terms:
            return true;
        case RuleKind::any_of:
            return rule.at_least == 1 && std::all_of(rule.children.begin(), rule.children.end(), has_place);
        case RuleKind::everything:
        case RuleKind::regex:
        case RuleKind::all_of:
        case RuleKind::none_of:
            return false;
    }
    return false;
}

}  // namespace

void RuleDecoder::put_at_least(std::vector<Rule>& parts, const TreeEntry& written) {
    const auto number = number_of(written, {1, 1000, "1"}, report_);
    Rule* target = part_of_kind(parts, RuleKind::any_of);
    if (target == nullptr) {
        const auto leaf =
            std::find_if(parts.begin(), parts.end(), [](const Rule& part) { return is_leaf(part.kind); });
        if (leaf != parts.end()) target = &*leaf;
    }
    if (target == nullptr) {
        report_
            .error("W43", "`at_least` needs an `any_of`, a `term` or a `region` beside it", written.key_mark,
                   written.key_width())
            .help.emplace_back("help: write it at the depth of the `any_of` that it counts");
        return;
    }
    if (!number) return;
    if (target->kind == RuleKind::any_of && *number > target->children.size() && !target->children.empty()) {
        report_.error("W43",
                      newswatch::format("`at_least: {}` can never be met: `any_of` has only {} entries",
                                        *number, target->children.size()),
                      written.value.mark, written.value.width());
        return;
    }
    target->at_least = static_cast<unsigned>(*number);
}

void RuleDecoder::put_within(std::vector<Rule>& parts, const TreeEntry* within, const TreeEntry* ordered) {
    const TreeEntry& written = within != nullptr ? *within : *ordered;
    if (within == nullptr) {
        report_.error("W44", "`ordered` needs a `within` beside it", written.key_mark, written.key_width())
            .help.emplace_back("help: say how close the words must be, for example  within: sentence");
        return;
    }
    Rule* target = part_of_kind(parts, RuleKind::all_of);
    if (target == nullptr) {
        report_.error("W44", "`within` needs an `all_of` beside it", written.key_mark, written.key_width())
            .help.emplace_back("help: it says how close to each other the entries of an `all_of` must be");
        return;
    }
    std::optional<Within> value = decode_within(written, report_);
    for (const Rule& child : target->children) {
        if (has_place(child)) continue;
        report_
            .error("W44", "this entry has no place of its own, so `within` cannot measure to it",
                   {child.place.line, child.place.column})
            .help.emplace_back(
                "help: beside `within` list terms, regions, concepts, or an `any_of` of these; put the rest "
                "into a block around it");
    }
    if (!value) return;
    if (ordered != nullptr) value->ordered = yes_or_no(*ordered, report_).value_or(false);
    target->within = value;
}

void RuleDecoder::put_except(std::vector<Rule>& parts, const TreeEntry& written) {
    bool used = false;
    std::vector<std::string> phrases;
    for (Word& word : words_of(written, report_))
        phrases.push_back(std::move(word.text));
    for (Rule& part : parts) {
        if (part.kind != RuleKind::term && part.kind != RuleKind::exact && part.kind != RuleKind::region)
            continue;
        part.except = phrases;
        used = true;
    }
    if (used) return;
    report_
        .error("W42", "`except` needs a `term`, `exact` or `region` beside it", written.key_mark,
               written.key_width())
        .help.emplace_back("help: to leave out whole articles use `none_of`");
}

}  // namespace newswatch::settings
