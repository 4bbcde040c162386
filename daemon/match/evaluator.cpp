#include "match/evaluator.h"

#include <re2/re2.h>

#include <algorithm>

#include "match/proximity.h"

namespace newswatch::match {
namespace {

constexpr std::size_t kMostRegexHits = 100;  // in one field

/// Overlapping occurrences count once.
unsigned separate(const std::vector<Occurrence>& occurrences) {
    unsigned count = 0;
    const Occurrence* last = nullptr;
    for (const Occurrence& occurrence : occurrences) {
        if (last != nullptr && last->overlaps(occurrence)) continue;
        ++count;
        last = &occurrence;
    }
    return count;
}

bool is_leaf(RuleKind kind) {
    return kind == RuleKind::term || kind == RuleKind::exact || kind == RuleKind::regex ||
           kind == RuleKind::region;
}

}  // namespace

bool Evaluator::is_looked_at(const Occurrence& occurrence, FieldMask fields) const {
    const AnalysedField& field = hits_.article().fields[occurrence.field];
    if ((fields & field_bit(field.name)) != 0) return true;
    return (fields & kLeadBit) != 0 && (field.lead || occurrence.end <= field.lead_end);
}

std::vector<Occurrence> Evaluator::regex_occurrences(const Node& node) const {
    std::vector<Occurrence> result;
    const re2::RE2* regex = rules_.regexes.regex(node.subject);
    if (regex == nullptr) return result;
    for (std::uint32_t i = 0; i < hits_.article().fields.size(); ++i) {
        const std::string_view text = hits_.article().fields[i].text;
        std::size_t at = 0;
        re2::StringPiece found;
        for (std::size_t hits = 0; hits < kMostRegexHits && at < text.size(); ++hits) {
            if (!regex->Match({text.data(), text.size()}, at, text.size(), re2::RE2::UNANCHORED, &found, 1))
                break;
            const auto begin = static_cast<std::size_t>(found.data() - text.data());
            if (found.empty()) {
                at = begin + 1;
                continue;
            }
            at = begin + found.size();
            result.push_back({.field = i,
                              .begin = static_cast<std::uint32_t>(begin),
                              .end = static_cast<std::uint32_t>(at)});
        }
    }
    return result;
}

std::vector<Occurrence> Evaluator::leaf_occurrences(const Node& node) const {
    std::vector<Occurrence> found;
    if (node.kind == RuleKind::region) {
        found = hits_.of_regions(rules_.region_sets[node.subject]);
    } else if (node.kind == RuleKind::regex) {
        found = regex_occurrences(node);
    } else {
        found = hits_.of_atom(node.subject);
    }
    std::erase_if(found,
                  [&](const Occurrence& occurrence) { return !is_looked_at(occurrence, node.fields); });
    for (const std::uint32_t phrase : rules_.excepts[node.except()]) {
        if (found.empty() || !hits_.has_atom(phrase)) continue;
        std::erase_if(found, [&](const Occurrence& occurrence) {
            return hits_.any_of_atom(phrase,
                                     [&](const Occurrence& mask) { return occurrence.lies_in(mask); });
        });
    }
    return found;
}

/// Nearly every question is whether a word stands anywhere at all: no list is made for it.
bool Evaluator::leaf_holds(const Node& node) const {
    const auto looked_at = [&](const Occurrence& occurrence) {
        return is_looked_at(occurrence, node.fields);
    };
    const bool plain = node.at_least <= 1 && node.except() == 0;
    if (plain && (node.kind == RuleKind::term || node.kind == RuleKind::exact)) {
        return hits_.any_of_atom(node.subject, looked_at);
    }
    if (plain && node.kind == RuleKind::region) {
        const std::vector<std::uint16_t>& wanted = rules_.region_sets[node.subject];
        return std::ranges::any_of(hits_.regions(), [&](const Occurrence& occurrence) {
            return std::ranges::binary_search(wanted, occurrence.region) && looked_at(occurrence);
        });
    }
    return separate(leaf_occurrences(node)) >= node.at_least;
}

bool Evaluator::enough_children_hold(const Node& node, std::uint32_t enough) const {
    std::uint32_t count = 0;
    for (const std::uint32_t child : rules_.children_of(node)) {
        if (count >= enough) break;
        count += holds(child) ? 1U : 0U;
    }
    return count >= enough;
}

bool Evaluator::holds(std::uint32_t number) const {
    const ArticleHits::Known known = hits_.node(number);
    if (known != ArticleHits::Known::unknown) return known == ArticleHits::Known::yes;
    const Node& node = rules_.nodes[number];
    const bool answer = hits_.speaks(node.languages) && decide(node);
    hits_.set_node(number, answer);
    return answer;
}

bool Evaluator::decide(const Node& node) const {
    switch (node.kind) {
        case RuleKind::everything:
            return true;
        case RuleKind::term:
        case RuleKind::exact:
        case RuleKind::regex:
        case RuleKind::region:
            return leaf_holds(node);
        case RuleKind::concept_:
            return enough_children_hold(node, 1);
        case RuleKind::terms:
        case RuleKind::any_of:
            return enough_children_hold(node, node.at_least);
        case RuleKind::all_of: {
            const bool all = std::ranges::all_of(rules_.children_of(node),
                                                 [&](std::uint32_t child) { return holds(child); });
            if (!all || !node.has_within) return all;
            return std::ranges::none_of(close_elements(node, 0),
                                        [](const auto& element) { return element.empty(); });
        }
        case RuleKind::none_of:
            return !enough_children_hold(node, 1);
    }
    return false;
}

std::vector<Evidence> Evaluator::element(std::uint32_t number, std::uint32_t ordinal) const {
    std::vector<Evidence> result;
    const Node& node = rules_.nodes[number];
    if (!hits_.speaks(node.languages)) return result;
    if (is_leaf(node.kind)) {
        for (const Occurrence& occurrence : leaf_occurrences(node))
            result.push_back({.occurrence = occurrence, .leaf = number, .ordinal = ordinal});
        return result;
    }
    for_each_child(rules_, node, ordinal, [&](std::uint32_t child, std::uint32_t child_ordinal) {
        const std::vector<Evidence> more = element(child, child_ordinal);
        result.insert(result.end(), more.begin(), more.end());
    });
    if (node.kind == RuleKind::concept_) {
        for (Evidence& evidence : result) {
            evidence.group = number;
            evidence.ordinal = ordinal;
        }
    }
    return result;
}

std::vector<std::vector<Evidence>> Evaluator::close_elements(const Node& node, std::uint32_t ordinal) const {
    std::vector<std::vector<Evidence>> evidence;
    std::vector<std::vector<Occurrence>> elements;
    for_each_child(rules_, node, ordinal, [&](std::uint32_t child, std::uint32_t child_ordinal) {
        std::vector<Evidence> found = element(child, child_ordinal);
        std::ranges::stable_sort(found, [](const Evidence& a, const Evidence& b) {
            return a.occurrence.field != b.occurrence.field ? a.occurrence.field < b.occurrence.field
                                                            : a.occurrence.first < b.occurrence.first;
        });
        std::vector<Occurrence>& occurrences = elements.emplace_back();
        for (const Evidence& one : found)
            occurrences.push_back(one.occurrence);
        evidence.push_back(std::move(found));
    });
    const std::vector<std::vector<Occurrence>> close =
        close_together(hits_.article(), elements, node.within());
    for (std::size_t i = 0; i < evidence.size(); ++i) {
        std::erase_if(evidence[i], [&](const Evidence& one) {
            return std::ranges::find(close[i], one.occurrence) == close[i].end();
        });
    }
    return evidence;
}

void Evaluator::collect(std::uint32_t number, std::uint32_t ordinal, std::vector<Evidence>& evidence) const {
    const Node& node = rules_.nodes[number];
    if (!hits_.speaks(node.languages)) return;
    switch (node.kind) {
        case RuleKind::everything:
        case RuleKind::none_of:
            return;
        case RuleKind::term:
        case RuleKind::exact:
        case RuleKind::regex:
        case RuleKind::region: {
            const std::vector<Occurrence> found = leaf_occurrences(node);
            if (separate(found) < node.at_least) return;
            for (const Occurrence& occurrence : found)
                evidence.push_back({.occurrence = occurrence, .leaf = number, .ordinal = ordinal});
            return;
        }
        case RuleKind::concept_: {
            const std::size_t before = evidence.size();
            for (const std::uint32_t child : rules_.children_of(node))
                collect(child, ordinal, evidence);
            for (std::size_t i = before; i < evidence.size(); ++i) {
                evidence[i].group = number;
                evidence[i].ordinal = ordinal;
            }
            return;
        }
        case RuleKind::all_of:
            if (node.has_within) {
                for (const auto& element : close_elements(node, ordinal))
                    evidence.insert(evidence.end(), element.begin(), element.end());
                return;
            }
            for_each_child(rules_, node, ordinal, [&](std::uint32_t child, std::uint32_t child_ordinal) {
                collect(child, child_ordinal, evidence);
            });
            return;
        case RuleKind::terms:
        case RuleKind::any_of:
            for_each_child(rules_, node, ordinal, [&](std::uint32_t child, std::uint32_t child_ordinal) {
                if (holds(child)) collect(child, child_ordinal, evidence);
            });
            return;
    }
}

}  // namespace newswatch::match
