#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "article_page/page.h"
#include "article_page/wording.h"

/// A page as people see it: one block of text under the other. Pure.
namespace newswatch::article_page {

/// A run of text without a line of its own inside; single `<br>` are line feeds.
struct Block {
    NodeIndex container{kNobody};  ///< the innermost element that breaks lines
    NodeIndex first{kNobody};      ///< its first and last piece of text
    NodeIndex last{kNobody};
    std::string text{};
    std::string folded{};   ///< the first words, folded, for comparing
    std::size_t weight{0};  ///< see characters.h
    std::size_t link_weight{0};
    GumboTag tag{GUMBO_TAG_UNKNOWN};  ///< of the innermost p, heading, li, blockquote, pre, td, figcaption …
    NodeIndex list{kNobody};          ///< the outermost list around it
    NodeIndex table{kNobody};         ///< the innermost table around it
    bool bold{false};                 ///< all of it
    PhraseFound phrase{};

    [[nodiscard]] bool sentence() const;  ///< reads like prose and not like a label
    [[nodiscard]] double link_share() const {
        return weight == 0 ? 0 : static_cast<double>(link_weight) / static_cast<double>(weight);
    }
};

/// Why a part of the page was left out before anything was weighed.
struct Omission {
    NodeIndex node{kNobody};
    std::string reason{};
};

/// The names of all elements, read once.
class Outline {
  public:
    explicit Outline(const Page& page);

    [[nodiscard]] const Page& page() const { return page_; }
    [[nodiscard]] const NameHints& hints(NodeIndex at) const { return hints_[static_cast<std::size_t>(at)]; }
    [[nodiscard]] const std::vector<Block>& blocks() const { return blocks_; }
    [[nodiscard]] const std::vector<Omission>& omissions() const { return omissions_; }
    /// The blocks under a node: [first, second).
    [[nodiscard]] std::pair<std::size_t, std::size_t> blocks_under(NodeIndex at) const;

  private:
    void read_names();
    void weigh();
    void omit();
    [[nodiscard]] std::string objection(NodeIndex at) const;
    void collect();
    void finish(Block& block);

    const Page& page_;
    std::vector<NameHints> hints_{};
    std::vector<std::size_t> prose_before_{};  ///< weight of the text in paragraphs before each node
    std::vector<std::size_t> weight_before_{};
    std::vector<bool> omitted_{};
    std::vector<Omission> omissions_{};
    std::vector<Block> blocks_{};
};

}  // namespace newswatch::article_page
