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
/// Ten million hashes take 256 MiB. Not synchronised: its owner guards it. It is built anew from the log
/// `seen` at each start.
class SeenSet {
  public:
    SeenSet();

    [[nodiscard]] bool contains(const Hash128& hash) const;
    /// The empty hash is not stored.
    void insert(const Hash128& hash);
    /// The array keeps its size: as many will come again.
    void erase(const Hash128& hash);
    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] std::size_t bytes() const { return places_.size() * sizeof(Hash128); }

  private:
    [[nodiscard]] std::size_t home_of(const Hash128& hash) const;
    [[nodiscard]] std::size_t place_of(const Hash128& hash) const;
    void grow();

    std::vector<Hash128> places_;  ///< a power of two; an empty hash is a free place
    std::size_t size_{0};
    std::uint64_t secret_;  ///< an odd number of this process: publishers cannot choose who collides
};

/// `id` with `revision`: the fact "this id with this text" is a hash of its own, so that one look-up tells a
/// revision from a repetition.
[[nodiscard]] Hash128 revision_hash(const ArticleKeys& keys);

/// `id` as another name of an article whose home is another feed: what becomes of it is told there.
[[nodiscard]] Hash128 shadow_hash(const Hash128& id);
/// The first half of the shadow of the id whose first half this is.
[[nodiscard]] std::uint64_t shadow_half(std::uint64_t id_half);

/// What the log remembers of a new article: its id, the id with its text, and its text under its address, in
/// this feed and in all.
[[nodiscard]] std::vector<Hash128> hashes_of(const ArticleKeys& keys);
/// The same of a revision. Its id is in the log already, and no hash is there twice.
[[nodiscard]] std::vector<Hash128> revision_hashes_of(const ArticleKeys& keys);

/// Whether the text under this address was seen, in this feed or in another one.
template <class Known>
[[nodiscard]] bool text_known(const ArticleKeys& keys, const Known& known) {
    return (!keys.fingerprint.empty() && known(keys.fingerprint)) ||
           (!keys.across_feeds.empty() && known(keys.across_feeds));
}

/// What the sets together say of an article (DESIGN.md §4). `known` is asked with one hash at a time.
template <class Known>
[[nodiscard]] Novelty novelty_of(const ArticleKeys& keys, const Known& known) {
    if (known(keys.id)) {
        if (known(revision_hash(keys)) || text_known(keys, known)) return Novelty::known;
        return Novelty::revised;
    }
    return known(shadow_hash(keys.id)) || text_known(keys, known) ? Novelty::known : Novelty::fresh;
}

}  // namespace newswatch::store
