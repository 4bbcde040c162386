#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace newswatch::match {

/// Word keys → the numbers that were filed under them. Built once, then read by any thread.
///
/// A million watchlists have tens of millions of keys, so a key costs some ten bytes: eight of a slot, which
/// holds 37 bits of the key beside the number, and a byte of a filter that answers nearly every question
/// with no. Place and 37 bits together let a wrong key through once in some hundred million articles, which
/// docs/decisions/0003 accepts.
class KeyIndex {
  public:
    using Entry = std::pair<std::uint64_t, std::uint32_t>;

    KeyIndex() = default;
    /// Numbers must be below `kMostNumbers`. A number should stand under a key once.
    explicit KeyIndex(std::span<const Entry> entries);

    static constexpr std::uint32_t kMostNumbers = 1U << 26U;

    /// Calls `found(number)` for each number under `key`.
    template <class Found>
    void find(std::uint64_t key, const Found& found) const {
        if (filter_.empty()) return;
        const std::uint64_t bits = filter_bits(key);
        if ((filter_[place(key, filter_.size())] & bits) != bits) return;
        for (std::uint32_t number = look_up(key); number != kNothing;) {
            if ((number & kMany) == 0) {
                found(number);
                return;
            }
            const More& more = more_[number & ~kMany];
            found(more.number);
            number = more.next;
        }
    }
    /// False where no key of this kind was filed: such keys need not be asked for.
    [[nodiscard]] bool has_kind(std::uint64_t key) const { return (kinds_ >> (key & 7U) & 1U) != 0; }

    [[nodiscard]] std::size_t memory() const;

  private:
    /// A further number under the same key; `next` as in a slot.
    struct More {
        std::uint32_t number{0};
        std::uint32_t next{0};
    };
    static constexpr unsigned kNumberBits = 27;
    static constexpr std::uint32_t kMany = 1U << 26U;                   ///< a place in `more_`, not a number
    static constexpr std::uint32_t kNothing = (1U << kNumberBits) - 1;  ///< also in a free slot

    /// Where `key` falls among `count` places: by its highest bits, so that no division is needed.
    [[nodiscard]] static std::size_t place(std::uint64_t key, std::size_t count) {
        __extension__ using Wide = unsigned __int128;
        return static_cast<std::size_t>((static_cast<Wide>(key) * count) >> 64U);
    }
    [[nodiscard]] static std::uint64_t filter_bits(std::uint64_t key) {
        return std::uint64_t{1} << (key >> 3U & 63U) | std::uint64_t{1} << (key >> 9U & 63U);
    }
    [[nodiscard]] static std::uint64_t tag(std::uint64_t key) { return key << kNumberBits; }

    [[nodiscard]] std::uint32_t look_up(std::uint64_t key) const;
    [[nodiscard]] bool fill(std::span<const Entry> entries, std::size_t slots);
    [[nodiscard]] std::uint32_t add_more(std::uint32_t known, std::uint32_t number);

    std::uint32_t kinds_{0};               // a bit for each kind of key, text/word_keys.h
    std::vector<std::uint64_t> filter_{};  // two bits of one word for each key
    std::vector<std::uint64_t> slots_{};   // open addressing: the key's lowest 37 bits, then the number
    std::vector<More> more_{};
};

}  // namespace newswatch::match
