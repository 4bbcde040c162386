#include "match/packed_terms.h"

#include <algorithm>

namespace newswatch::match {

std::uint32_t PackedTerms::add(const text::TermWords& words, Comparison comparison) {
    for (const text::TermWord& word : words) {
        words_.push_back({.text = texts_.add(comparison == Comparison::exact ? word.written : word.folded),
                          .keys = add_keys(word.keys),
                          .script = word.script,
                          .run = word.run,
                          .prefix = word.prefix,
                          .stop = word.stop});
    }
    begins_.push_back(static_cast<std::uint32_t>(words_.size()));
    return static_cast<std::uint32_t>(size() - 1);
}

std::uint32_t PackedTerms::add_keys(const std::vector<std::uint64_t>& keys) {
    std::uint64_t hash = keys.size();
    for (const std::uint64_t key : keys)
        hash = (hash ^ key) * 0x9E3779B97F4A7C15U;
    const auto [known, is_new] = lists_.try_emplace(hash, static_cast<std::uint32_t>(key_begins_.size() - 1));
    const auto same = [&](std::uint32_t list) {
        const std::span before = std::span{keys_}.subspan(key_begins_[list]);
        return key_begins_[list + 1] - key_begins_[list] == keys.size() &&
               std::equal(keys.begin(), keys.end(), before.begin());
    };
    if (!is_new && same(known->second)) return known->second;
    keys_.insert(keys_.end(), keys.begin(), keys.end());
    key_begins_.push_back(static_cast<std::uint32_t>(keys_.size()));
    return static_cast<std::uint32_t>(key_begins_.size() - 2);
}

void PackedTerms::seal() {
    texts_.seal();
    std::unordered_map<std::uint64_t, std::uint32_t>{}.swap(lists_);
    words_.shrink_to_fit();
    begins_.shrink_to_fit();
    keys_.shrink_to_fit();
    key_begins_.shrink_to_fit();
}

std::size_t PackedTerms::memory() const {
    return texts_.memory() + words_.capacity() * sizeof(PackedWord) +
           (begins_.capacity() + key_begins_.capacity()) * sizeof(std::uint32_t) +
           keys_.capacity() * sizeof(std::uint64_t);
}

}  // namespace newswatch::match
