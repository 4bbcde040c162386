#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "match/occurrence.h"
#include "match/phrase.h"
#include "match/rule_tree.h"
#include "model/analysed.h"

namespace newswatch::match {

/// Numbers seen in one article, each with a place. Forgetting them all costs nothing, however many numbers
/// there could be: a place counts only where the entry at it says so itself.
class SeenNumbers {
  public:
    void begin(std::size_t numbers) {
        if (places_.size() < numbers) places_.resize(numbers);
        seen_.clear();
    }
    [[nodiscard]] bool has(std::uint32_t number) const {
        const std::uint32_t place = places_[number];
        return place < seen_.size() && seen_[place] == number;
    }
    /// False where it was seen before.
    bool add(std::uint32_t number) {
        if (has(number)) return false;
        places_[number] = static_cast<std::uint32_t>(seen_.size());
        seen_.push_back(number);
        return true;
    }
    [[nodiscard]] std::uint32_t place_of(std::uint32_t number) const { return places_[number]; }
    [[nodiscard]] const std::vector<std::uint32_t>& all() const { return seen_; }

  private:
    std::vector<std::uint32_t> places_{};
    std::vector<std::uint32_t> seen_{};
};

/// Everything of a part of a WatchlistSet that occurs in one article, found in one pass over its words.
///
/// Borrows the part and the article. Each thread has one workspace, so at most one ArticleHits may live on a
/// thread at a time.
class ArticleHits {
  public:
    /// `regions` are those of the article, by field and position.
    ArticleHits(const CompiledRules& rules, const Analysed& article, std::span<const Occurrence> regions);

    [[nodiscard]] const Analysed& article() const { return article_; }
    [[nodiscard]] const CompiledRules& rules() const { return rules_; }

    /// In order of field and position.
    [[nodiscard]] std::vector<Occurrence> of_atom(std::uint32_t atom) const;
    [[nodiscard]] std::vector<Occurrence> of_regions(std::span<const std::uint16_t> regions) const;
    [[nodiscard]] bool has_atom(std::uint32_t atom) const { return workspace_.atoms.has(atom); }
    /// The same without a copy, in no order: true as soon as `visit` answers true.
    template <class Visit>
    bool any_of_atom(std::uint32_t atom, const Visit& visit) const {
        if (!has_atom(atom)) return false;
        const std::uint32_t first = workspace_.chains[workspace_.atoms.place_of(atom)].first;
        for (std::uint32_t link = first; link != kNone; link = workspace_.links[link].next) {
            if (visit(workspace_.links[link].occurrence)) return true;
        }
        return false;
    }
    [[nodiscard]] std::span<const Occurrence> regions() const { return regions_; }

    /// The clauses that may hold, each once, in no order.
    [[nodiscard]] const std::vector<std::uint32_t>& clauses();

    /// What is known of nodes, of lists of languages and of feeds, kept for the whole article.
    enum class Known : std::uint8_t { unknown, no, yes };
    [[nodiscard]] Known node(std::uint32_t number) const {
        return workspace_.nodes.has(number) ? workspace_.node_holds[workspace_.nodes.place_of(number)]
                                            : Known::unknown;
    }
    void set_node(std::uint32_t number, bool holds) const {
        workspace_.nodes.add(number);
        workspace_.node_holds.push_back(holds ? Known::yes : Known::no);
    }
    /// True where the article's language is one of that list of the rules.
    [[nodiscard]] bool speaks(std::uint32_t languages) const;

  private:
    struct Chain {
        std::uint32_t first{0};
        std::uint32_t last{0};
    };
    struct Link {
        Occurrence occurrence{};
        std::uint32_t next{kNone};
    };
    /// Kept from article to article, so that looking at one costs what it holds and not what the set holds.
    struct Workspace {
        SeenNumbers atoms{};
        std::vector<Chain> chains{};  ///< by place among the atoms
        std::vector<Link> links{};
        SeenNumbers nodes{};
        std::vector<Known> node_holds{};  ///< by place among the nodes
        SeenNumbers clauses{};
        SeenNumbers concepts{};
        std::vector<Known> languages{};
        FormsOfWord forms{};
    };

    static Workspace& workspace();
    void scan(std::uint32_t field_index);
    void try_trigger(std::uint32_t field_index, std::uint32_t word, const Trigger& trigger);
    void add(std::uint32_t atom, std::uint32_t field_index, std::uint32_t first, std::uint32_t last);
    [[nodiscard]] bool stood_before(std::uint32_t atom, std::uint32_t field_index, std::uint32_t first) const;

    const CompiledRules& rules_;
    const Analysed& article_;
    std::span<const Occurrence> regions_;
    Workspace& workspace_;
};

}  // namespace newswatch::match
