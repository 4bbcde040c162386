#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "match/key_index.h"
#include "match/matcher.h"
#include "match/phrase.h"
#include "match/regions.h"
#include "model/analysed.h"
#include "model/watchlist.h"
#include "text/term.h"

namespace re2 {
class RE2;
}

/// A WatchlistSet, compiled. Immutable once built.
namespace newswatch::match {

/// A bit for each FieldName, and one for the lead.
using FieldMask = std::uint8_t;
[[nodiscard]] constexpr FieldMask field_bit(FieldName name) {
    return static_cast<FieldMask>(1U << static_cast<unsigned>(name));
}
inline constexpr FieldMask kLeadBit = 1U << 7U;
[[nodiscard]] FieldMask field_mask(const FieldSet& fields);

inline constexpr std::uint32_t kNone = 0xFFFFFFFF;

/// A term, phrase, prefix or exact form that rules share: written twice, it is looked for once.
struct Atom {
    std::vector<text::TermWords> spellings{};
    Comparison comparison{Comparison::folded};
};

/// One node of a rule, compiled.
struct Node {
    RuleKind kind{RuleKind::everything};  ///< `terms` has become any_of
    const Rule* rule{nullptr};            ///< lives in WatchlistSet::watchlists() or a concept
    std::uint32_t atom{kNone};            ///< of term and exact
    std::uint32_t group{kNone};           ///< of concept: into Compiled::concepts
    std::shared_ptr<const re2::RE2> regex{};
    std::vector<std::uint16_t> regions{};
    std::vector<Node> children{};
    std::vector<std::string> languages{};  ///< the article's language is one of these; empty: any
    std::vector<std::uint32_t> except{};   ///< atoms that mask occurrences
    std::optional<FieldMask> fields{};     ///< empty: as the node above
    unsigned at_least{1};
};

/// A concept, compiled once and shared.
struct ConceptGroup {
    std::string name{};  ///< for people
    std::shared_ptr<const std::vector<Rule>> rules{};
    Node any_of{};
};

struct CompiledWatchlist {
    Node root{};
    bool can_match{true};  ///< false where nothing positive stands in it
};

/// Where a watchlist is filed: an article that has none of these cannot meet it.
struct Filing {
    std::vector<std::uint32_t> atoms{};
    std::vector<std::uint16_t> regions{};
    std::vector<std::uint32_t> groups{};
    bool always{false};
    double cost{0};  ///< how often it will be looked at in vain, in no particular unit
};

/// Lists of watchlists, one for each number.
class Postings {
  public:
    Postings() = default;
    Postings(std::size_t numbers, std::vector<std::pair<std::uint32_t, std::uint32_t>> number_and_watchlist);
    [[nodiscard]] std::span<const std::uint32_t> of(std::uint32_t number) const {
        return std::span{watchlists_}.subspan(begins_[number], begins_[number + 1] - begins_[number]);
    }

  private:
    std::vector<std::uint32_t> begins_{0};
    std::vector<std::uint32_t> watchlists_{};
};

/// The word of an atom that points to it.
struct Trigger {
    std::uint32_t atom{0};
    std::uint16_t spelling{0};
    std::uint16_t offset{0};  ///< words before it in the term
    bool whole{false};        ///< the term is this one word, so the key says it all
};

struct WatchlistSet::Compiled {
    std::shared_ptr<const Regions> regions{};
    std::vector<Atom> atoms{};
    std::vector<ConceptGroup> concepts{};
    std::vector<CompiledWatchlist> watchlists{};  ///< same order as WatchlistSet::watchlists()

    std::vector<Trigger> triggers{};
    KeyIndex triggers_by_key{};
    Postings by_atom{};
    Postings by_region{};
    std::vector<std::vector<std::uint32_t>> groups_of_atom{};    ///< concepts that an atom belongs to
    std::vector<std::vector<std::uint32_t>> groups_of_region{};  ///< and a region
    Postings by_group{};
    std::vector<std::uint32_t> always{};  ///< watchlists that every article must be tried on
    bool uses_regions{false};
};

}  // namespace newswatch::match
