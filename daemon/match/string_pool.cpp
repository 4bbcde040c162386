#include "match/string_pool.h"

#include <functional>

namespace newswatch::match {
namespace {

constexpr std::size_t kFewest = 64;  // slots; a power of two

std::size_t hash_of(std::string_view text) {
    return std::hash<std::string_view>{}(text);
}

}  // namespace

StringPool::StringPool() : slots_(kFewest) {
    slots_[hash_of({}) & (kFewest - 1)] = 1;
}

std::uint32_t StringPool::add(std::string_view text) {
    if (size() * 2 >= slots_.size()) grow();
    const std::size_t mask = slots_.size() - 1;
    std::size_t slot = hash_of(text) & mask;
    for (; slots_[slot] != 0; slot = (slot + 1) & mask) {
        if (at(slots_[slot] - 1) == text) return slots_[slot] - 1;
    }
    const auto number = static_cast<std::uint32_t>(size());
    bytes_ += text;
    begins_.push_back(static_cast<std::uint32_t>(bytes_.size()));
    slots_[slot] = number + 1;
    return number;
}

void StringPool::grow() {
    std::vector<std::uint32_t> wider(slots_.size() * 2);
    const std::size_t mask = wider.size() - 1;
    for (std::uint32_t number = 0; number < size(); ++number) {
        std::size_t slot = hash_of(at(number)) & mask;
        while (wider[slot] != 0)
            slot = (slot + 1) & mask;
        wider[slot] = number + 1;
    }
    slots_ = std::move(wider);
}

void StringPool::seal() {
    std::vector<std::uint32_t>{}.swap(slots_);
    bytes_.shrink_to_fit();
    begins_.shrink_to_fit();
}

std::size_t StringPool::memory() const {
    return bytes_.capacity() + (begins_.capacity() + slots_.capacity()) * sizeof(std::uint32_t);
}

}  // namespace newswatch::match
