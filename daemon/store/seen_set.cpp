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

std::size_t SeenSet::home_of(const Hash128& hash) const {
    std::uint64_t low = 0;
    std::memcpy(&low, hash.bytes.data(), sizeof low);
    // A multiplication moves the entropy to the upper half; the array never has 2^32 places.
    return static_cast<std::size_t>((low * secret_) >> 32) & (places_.size() - 1);
}

std::size_t SeenSet::place_of(const Hash128& hash) const {
    std::size_t place = home_of(hash);
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

void SeenSet::erase(const Hash128& hash) {
    std::size_t hole = place_of(hash);
    if (hash.empty() || places_[hole].empty()) return;
    --size_;
    const std::size_t mask = places_.size() - 1;
    // What was pushed along by the one that goes moves back, so that no search ends early at the hole (Knuth,
    // TAOCP vol. 3, §6.4, algorithm R).
    for (std::size_t at = (hole + 1) & mask; !places_[at].empty(); at = (at + 1) & mask) {
        const std::size_t way = (at - home_of(places_[at])) & mask;
        if (way < ((at - hole) & mask)) continue;
        places_[hole] = places_[at];
        hole = at;
    }
    places_[hole] = Hash128{};
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

Hash128 shadow_hash(const Hash128& id) {
    Hash128 shadow;
    for (std::size_t i = 0; i < shadow.bytes.size(); ++i)
        shadow.bytes[i] = static_cast<std::uint8_t>(id.bytes[i] ^ 0x3CU);
    return shadow;
}

std::uint64_t shadow_half(std::uint64_t id_half) {
    return id_half ^ 0x3C3C3C3C3C3C3C3CU;
}

std::vector<Hash128> revision_hashes_of(const ArticleKeys& keys) {
    std::vector<Hash128> hashes{revision_hash(keys)};
    if (!keys.fingerprint.empty()) hashes.push_back(keys.fingerprint);
    if (!keys.across_feeds.empty()) hashes.push_back(keys.across_feeds);
    return hashes;
}

std::vector<Hash128> hashes_of(const ArticleKeys& keys) {
    std::vector<Hash128> hashes = revision_hashes_of(keys);
    hashes.insert(hashes.begin(), keys.id);
    return hashes;
}

}  // namespace newswatch::store
