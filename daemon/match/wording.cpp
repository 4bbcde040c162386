#include "match/wording.h"

#include <vector>

#include "base/format.h"

namespace newswatch::match {
namespace {

constexpr std::size_t kMostAlternatives = 3;

std::string joined(const std::vector<std::string>& names, bool all) {
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (i == kMostAlternatives && names.size() > kMostAlternatives + 1) {
            return text + newswatch::format(" {} {} more", all ? "and" : "or", names.size() - i);
        }
        if (i > 0) text += all ? " and " : " or ";
        text += names[i];
    }
    return text;
}

}  // namespace

std::string wanted(const CompiledRules& rules, std::uint32_t number) {
    const Node& node = rules.nodes[number];
    std::vector<std::string> names;
    switch (node.kind) {
        case RuleKind::everything:
            return "everything";
        case RuleKind::term:
        case RuleKind::exact:
        case RuleKind::regex:
            return std::string{rules.pool.at(node.text)};
        case RuleKind::concept_:
            return std::string{node.child_count == 0 ? rules.pool.at(node.text)
                                                     : rules.pool.at(rules.concept_names[node.text])};
        case RuleKind::region:
            for (const std::string& code : rules.region_codes[node.subject]) {
                const std::vector<std::uint16_t> numbers = rules.regions->numbers_of(code);
                names.push_back(numbers.size() == 1 ? rules.regions->name(numbers.front()) : code);
            }
            break;
        case RuleKind::terms:
        case RuleKind::any_of:
        case RuleKind::all_of:
        case RuleKind::none_of:
            for (const std::uint32_t child : rules.children_of(node))
                names.push_back(wanted(rules, child));
            break;
    }
    return joined(names, node.kind == RuleKind::all_of);
}

std::string closeness(const Within& within) {
    switch (within.unit) {
        case Within::Unit::words:
            return newswatch::format("all within {} words", within.words);
        case Within::Unit::sentence:
            return "all within one sentence";
        case Within::Unit::paragraph:
            return "all within one paragraph";
    }
    return {};
}

}  // namespace newswatch::match
