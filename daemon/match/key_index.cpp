#include "match/key_index.h"

#include <stdexcept>

namespace newswatch::match {

KeyIndex::KeyIndex(std::span<const Entry> entries) {
    if (entries.empty()) return;
    constexpr std::size_t kKeysPerFilterWord = 6;  // some ten bits a key
    filter_.resize(entries.size() / kKeysPerFilterWord + 1);
    std::size_t distinct = 1;  // nearly: a key that the filter seems to know is not counted
    for (const auto& [key, number] : entries) {
        if (number >= kMostNumbers) throw std::length_error{"a set of watchlists has too many terms"};
        kinds_ |= 1U << (key & 7U);
        std::uint64_t& word = filter_[place(key, filter_.size())];
        const std::uint64_t bits = filter_bits(key);
        distinct += (word & bits) == bits ? 0U : 1U;
        word |= bits;
    }
    for (std::size_t slots = distinct + distinct / 6 + 16; !fill(entries, slots);)
        slots += slots / 4;
}

bool KeyIndex::fill(std::span<const Entry> entries, std::size_t slots) {
    slots_.assign(slots, kNothing);
    more_.clear();
    const std::size_t most = slots - slots / 10;  // fuller than that, and looking up begins to walk
    std::size_t used = 0;
    for (const auto& [key, number] : entries) {
        std::size_t at = place(key, slots);
        const std::uint64_t wanted = tag(key);
        while ((slots_[at] & kNothing) != kNothing && (slots_[at] & ~std::uint64_t{kNothing}) != wanted)
            at = at + 1 == slots ? 0 : at + 1;
        const auto known = static_cast<std::uint32_t>(slots_[at] & kNothing);
        if (known == kNothing && ++used > most) return false;
        slots_[at] = wanted | (known == kNothing ? number : add_more(known, number));
    }
    more_.shrink_to_fit();
    return true;
}

/// The newest stands first.
std::uint32_t KeyIndex::add_more(std::uint32_t known, std::uint32_t number) {
    if (more_.size() >= kMostNumbers - 1) throw std::length_error{"a set of watchlists has too many terms"};
    more_.push_back({.number = number, .next = known});
    return kMany | static_cast<std::uint32_t>(more_.size() - 1);
}

std::uint32_t KeyIndex::look_up(std::uint64_t key) const {
    const std::uint64_t wanted = tag(key);
    for (std::size_t at = place(key, slots_.size());; at = at + 1 == slots_.size() ? 0 : at + 1) {
        const auto number = static_cast<std::uint32_t>(slots_[at] & kNothing);
        if (number == kNothing || (slots_[at] & ~std::uint64_t{kNothing}) == wanted) return number;
    }
}

std::size_t KeyIndex::memory() const {
    return (filter_.capacity() + slots_.capacity()) * sizeof(std::uint64_t) + more_.capacity() * sizeof(More);
}

}  // namespace newswatch::match
