#pragma once

#include <string>
#include <vector>

#include "match/article_hits.h"
#include "match/occurrence.h"
#include "match/rule_tree.h"

namespace newswatch::match {

/// An occurrence with the words of the rule that it met.
struct Evidence {
    Occurrence occurrence{};
    const Node* leaf{nullptr};   ///< the term, exact, regex, region
    const Node* group{nullptr};  ///< the `concept:` through which it was reached, or null
};

/// Does a node hold in an article, and by which words? Pure; borrows the hits.
class Evaluator {
  public:
    explicit Evaluator(const ArticleHits& hits) : hits_{hits} {}

    [[nodiscard]] bool holds(const Node& node, FieldMask fields) const;

    /// What makes a node hold; call it for a node that holds. Nothing comes from none_of.
    void collect(const Node& node, FieldMask fields, std::vector<Evidence>& evidence) const;

    /// True where the article's language is one of `languages`, or none is asked for.
    [[nodiscard]] bool speaks(const std::vector<std::string>& languages) const;

    [[nodiscard]] static FieldMask fields_of(const Node& node, FieldMask inherited) {
        return node.fields.value_or(inherited);
    }

  private:
    [[nodiscard]] std::vector<Occurrence> leaf_occurrences(const Node& node, FieldMask fields) const;
    [[nodiscard]] std::vector<Occurrence> regex_occurrences(const Node& node) const;
    /// Where an element of `within` stands: a leaf, a concept, or an any_of of these.
    [[nodiscard]] std::vector<Evidence> element(const Node& node, FieldMask fields) const;
    [[nodiscard]] std::vector<std::vector<Evidence>> close_elements(const Node& node, FieldMask fields) const;
    [[nodiscard]] bool is_looked_at(const Occurrence& occurrence, FieldMask fields) const;
    [[nodiscard]] unsigned children_that_hold(const Node& node, FieldMask fields, unsigned enough) const;

    const ArticleHits& hits_;
};

}  // namespace newswatch::match
