#include "match/filing.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace newswatch::match {
namespace {

// How many articles of a thousand hold such a thing, roughly; only the order matters.
constexpr double kPhrase = 0.3;
constexpr double kLongWord = 2;
constexpr double kShortWord = 6;
constexpr double kPrefix = 8;
constexpr double kRegex = 30;
constexpr double kRegion = 40;
constexpr double kConcept = 200;
constexpr double kEverything = 100'000;
constexpr std::size_t kLong = 8;  // bytes

double cost_of_text(std::string_view text) {
    if (text.find(' ') != std::string_view::npos) return kPhrase;
    if (text.ends_with('*')) return kPrefix;
    return text.size() >= kLong ? kLongWord : kShortWord;
}

void append(Filing& all, const Filing& more) {
    all.atoms.insert(all.atoms.end(), more.atoms.begin(), more.atoms.end());
    all.regions.insert(all.regions.end(), more.regions.begin(), more.regions.end());
    all.concepts.insert(all.concepts.end(), more.concepts.begin(), more.concepts.end());
    all.regexes.insert(all.regexes.end(), more.regexes.begin(), more.regexes.end());
    all.always = all.always || more.always;
}

template <class T>
void sort_unique(std::vector<T>& numbers) {
    std::ranges::sort(numbers);
    numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
}

}  // namespace

ClauseFiling::ClauseFiling(const CompiledRules& rules, std::span<const std::uint32_t> uses) : rules_{rules} {
    costs_.reserve(rules.nodes.size());
    for (std::uint32_t node = 0; node < rules.nodes.size(); ++node)  // children stand before their parents
        costs_.push_back(estimate(node, uses[node]).value_or(-1));
}

std::optional<double> ClauseFiling::estimate(std::uint32_t number, double uses) const {
    const Node& node = rules_.nodes[number];
    switch (node.kind) {
        case RuleKind::everything:
        case RuleKind::none_of:
            return kEverything;
        case RuleKind::regex:
            return rules_.regexes.regex(node.subject) == nullptr ? std::nullopt : std::optional{kRegex};
        case RuleKind::term:
        case RuleKind::exact:
            if (!rules_.atom_has_words[node.subject]) return std::nullopt;
            return cost_of_text(rules_.pool.at(node.text)) * std::sqrt(uses);
        case RuleKind::region: {
            const std::size_t regions = rules_.region_sets[node.subject].size();
            return regions == 0 ? std::nullopt
                                : std::optional{kRegion * static_cast<double>(regions) * std::sqrt(uses)};
        }
        case RuleKind::concept_:
            return node.child_count == 0 ? std::nullopt : std::optional{kConcept * std::sqrt(uses)};
        case RuleKind::terms:
        case RuleKind::any_of: {
            double sum = 0;
            unsigned possible = 0;
            for (const std::uint32_t child : rules_.children_of(node)) {
                const std::optional<double> one = cost(child);
                if (one) sum += *one;
                possible += one ? 1U : 0U;
            }
            return possible < node.at_least ? std::nullopt : std::optional{std::min(sum, kEverything)};
        }
        case RuleKind::all_of: {
            double least = kEverything;
            for (const std::uint32_t child : rules_.children_of(node)) {
                const std::optional<double> one = cost(child);
                if (!one) return std::nullopt;
                least = std::min(least, *one);
            }
            return least;
        }
    }
    return std::nullopt;
}

std::uint32_t ClauseFiling::cheapest(const Node& all) const {
    std::uint32_t best = kNone;
    double least = 0;
    for (const std::uint32_t child : rules_.children_of(all)) {
        if (rules_.nodes[child].kind == RuleKind::none_of) continue;
        const double one = cost(child).value_or(kEverything);
        if (best != kNone && one >= least) continue;
        best = child;
        least = one;
    }
    return best;
}

Filing ClauseFiling::filing(std::uint32_t number) const {
    const Node& node = rules_.nodes[number];
    Filing result;
    switch (node.kind) {
        case RuleKind::everything:
        case RuleKind::none_of:
            result.always = true;
            break;
        case RuleKind::regex:
            result.regexes.push_back(node.subject);
            break;
        case RuleKind::term:
        case RuleKind::exact:
            result.atoms.push_back(node.subject);
            break;
        case RuleKind::region:
            result.regions = rules_.region_sets[node.subject];
            break;
        case RuleKind::concept_: {
            const Filing words = filing(rules_.children_of(node)[0]);
            result.always = words.always || !words.regexes.empty();
            if (!result.always) result.concepts.push_back(number);
            break;
        }
        case RuleKind::terms:
        case RuleKind::any_of:
            for (const std::uint32_t child : rules_.children_of(node)) {
                if (cost(child)) append(result, filing(child));
            }
            break;
        case RuleKind::all_of: {
            const std::uint32_t best = cheapest(node);
            if (best == kNone) {
                result.always = true;
            } else {
                result = filing(best);
            }
            break;
        }
    }
    sort_unique(result.atoms);
    sort_unique(result.regions);
    sort_unique(result.concepts);
    sort_unique(result.regexes);
    return result;
}

void ClauseFiling::collect_required(std::uint32_t number, std::vector<std::uint32_t>& clauses) const {
    const Node& node = rules_.nodes[number];
    if (node.kind == RuleKind::none_of) return;
    if (node.kind != RuleKind::all_of) {
        clauses.push_back(number);
        return;
    }
    for (const std::uint32_t child : rules_.children_of(node))
        collect_required(child, clauses);
}

std::vector<std::uint32_t> ClauseFiling::required(std::uint32_t root) const {
    std::vector<std::uint32_t> clauses;
    if (!cost(root)) return clauses;
    collect_required(root, clauses);
    if (clauses.empty()) clauses.push_back(root);  // only exclusions: every article is tried
    std::vector<std::pair<double, std::uint32_t>> ranked;
    ranked.reserve(clauses.size());
    for (const std::uint32_t clause : clauses)
        ranked.emplace_back(cost(clause).value_or(kEverything), clause);
    std::ranges::stable_sort(ranked, {}, &std::pair<double, std::uint32_t>::first);
    for (std::size_t i = 0; i < ranked.size(); ++i)
        clauses[i] = ranked[i].second;
    // A clause written twice is no second one.
    std::vector<std::uint32_t> distinct;
    for (const std::uint32_t clause : clauses) {
        if (std::ranges::find(distinct, clause) == distinct.end()) distinct.push_back(clause);
    }
    return distinct;
}

}  // namespace newswatch::match
