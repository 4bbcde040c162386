#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "match/string_pool.h"
#include "text/term.h"

namespace newswatch::match {

enum class Comparison : std::uint8_t {
    folded,  ///< by keys
    exact,   ///< by the exact form; TermWord::written holds the exact form of the term
};

/// One word of a term, ready to be compared.
struct PackedWord {
    std::uint32_t text{0};  ///< in the pool: folded, or the exact form
    std::uint32_t keys{0};  ///< which list of keys
    text::Script script{text::Script::none};
    bool run{false};     ///< of a script without spaces: `text` may span several words of the article
    bool prefix{false};  ///< `text` is the beginning of a word
    bool stop{false};    ///< the term itself has a full stop and a space behind this word
};

/// Terms of several words, prefixes and exact forms in a few flat arrays: a set may hold a million.
class PackedTerms {
  public:
    /// The number of the term, counted from 0.
    [[nodiscard]] std::uint32_t add(const text::TermWords& words, Comparison comparison);

    [[nodiscard]] std::span<const PackedWord> words(std::uint32_t term) const {
        return std::span{words_}.subspan(begins_[term], begins_[term + 1] - begins_[term]);
    }
    [[nodiscard]] std::string_view text(const PackedWord& word) const { return texts_.at(word.text); }
    [[nodiscard]] std::span<const std::uint64_t> keys(const PackedWord& word) const {
        return std::span{keys_}.subspan(key_begins_[word.keys],
                                        key_begins_[word.keys + 1] - key_begins_[word.keys]);
    }
    [[nodiscard]] std::size_t size() const { return begins_.size() - 1; }

    /// Gives back what only `add` needs; nothing may be added any more.
    void seal();
    [[nodiscard]] std::size_t memory() const;

  private:
    [[nodiscard]] std::uint32_t add_keys(const std::vector<std::uint64_t>& keys);

    StringPool texts_{};
    std::vector<PackedWord> words_{};
    std::vector<std::uint32_t> begins_{0};  // by term, into words_
    std::vector<std::uint64_t> keys_{};
    std::vector<std::uint32_t> key_begins_{0};
    std::unordered_map<std::uint64_t, std::uint32_t> lists_{};  // a hash of the keys → the list; until sealed
};

}  // namespace newswatch::match
