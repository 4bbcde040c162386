#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "match/key_index.h"
#include "match/matcher.h"
#include "match/packed_terms.h"
#include "match/regex_filter.h"
#include "match/regions.h"
#include "match/statistics.h"
#include "match/string_pool.h"
#include "model/analysed.h"
#include "model/watchlist.h"

/// Watchlists, compiled. Everything that two watchlists share is there once and evaluated once an article:
/// terms, clauses, whole rules, concepts. Flat arrays and numbers instead of trees and strings, because there
/// may be a million. Immutable once built.
namespace newswatch::match {

/// A bit for each FieldName, and one for the lead.
using FieldMask = std::uint8_t;
[[nodiscard]] constexpr FieldMask field_bit(FieldName name) {
    return static_cast<FieldMask>(1U << static_cast<unsigned>(name));
}
inline constexpr FieldMask kLeadBit = 1U << 7U;
[[nodiscard]] FieldMask field_mask(const FieldSet& fields);

inline constexpr std::uint32_t kNone = 0xFFFFFFFF;

/// One node of a rule, compiled. Two nodes that mean the same are one node.
struct Node {
    RuleKind kind{RuleKind::everything};  ///< `terms` has become any_of
    FieldMask fields{0};                  ///< where it looks, what stands above it included
    bool has_within{false};
    bool ordered{false};
    Within::Unit unit{Within::Unit::words};
    std::uint32_t words{0};     ///< of `within: n words`; of a leaf the list of atoms that mask it, 0: none
    std::uint32_t at_least{1};  ///< different children of any_of, occurrences of a leaf
    std::uint32_t subject{
        0};                 ///< a leaf: an atom, or into the lists of regexes, regions; others: first child
    std::uint32_t text{0};  ///< as written, in the pool; a concept: its number
    std::uint32_t languages{0};  ///< a list of languages, one of which is the article's; 0: any
    std::uint32_t child_count{0};
    std::uint32_t size{1};  ///< how many nodes were written, this one included; a concept is one

    bool operator==(const Node&) const = default;
    [[nodiscard]] std::uint32_t except() const { return words; }
    [[nodiscard]] Within within() const { return {.unit = unit, .words = words, .ordered = ordered}; }
};

/// The word of an atom that points to it.
struct Trigger {
    std::uint32_t atom{0};
    std::uint32_t term{0};    ///< into CompiledRules::terms
    std::uint16_t offset{0};  ///< words before it in the term
    Comparison comparison{Comparison::folded};
};

/// Lists of numbers, one for each of a row of numbers.
template <class T>
class Lists {
  public:
    Lists() = default;
    /// `pairs` are (list, entry); a list keeps their order.
    Lists(std::size_t lists, const std::vector<std::pair<std::uint32_t, T>>& pairs) : begins_(lists + 1) {
        for (const auto& [list, entry] : pairs)
            ++begins_[list + 1];
        for (std::size_t i = 1; i < begins_.size(); ++i)
            begins_[i] += begins_[i - 1];
        entries_.resize(pairs.size());
        std::vector<std::uint32_t> next{begins_.begin(), begins_.end() - 1};
        for (const auto& [list, entry] : pairs)
            entries_[next[list]++] = entry;
    }
    [[nodiscard]] std::span<const T> of(std::uint32_t list) const {
        return std::span{entries_}.subspan(begins_[list], begins_[list + 1] - begins_[list]);
    }
    [[nodiscard]] std::size_t memory() const {
        return begins_.capacity() * sizeof(std::uint32_t) + entries_.capacity() * sizeof(T);
    }

  private:
    std::vector<std::uint32_t> begins_{0};
    std::vector<T> entries_{};
};

/// A watchlist below the clause that it is filed under.
struct Posting {
    std::uint32_t watchlist{0};
    std::uint32_t second{kNone};  ///< a further clause that must hold; kNone: there is none
};

struct CompiledWatchlist {
    std::uint32_t root{0};   ///< node
    std::uint32_t lines{0};  ///< into CompiledRules::lines: the line of each of its nodes, from the root on
    std::uint32_t languages{0};   ///< as in Node
    std::uint32_t feeds{0};       ///< a list of feeds it is limited to; 0: any
    std::uint32_t clause{kNone};  ///< that it is filed under; kNone: it can never match
    std::uint32_t id{0};          ///< in the pool, as the following
    std::uint32_t name{0};
    std::uint32_t rev{0};
    std::uint32_t file{0};
    std::uint32_t line{0};
    Priority priority{Priority::normal};
    bool updates{false};
};

/// One part of a WatchlistSet, compiled at one time.
struct CompiledRules {
    std::shared_ptr<const Regions> regions{};
    StringPool pool{};
    std::vector<Node> nodes{};
    std::vector<std::uint32_t> children{};  ///< of all nodes
    std::vector<std::vector<std::uint32_t>> excepts{};
    std::vector<std::vector<std::string>> languages{};
    std::vector<std::vector<std::string>> feeds{};
    std::vector<std::vector<std::string>> region_codes{};   ///< as in the rule: regions and groups
    std::vector<std::vector<std::uint16_t>> region_sets{};  ///< the same with all members, sorted
    std::vector<std::uint32_t> concept_names{};             ///< for people, in the pool; by concept
    std::vector<CompiledWatchlist> watchlists{};
    std::vector<std::uint32_t> lines{};
    std::vector<std::uint32_t> by_id{};  ///< watchlists in order of id

    // From the words of an article to what may hold in it.
    std::vector<bool> atom_has_words{};  ///< false: the term has no word, and never occurs
    PackedTerms terms{};                 ///< those of which one key does not say all
    std::vector<Trigger> triggers{};
    KeyIndex atoms_by_key{};  ///< an atom, or behind the last atom a trigger
    Lists<std::uint32_t> clauses_of_atom{};
    Lists<std::uint32_t> clauses_of_region{};
    Lists<std::uint32_t> concepts_of_atom{};  ///< nodes of kind concept that an atom makes possible
    Lists<std::uint32_t> concepts_of_region{};
    Lists<std::uint32_t> clauses_of_concept{};  ///< by place in `concept_nodes`
    std::vector<std::uint32_t> concept_nodes{};
    std::vector<std::uint32_t> always{};  ///< clauses that every article must be tried on
    RegexFilter regexes{};
    Lists<std::uint32_t> clauses_of_regex{};

    std::vector<std::uint32_t> clause_nodes{};
    Lists<Posting> postings{};       ///< by clause
    Lists<Posting> near_postings{};  ///< by clause: watchlists whose second rarest clause it is
    bool uses_regions{false};
    mutable Counters counters{};

    [[nodiscard]] std::span<const std::uint32_t> children_of(const Node& node) const {
        // A leaf has no children, and its `subject` is no place in them.
        return node.child_count == 0 ? std::span<const std::uint32_t>{}
                                     : std::span{children}.subspan(node.subject, node.child_count);
    }
    [[nodiscard]] std::string_view id_of(std::uint32_t watchlist) const {
        return pool.at(watchlists[watchlist].id);
    }
    /// FILE:LINE of a node of a watchlist; `ordinal` counts its nodes as they were written, the root is 0.
    [[nodiscard]] std::string place_of(std::uint32_t watchlist, std::uint32_t ordinal) const;
    [[nodiscard]] WatchlistFacts facts(std::uint32_t watchlist) const;
    [[nodiscard]] std::optional<std::uint32_t> find(std::string_view id) const;
    [[nodiscard]] std::size_t memory() const;
};

}  // namespace newswatch::match
