#pragma once

#include <cstdint>
#include <vector>

#include "match/article_hits.h"
#include "match/occurrence.h"
#include "match/rule_tree.h"

namespace newswatch::match {

/// An occurrence with the words of the rule that it met.
struct Evidence {
    Occurrence occurrence{};
    std::uint32_t leaf{kNone};     ///< the node: term, exact, regex, region
    std::uint32_t group{kNone};    ///< the node of the `concept:` through which it was reached
    std::uint32_t ordinal{kNone};  ///< which node of its watchlist the leaf, or the concept, was written as
};

/// Does a node hold in an article, and by which words? Each node is asked once an article, whoever shares it.
/// Borrows the hits.
class Evaluator {
  public:
    explicit Evaluator(const ArticleHits& hits) : hits_{hits}, rules_{hits.rules()} {}

    [[nodiscard]] bool holds(std::uint32_t node) const;

    /// What makes a node hold; call it for a node that holds. Nothing comes from none_of. `ordinal` is the
    /// node's place in its watchlist.
    void collect(std::uint32_t node, std::uint32_t ordinal, std::vector<Evidence>& evidence) const;

    /// Every occurrence of what stands in an element of `within` or in a leaf, masked ones left out.
    [[nodiscard]] std::vector<Evidence> element(std::uint32_t node, std::uint32_t ordinal) const;

    [[nodiscard]] bool is_looked_at(const Occurrence& occurrence, FieldMask fields) const;

    [[nodiscard]] const ArticleHits& hits() const { return hits_; }

  private:
    [[nodiscard]] bool decide(const Node& node) const;
    [[nodiscard]] bool leaf_holds(const Node& node) const;
    [[nodiscard]] std::vector<Occurrence> leaf_occurrences(const Node& node) const;
    [[nodiscard]] std::vector<Occurrence> regex_occurrences(const Node& node) const;
    [[nodiscard]] std::vector<std::vector<Evidence>> close_elements(const Node& node,
                                                                    std::uint32_t ordinal) const;
    [[nodiscard]] bool enough_children_hold(const Node& node, std::uint32_t enough) const;

    const ArticleHits& hits_;
    const CompiledRules& rules_;
};

/// Calls `visit(child, ordinal)` for the children of a node that was written as number `ordinal`.
template <class Visit>
void for_each_child(const CompiledRules& rules, const Node& node, std::uint32_t ordinal, const Visit& visit) {
    std::uint32_t next = ordinal + 1;
    for (const std::uint32_t child : rules.children_of(node)) {
        visit(child, next);
        next += rules.nodes[child].size;
    }
}

}  // namespace newswatch::match
