#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/hash.h"
#include "model/article.h"
#include "model/harvest.h"

namespace newswatch::store {

/// A set of 128-bit hashes in one flat array: 16 bytes a place, at most 5/8 of them taken.
///
/// Ten million hashes take 256 MiB. Not synchronised: its owner guards it. Nothing is ever taken out;
/// it is built anew from the log `seen` at each start.
class SeenSet {
  public:
    SeenSet();

    [[nodiscard]] bool contains(const Hash128& hash) const;
    /// The empty hash is not stored.
    void insert(const Hash128& hash);
    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] std::size_t bytes() const { return places_.size() * sizeof(Hash128); }

  private:
    [[nodiscard]] std::size_t place_of(const Hash128& hash) const;
    void grow();

    std::vector<Hash128> places_;  ///< a power of two; an empty hash is a free place
    std::size_t size_{0};
    std::uint64_t secret_;  ///< an odd number of this process: publishers cannot choose who collides
};

/// The hashes under which an article is known again, each at most once, in the order of the log.
///
/// The fact "this id with this text" is a hash of its own, so that one look-up tells a revision from a
/// repetition.
[[nodiscard]] std::vector<Hash128> hashes_of(const ArticleKeys& keys);

/// What the sets together say of an article (DESIGN.md §4). `known` is asked with one hash at a time.
template <class Known>
[[nodiscard]] Novelty novelty_of(const ArticleKeys& keys, const Known& known);

/// `id` with `revision`.
[[nodiscard]] Hash128 revision_hash(const ArticleKeys& keys);

template <class Known>
Novelty novelty_of(const ArticleKeys& keys, const Known& known) {
    if (known(keys.id)) return known(revision_hash(keys)) ? Novelty::known : Novelty::revised;
    if (!keys.fingerprint.empty() && known(keys.fingerprint)) return Novelty::known;
    if (!keys.across_feeds.empty() && known(keys.across_feeds)) return Novelty::known;
    return Novelty::fresh;
}

}  // namespace newswatch::store
