#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "match/rule_tree.h"

namespace newswatch::match {

/// The nodes of a set while it is compiled: what is written twice becomes one node.
class NodeTable {
  public:
    explicit NodeTable(CompiledRules& rules) : rules_{rules}, slots_(1024) {}

    /// The number of this node. Children come before their parents.
    [[nodiscard]] std::uint32_t add(Node node, std::span<const std::uint32_t> children);
    /// How often each node was added.
    [[nodiscard]] const std::vector<std::uint32_t>& uses() const { return uses_; }

  private:
    [[nodiscard]] static std::uint64_t hash_of(const Node& node, std::span<const std::uint32_t> children);
    [[nodiscard]] bool is(std::uint32_t number, Node node, std::span<const std::uint32_t> children) const;
    void grow();

    CompiledRules& rules_;
    std::vector<std::uint32_t> slots_;  // open addressing: number + 1; 0: free
    std::vector<std::uint32_t> uses_{};
};

}  // namespace newswatch::match
