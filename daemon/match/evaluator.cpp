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

bool Evaluator::speaks(const std::vector<std::string>& languages) const {
    return languages.empty() || std::ranges::any_of(languages, [&](const std::string& language) {
               const std::vector<std::string>& spoken = hits_.article().languages;
               return std::ranges::find(spoken, language) != spoken.end();
           });
}

bool Evaluator::is_looked_at(const Occurrence& occurrence, FieldMask fields) const {
    const AnalysedField& field = hits_.article().fields[occurrence.field];
    if ((fields & field_bit(field.name)) != 0) return true;
    return (fields & kLeadBit) != 0 && (field.lead || occurrence.end <= field.lead_end);
}

std::vector<Occurrence> Evaluator::regex_occurrences(const Node& node) const {
    std::vector<Occurrence> result;
    if (node.regex == nullptr) return result;
    for (std::uint32_t i = 0; i < hits_.article().fields.size(); ++i) {
        const std::string_view text = hits_.article().fields[i].text;
        std::size_t at = 0;
        re2::StringPiece found;
        for (std::size_t hits = 0; hits < kMostRegexHits && at < text.size(); ++hits) {
            if (!node.regex->Match({text.data(), text.size()}, at, text.size(), re2::RE2::UNANCHORED, &found,
                                   1))
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

std::vector<Occurrence> Evaluator::leaf_occurrences(const Node& node, FieldMask fields) const {
    std::vector<Occurrence> found;
    if (node.kind == RuleKind::region) {
        found = hits_.of_regions(node.regions);
    } else if (node.kind == RuleKind::regex) {
        found = regex_occurrences(node);
    } else if (hits_.has_atom(node.atom)) {
        found = hits_.of_atom(node.atom);
    }
    std::erase_if(found, [&](const Occurrence& occurrence) { return !is_looked_at(occurrence, fields); });
    for (const std::uint32_t phrase : node.except) {
        if (found.empty() || !hits_.has_atom(phrase)) continue;
        const std::vector<Occurrence> masks = hits_.of_atom(phrase);
        std::erase_if(found, [&](const Occurrence& occurrence) {
            return std::ranges::any_of(masks,
                                       [&](const Occurrence& mask) { return occurrence.lies_in(mask); });
        });
    }
    return found;
}

unsigned Evaluator::children_that_hold(const Node& node, FieldMask fields, unsigned enough) const {
    unsigned count = 0;
    for (const Node& child : node.children) {
        if (count >= enough) break;
        count += holds(child, fields) ? 1U : 0U;
    }
    return count;
}

bool Evaluator::holds(const Node& node, FieldMask inherited) const {
    if (!speaks(node.languages)) return false;
    const FieldMask fields = fields_of(node, inherited);
    switch (node.kind) {
        case RuleKind::everything:
            return true;
        case RuleKind::term:
        case RuleKind::exact:
        case RuleKind::regex:
        case RuleKind::region:
            return separate(leaf_occurrences(node, fields)) >= node.at_least;
        case RuleKind::concept_:
            return node.group != kNone && holds(hits_.set().concepts[node.group].any_of, fields);
        case RuleKind::terms:
        case RuleKind::any_of:
            return children_that_hold(node, fields, node.at_least) >= node.at_least;
        case RuleKind::all_of: {
            const bool all =
                std::ranges::all_of(node.children, [&](const Node& child) { return holds(child, fields); });
            if (!all || !node.rule->within) return all;
            const auto close = close_elements(node, fields);
            return std::ranges::none_of(close, [](const auto& element) { return element.empty(); });
        }
        case RuleKind::none_of:
            return children_that_hold(node, fields, 1) == 0;
    }
    return false;
}

std::vector<Evidence> Evaluator::element(const Node& node, FieldMask inherited) const {
    std::vector<Evidence> result;
    if (!speaks(node.languages)) return result;
    const FieldMask fields = fields_of(node, inherited);
    if (is_leaf(node.kind)) {
        for (const Occurrence& occurrence : leaf_occurrences(node, fields))
            result.push_back({occurrence, &node});
        return result;
    }
    if (node.kind == RuleKind::concept_ && node.group != kNone) {
        result = element(hits_.set().concepts[node.group].any_of, fields);
        for (Evidence& evidence : result)
            evidence.group = &node;
        return result;
    }
    for (const Node& child : node.children) {
        const std::vector<Evidence> more = element(child, fields);
        result.insert(result.end(), more.begin(), more.end());
    }
    return result;
}

std::vector<std::vector<Evidence>> Evaluator::close_elements(const Node& node, FieldMask fields) const {
    std::vector<std::vector<Evidence>> evidence;
    std::vector<std::vector<Occurrence>> elements;
    for (const Node& child : node.children) {
        std::vector<Evidence> found = element(child, fields);
        std::ranges::stable_sort(found, [](const Evidence& a, const Evidence& b) {
            return a.occurrence.field != b.occurrence.field ? a.occurrence.field < b.occurrence.field
                                                            : a.occurrence.first < b.occurrence.first;
        });
        std::vector<Occurrence>& occurrences = elements.emplace_back();
        for (const Evidence& one : found)
            occurrences.push_back(one.occurrence);
        evidence.push_back(std::move(found));
    }
    const std::vector<std::vector<Occurrence>> close =
        close_together(hits_.article(), elements, *node.rule->within);
    for (std::size_t i = 0; i < evidence.size(); ++i) {
        std::erase_if(evidence[i], [&](const Evidence& one) {
            return std::ranges::find(close[i], one.occurrence) == close[i].end();
        });
    }
    return evidence;
}

void Evaluator::collect(const Node& node, FieldMask inherited, std::vector<Evidence>& evidence) const {
    if (!speaks(node.languages)) return;
    const FieldMask fields = fields_of(node, inherited);
    switch (node.kind) {
        case RuleKind::everything:
        case RuleKind::none_of:
            return;
        case RuleKind::term:
        case RuleKind::exact:
        case RuleKind::regex:
        case RuleKind::region: {
            const std::vector<Occurrence> found = leaf_occurrences(node, fields);
            if (separate(found) < node.at_least) return;
            for (const Occurrence& occurrence : found)
                evidence.push_back({occurrence, &node});
            return;
        }
        case RuleKind::concept_: {
            if (node.group == kNone) return;
            const std::size_t before = evidence.size();
            collect(hits_.set().concepts[node.group].any_of, fields, evidence);
            for (std::size_t i = before; i < evidence.size(); ++i)
                evidence[i].group = &node;
            return;
        }
        case RuleKind::all_of:
            if (node.rule->within) {
                for (const auto& element : close_elements(node, fields)) {
                    evidence.insert(evidence.end(), element.begin(), element.end());
                }
                return;
            }
            for (const Node& child : node.children)
                collect(child, fields, evidence);
            return;
        case RuleKind::terms:
        case RuleKind::any_of:
            for (const Node& child : node.children) {
                if (holds(child, fields)) collect(child, fields, evidence);
            }
            return;
    }
}

}  // namespace newswatch::match
