#include "match/node_table.h"

#include <algorithm>

namespace newswatch::match {

std::uint64_t NodeTable::hash_of(const Node& node, std::span<const std::uint32_t> children) {
    std::uint64_t hash = 0;
    const auto mix = [&](std::uint64_t value) {
        hash = (hash ^ value) * 0x9E3779B97F4A7C15U;
        hash ^= hash >> 29U;
    };
    mix(static_cast<std::uint64_t>(node.kind) | std::uint64_t{node.fields} << 8U |
        std::uint64_t{node.words} << 16U);
    mix((children.empty() ? node.subject : 0) | std::uint64_t{node.text} << 32U);
    mix(node.languages | std::uint64_t{node.at_least} << 32U);
    mix(node.size);
    for (const std::uint32_t child : children)
        mix(child);
    return hash;
}

bool NodeTable::is(std::uint32_t number, Node node, std::span<const std::uint32_t> children) const {
    const Node& known = rules_.nodes[number];
    if (!children.empty()) node.subject = known.subject;
    return known == node && std::ranges::equal(rules_.children_of(known), children);
}

std::uint32_t NodeTable::add(Node node, std::span<const std::uint32_t> children) {
    if (rules_.nodes.size() * 2 >= slots_.size()) grow();
    node.child_count = static_cast<std::uint32_t>(children.size());
    const std::size_t mask = slots_.size() - 1;
    std::size_t slot = hash_of(node, children) & mask;
    for (; slots_[slot] != 0; slot = (slot + 1) & mask) {
        const std::uint32_t number = slots_[slot] - 1;
        if (!is(number, node, children)) continue;
        ++uses_[number];
        return number;
    }
    if (!children.empty()) node.subject = static_cast<std::uint32_t>(rules_.children.size());
    rules_.children.insert(rules_.children.end(), children.begin(), children.end());
    rules_.nodes.push_back(node);
    uses_.push_back(1);
    slots_[slot] = static_cast<std::uint32_t>(rules_.nodes.size());
    return slots_[slot] - 1;
}

void NodeTable::grow() {
    std::vector<std::uint32_t> wider(slots_.size() * 2);
    const std::size_t mask = wider.size() - 1;
    for (std::uint32_t number = 0; number < rules_.nodes.size(); ++number) {
        const Node& node = rules_.nodes[number];
        std::size_t slot = hash_of(node, rules_.children_of(node)) & mask;
        while (wider[slot] != 0)
            slot = (slot + 1) & mask;
        wider[slot] = number + 1;
    }
    slots_ = std::move(wider);
}

}  // namespace newswatch::match
