#include "match/filing.h"

#include <algorithm>

namespace newswatch::match {
namespace {

// How many articles of a thousand hold such a thing, roughly; only the order matters.
constexpr double kPhrase = 1;
constexpr double kLongWord = 5;
constexpr double kShortWord = 20;
constexpr double kPrefix = 15;
constexpr double kRegion = 20;
constexpr double kConcept = 200;
constexpr double kEverything = 1000;
constexpr std::size_t kLong = 7;  // bytes

Filing always() {
    Filing filing;
    filing.always = true;
    filing.cost = kEverything;
    return filing;
}

double cost_of(const Atom& atom) {
    double cost = 0;
    for (const text::TermWords& words : atom.spellings) {
        if (words.size() > 1) {
            cost += kPhrase;
        } else if (words.front().prefix) {
            cost += kPrefix;
        } else {
            cost += words.front().folded.size() >= kLong ? kLongWord : kShortWord;
        }
    }
    return cost;
}

std::optional<Filing> either(const std::vector<Node>& children, const WatchlistSet::Compiled& compiled) {
    Filing all;
    bool possible = false;
    for (const Node& child : children) {
        const std::optional<Filing> filing = filing_of(child, compiled);
        if (!filing) continue;
        possible = true;
        if (filing->always) return always();
        all.atoms.insert(all.atoms.end(), filing->atoms.begin(), filing->atoms.end());
        all.regions.insert(all.regions.end(), filing->regions.begin(), filing->regions.end());
        all.groups.insert(all.groups.end(), filing->groups.begin(), filing->groups.end());
        all.cost += filing->cost;
    }
    return possible ? std::optional{std::move(all)} : std::nullopt;
}

std::optional<Filing> cheapest(const std::vector<Node>& children, const WatchlistSet::Compiled& compiled) {
    std::optional<Filing> best;
    for (const Node& child : children) {
        if (child.kind == RuleKind::none_of) continue;
        std::optional<Filing> filing = filing_of(child, compiled);
        if (!filing) return std::nullopt;
        if (!best || filing->cost < best->cost) best = std::move(filing);
    }
    return best ? best : std::optional{always()};
}

}  // namespace

std::optional<Filing> filing_of(const Node& node, const WatchlistSet::Compiled& compiled) {
    switch (node.kind) {
        case RuleKind::everything:
            return always();
        case RuleKind::regex:
            return node.regex == nullptr ? std::nullopt : std::optional{always()};
        case RuleKind::term:
        case RuleKind::exact: {
            const Atom& atom = compiled.atoms[node.atom];
            if (atom.spellings.empty()) return std::nullopt;
            Filing filing;
            filing.atoms.push_back(node.atom);
            filing.cost = cost_of(atom);
            return filing;
        }
        case RuleKind::region: {
            if (node.regions.empty()) return std::nullopt;
            Filing filing;
            filing.regions = node.regions;
            filing.cost = kRegion * static_cast<double>(node.regions.size());
            return filing;
        }
        case RuleKind::concept_: {
            if (node.group == kNone) return std::nullopt;
            Filing filing;
            filing.groups.push_back(node.group);
            filing.cost = kConcept;
            return filing;
        }
        case RuleKind::terms:
        case RuleKind::any_of:
            return either(node.children, compiled);
        case RuleKind::all_of:
            return cheapest(node.children, compiled);
        case RuleKind::none_of:
            return always();
    }
    return std::nullopt;
}

}  // namespace newswatch::match
