#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "match/rule_tree.h"

namespace newswatch::match {

/// What must be found, at least one of it, before a node can hold.
struct Filing {
    std::vector<std::uint32_t> atoms{};
    std::vector<std::uint16_t> regions{};
    std::vector<std::uint32_t> concepts{};  ///< nodes
    std::vector<std::uint32_t> regexes{};
    bool always{false};  ///< nothing: every article must be tried
};

/// Which clause of a watchlist is the rarest, and what brings an article to it.
///
/// How rare a clause is, is guessed: a long word is rarer than a short one, and a clause that many watchlists
/// have is frequent, because people watch for what is in the news.
class ClauseFiling {
  public:
    /// `uses[node]` is how often the node was written.
    ClauseFiling(const CompiledRules& rules, std::span<const std::uint32_t> uses);

    /// How often a node will be met, in no particular unit; empty where it can never hold.
    [[nodiscard]] std::optional<double> cost(std::uint32_t node) const {
        return costs_[node] < 0 ? std::nullopt : std::optional{costs_[node]};
    }
    /// For a node that has a cost.
    [[nodiscard]] Filing filing(std::uint32_t node) const;
    /// The clauses that a rule requires, what stands in nested all_of included, the rarest first. Empty where
    /// the rule can never hold.
    [[nodiscard]] std::vector<std::uint32_t> required(std::uint32_t root) const;

  private:
    [[nodiscard]] std::optional<double> estimate(std::uint32_t node, double uses) const;
    [[nodiscard]] std::uint32_t cheapest(const Node& all) const;
    void collect_required(std::uint32_t node, std::vector<std::uint32_t>& clauses) const;

    const CompiledRules& rules_;
    std::vector<double> costs_{};  // by node; below 0: it can never hold
};

}  // namespace newswatch::match
