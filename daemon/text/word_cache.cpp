#include "text/word_cache.h"

#include <bit>
#include <cstring>
#include <utility>

namespace newswatch::text {
namespace {

constexpr std::uint64_t kHashMultiplier = 0x9E3779B97F4A7C15U;

template <class Integer>
std::uint64_t load(const char* from) {
    Integer value;
    std::memcpy(&value, from, sizeof value);
    return value;
}

/// memcmp for sizes so small that the call would cost more than they do.
bool are_same(const char* a, const char* b, std::size_t size) {
    if (size < 4) {
        return a[0] == b[0] && a[size / 2] == b[size / 2] && a[size - 1] == b[size - 1];
    }
    if (size < 8) {
        return load<std::uint32_t>(a) == load<std::uint32_t>(b) &&
               load<std::uint32_t>(a + size - 4) == load<std::uint32_t>(b + size - 4);
    }
    for (std::size_t i = 0; i + 8 < size; i += 8) {
        if (load<std::uint64_t>(a + i) != load<std::uint64_t>(b + i)) return false;
    }
    return load<std::uint64_t>(a + size - 8) == load<std::uint64_t>(b + size - 8);
}

}  // namespace

std::uint64_t WordCache::hash(std::string_view written, std::uint64_t seed) {
    const char* at = written.data();
    std::size_t left = written.size();
    std::uint64_t hash = seed ^ (left * kHashMultiplier);
    const auto add = [&](std::uint64_t piece) {
        hash = (hash ^ piece) * kHashMultiplier;
        hash ^= hash >> 29U;
    };
    for (; left > 8; at += 8, left -= 8)
        add(load<std::uint64_t>(at));
    // The rest by two loads that may overlap.
    if (left >= 4) {
        add(load<std::uint32_t>(at) | load<std::uint32_t>(at + left - 4) << 32U);
    } else if (left > 0) {
        const auto byte = [&](std::size_t i) { return std::uint64_t{static_cast<unsigned char>(at[i])}; };
        add(byte(0) | byte(left / 2) << 8U | byte(left - 1) << 16U);
    }
    return hash ^ hash >> 32U;
}

const std::uint64_t* WordCache::Generation::find(std::string_view written, std::uint64_t hash) const {
    if (slots.empty()) return nullptr;
    for (std::size_t step = 0; step < kSteps; ++step) {
        const Slot& slot = slots[(hash + step) % kSlots];
        if (slot.place == 0) return nullptr;
        if (slot.hash != hash >> 32U) continue;
        const std::uint64_t* place = room.data() + slot.place;
        const auto head = std::bit_cast<Head>(*place);
        // The hash alone would do for chance, but not for somebody who wants to hide a word behind another.
        const char* kept = reinterpret_cast<const char*>(place + 1 + head.keys);
        if (head.same == 0) kept += head.folded;
        if (head.written == written.size() && are_same(kept, written.data(), written.size())) return place;
    }
    return nullptr;
}

bool WordCache::Generation::has_room_for(std::string_view written, const Made& made) const {
    const std::size_t most = 2 + made.keys.size() + (made.folded.size() + written.size()) / 8;
    return words < kWords && room.size() + most <= kRoom;
}

void WordCache::Generation::keep(std::string_view written, std::uint64_t hash, const Made& made) {
    if (slots.empty()) clear();
    std::size_t step = 0;
    while (step < kSteps && slots[(hash + step) % kSlots].place != 0)
        ++step;
    if (step == kSteps) step = 0;
    const std::size_t place = room.size();
    const Head head{.keys = static_cast<std::uint16_t>(made.keys.size()),
                    .folded = static_cast<std::uint16_t>(made.folded.size()),
                    .written = static_cast<std::uint16_t>(written.size()),
                    .same = made.folded == written ? std::uint16_t{1} : std::uint16_t{0}};
    const std::size_t letters = made.folded.size() + (head.same != 0 ? 0 : written.size());
    room.resize(place + 1 + made.keys.size() + (letters + 7) / 8);
    room[place] = std::bit_cast<std::uint64_t>(head);
    std::memcpy(room.data() + place + 1, made.keys.data(), made.keys.size_bytes());
    char* bytes = reinterpret_cast<char*>(room.data() + place + 1 + made.keys.size());
    std::memcpy(bytes, made.folded.data(), made.folded.size());
    if (head.same == 0) std::memcpy(bytes + made.folded.size(), written.data(), written.size());
    slots[(hash + step) % kSlots] =
        Slot{.hash = static_cast<std::uint32_t>(hash >> 32U), .place = static_cast<std::uint32_t>(place)};
    ++words;
}

void WordCache::Generation::clear() {
    slots.assign(kSlots, Slot{});
    room.reserve(kRoom);  // memory that is not written to yet costs nothing
    room.assign(1, 0);    // so that no word lies at place 0
    words = 0;
}

WordCache::Made WordCache::made_at(const std::uint64_t* place) {
    const auto head = std::bit_cast<Head>(*place);
    const std::uint64_t* keys = place + 1;
    return {.folded = {reinterpret_cast<const char*>(keys + head.keys), head.folded},
            .keys = {keys, head.keys}};
}

std::optional<WordCache::Made> WordCache::find(std::string_view written, std::uint64_t hash) {
    if (const std::uint64_t* place = young_.find(written, hash)) return made_at(place);
    const std::uint64_t* place = old_.find(written, hash);
    if (place == nullptr) return std::nullopt;
    // A young generation that is full is ended by a new word only: it would take this answer with it.
    const Made made = made_at(place);
    if (young_.has_room_for(written, made)) young_.keep(written, hash, made);
    return made;
}

void WordCache::fetch_slot(std::uint64_t hash) const {
    if (!young_.slots.empty()) __builtin_prefetch(&young_.slots[hash % kSlots]);
}

void WordCache::fetch_word(std::uint64_t hash) const {
    if (young_.slots.empty()) return;
    const Slot& slot = young_.slots[hash % kSlots];
    constexpr std::size_t kLine = 64 / sizeof(std::uint64_t);  // most words lie on two lines
    const std::uint64_t* word = young_.room.data() + slot.place;
    __builtin_prefetch(word);
    __builtin_prefetch(word + kLine);
}

void WordCache::keep(std::string_view written, std::uint64_t hash, const Made& made) {
    constexpr std::size_t kMostKeys = 1000;
    if (written.empty() || written.size() > kLongest || made.keys.size() > kMostKeys) return;
    if (!young_.has_room_for(written, made)) {
        std::swap(young_, old_);
        young_.clear();
    }
    young_.keep(written, hash, made);
}

std::size_t WordCache::bytes() const {
    const auto held = [](const Generation& generation) {
        return generation.slots.capacity() * sizeof(Slot) + generation.room.size() * sizeof(std::uint64_t);
    };
    return held(young_) + held(old_);
}

}  // namespace newswatch::text
