#include "match/key_index.h"

#include <algorithm>
#include <bit>

namespace newswatch::match {

KeyIndex::KeyIndex(std::vector<Entry> entries) {
    std::ranges::sort(entries);
    entries.erase(std::unique(entries.begin(), entries.end()), entries.end());
    if (entries.empty()) return;

    const std::size_t slots = std::bit_ceil(entries.size() * 2);
    const std::size_t bits = std::max<std::size_t>(64, std::bit_ceil(entries.size() * 8));
    slots_.resize(slots);
    filter_.resize(bits / 64);
    filter_mask_ = bits - 1;
    numbers_.reserve(entries.size());
    for (std::size_t i = 0; i < entries.size();) {
        const std::uint64_t key = entries[i].first;
        Slot slot{.key = key, .begin = static_cast<std::uint32_t>(numbers_.size())};
        for (; i < entries.size() && entries[i].first == key; ++i)
            numbers_.push_back(entries[i].second);
        slot.count = static_cast<std::uint32_t>(numbers_.size()) - slot.begin;
        std::size_t at = (key >> 3U) & (slots - 1);
        while (slots_[at].count != 0)
            at = (at + 1) & (slots - 1);
        slots_[at] = slot;
        const std::uint64_t spread = (key >> 3U);
        filter_[(spread & filter_mask_) >> 6U] |= std::uint64_t{1} << (spread & 63U);
    }
}

std::span<const std::uint32_t> KeyIndex::look_up(std::uint64_t key) const {
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t at = (key >> 3U) & mask; slots_[at].count != 0; at = (at + 1) & mask) {
        if (slots_[at].key == key) return std::span{numbers_}.subspan(slots_[at].begin, slots_[at].count);
    }
    return {};
}

}  // namespace newswatch::match
