#include "match/clauses.h"

namespace newswatch::match {

Clauses::Clauses(const ArticleHits& hits, std::uint32_t root) : hits_{hits} {
    add(root, 0);
}

void Clauses::add(std::uint32_t number, std::uint32_t ordinal) {
    const CompiledRules& rules = hits_.rules();
    const Node& node = rules.nodes[number];
    if (!hits_.speaks(node.languages)) {
        if (ruled_out_.node == kNone) ruled_out_ = {.node = number, .ordinal = ordinal};
        return;
    }
    if (node.kind != RuleKind::all_of) {
        clauses_.push_back({.node = number, .ordinal = ordinal});
        return;
    }
    for_each_child(rules, node, ordinal,
                   [&](std::uint32_t child, std::uint32_t child_ordinal) { add(child, child_ordinal); });
    if (node.has_within) clauses_.push_back({.node = number, .ordinal = ordinal, .closeness = true});
}

}  // namespace newswatch::match
