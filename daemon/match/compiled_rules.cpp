#include <algorithm>

#include "match/rule_tree.h"

namespace newswatch::match {

std::string CompiledRules::place_of(std::uint32_t watchlist, std::uint32_t ordinal) const {
    const CompiledWatchlist& compiled = watchlists[watchlist];
    return Place{.file = std::string{pool.at(compiled.file)}, .line = lines[compiled.lines + ordinal]}.rule();
}

WatchlistFacts CompiledRules::facts(std::uint32_t watchlist) const {
    const CompiledWatchlist& compiled = watchlists[watchlist];
    return {.id = pool.at(compiled.id),
            .name = pool.at(compiled.name),
            .rev = pool.at(compiled.rev),
            .file = pool.at(compiled.file),
            .line = compiled.line,
            .priority = compiled.priority,
            .updates = compiled.updates};
}

std::optional<std::uint32_t> CompiledRules::find(std::string_view id) const {
    const auto found =
        std::ranges::lower_bound(by_id, id, {}, [&](std::uint32_t number) { return id_of(number); });
    if (found == by_id.end() || id_of(*found) != id) return std::nullopt;
    return *found;
}

std::size_t CompiledRules::memory() const {
    const auto bytes = [](const auto& vector) { return vector.capacity() * sizeof(vector[0]); };
    return pool.memory() + bytes(nodes) + bytes(children) + bytes(watchlists) + bytes(lines) + bytes(by_id) +
           terms.memory() + bytes(triggers) + atoms_by_key.memory() + clauses_of_atom.memory() +
           clauses_of_region.memory() + concepts_of_atom.memory() + concepts_of_region.memory() +
           clauses_of_concept.memory() + clauses_of_regex.memory() + bytes(clause_nodes) + bytes(always) +
           postings.memory() + near_postings.memory() + counters.memory() + atom_has_words.size() / 8;
}

}  // namespace newswatch::match
