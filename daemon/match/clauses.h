#pragma once

#include <cstdint>
#include <vector>

#include "match/evaluator.h"
#include "match/rule_tree.h"

namespace newswatch::match {

/// One thing that a watchlist requires.
struct Clause {
    std::uint32_t node{kNone};
    std::uint32_t ordinal{0};  ///< of its watchlist
    bool closeness{false};     ///< not the elements of the node, but that they stand together
};

/// What a watchlist requires, in the order of its file: what stands under its outermost all_of, the distance
/// behind the things that must stand together.
class Clauses {
  public:
    Clauses(const ArticleHits& hits, std::uint32_t root);

    [[nodiscard]] const std::vector<Clause>& list() const { return clauses_; }
    /// The block whose `languages` do not have the article's; its ordinal is 0 where there is none.
    [[nodiscard]] const Clause& ruled_out_by_language() const { return ruled_out_; }
    [[nodiscard]] bool speaks() const { return ruled_out_.node == kNone; }

  private:
    void add(std::uint32_t node, std::uint32_t ordinal);

    const ArticleHits& hits_;
    std::vector<Clause> clauses_{};
    Clause ruled_out_{};
};

}  // namespace newswatch::match
