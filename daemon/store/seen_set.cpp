#include "store/seen_set.h"

#include <cstring>
#include <random>
#include <utility>

namespace newswatch::store {

namespace {

constexpr std::size_t kSmallest = 1024;

std::uint64_t odd_secret() {
    std::random_device device;
    return (std::uint64_t{device()} << 32 | device()) | 1;
}

}  // namespace

SeenSet::SeenSet() : places_(kSmallest), secret_{odd_secret()} {}

std::size_t SeenSet::place_of(const Hash128& hash) const {
    std::uint64_t low = 0;
    std::memcpy(&low, hash.bytes.data(), sizeof low);
    // A multiplication moves the entropy to the upper half; the array never has 2^32 places.
    std::size_t place = static_cast<std::size_t>((low * secret_) >> 32) & (places_.size() - 1);
    while (!places_[place].empty() && places_[place] != hash)
        place = (place + 1) & (places_.size() - 1);
    return place;
}

bool SeenSet::contains(const Hash128& hash) const {
    return !places_[place_of(hash)].empty();
}

void SeenSet::insert(const Hash128& hash) {
    if (hash.empty()) return;
    Hash128& place = places_[place_of(hash)];
    if (!place.empty()) return;
    place = hash;
    ++size_;
    if (size_ * 8 > places_.size() * 5) grow();
}

void SeenSet::grow() {
    std::vector<Hash128> old(places_.size() * 2);
    std::swap(old, places_);
    for (const Hash128& hash : old) {
        if (!hash.empty()) places_[place_of(hash)] = hash;
    }
}

Hash128 revision_hash(const ArticleKeys& keys) {
    // Both are uniform already; turning one of them keeps (a, b) and (b, a) apart.
    Hash128 mixed;
    for (std::size_t i = 0; i < mixed.bytes.size(); ++i) {
        mixed.bytes[i] =
            static_cast<std::uint8_t>(keys.id.bytes[i] ^ keys.revision.bytes[(i + 5) % 16] ^ 0xA5U);
    }
    return mixed;
}

std::vector<Hash128> hashes_of(const ArticleKeys& keys) {
    std::vector<Hash128> hashes{keys.id, revision_hash(keys)};
    if (!keys.fingerprint.empty()) hashes.push_back(keys.fingerprint);
    if (!keys.across_feeds.empty()) hashes.push_back(keys.across_feeds);
    return hashes;
}

}  // namespace newswatch::store
