#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "match/occurrence.h"
#include "match/rule_tree.h"
#include "model/analysed.h"

namespace newswatch::match {

/// Everything of a WatchlistSet that occurs in one article, found in one pass over its words.
///
/// Borrows the set and the article. Each thread has one workspace, so at most one ArticleHits may live on a
/// thread at a time.
class ArticleHits {
  public:
    ArticleHits(const WatchlistSet::Compiled& set, const Analysed& article);

    [[nodiscard]] const Analysed& article() const { return article_; }
    [[nodiscard]] const WatchlistSet::Compiled& set() const { return set_; }

    /// In order of field and position.
    [[nodiscard]] std::vector<Occurrence> of_atom(std::uint32_t atom) const;
    [[nodiscard]] std::vector<Occurrence> of_regions(std::span<const std::uint16_t> regions) const;
    [[nodiscard]] bool has_atom(std::uint32_t atom) const;

    /// The watchlists that may hold, each once, in no order.
    [[nodiscard]] std::vector<std::uint32_t> candidates() const;

  private:
    struct Chain {
        std::uint32_t article{0};  ///< which article it was written for
        std::uint32_t first{0};
        std::uint32_t last{0};
    };
    struct Link {
        Occurrence occurrence{};
        std::uint32_t next{kNone};
    };
    struct Workspace;

    static Workspace& workspace();
    void scan(std::uint32_t field_index);
    void try_trigger(std::uint32_t field_index, std::uint32_t word, const Trigger& trigger);

    const WatchlistSet::Compiled& set_;
    const Analysed& article_;
    Workspace& workspace_;
    std::vector<Occurrence> regions_{};
};

}  // namespace newswatch::match
