#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace newswatch::match {

/// Word keys → the numbers that were filed under them. Built once, then read by any thread.
class KeyIndex {
  public:
    using Entry = std::pair<std::uint64_t, std::uint32_t>;

    KeyIndex() = default;
    explicit KeyIndex(std::vector<Entry> entries);

    /// The numbers under `key`; nearly always none, and then the answer comes out of a small filter.
    [[nodiscard]] std::span<const std::uint32_t> find(std::uint64_t key) const {
        if (slots_.empty()) return {};
        const std::uint64_t spread = key >> 3U;  // the lowest bits hold the kind
        if ((filter_[(spread & filter_mask_) >> 6U] >> (spread & 63U) & 1U) == 0) return {};
        return look_up(key);
    }

  private:
    struct Slot {
        std::uint64_t key{0};
        std::uint32_t begin{0};
        std::uint32_t count{0};  // 0: free
    };
    [[nodiscard]] std::span<const std::uint32_t> look_up(std::uint64_t key) const;

    std::vector<std::uint64_t> filter_{};
    std::uint64_t filter_mask_{0};
    std::vector<Slot> slots_{};  // open addressing, a power of two, at most half full
    std::vector<std::uint32_t> numbers_{};
};

}  // namespace newswatch::match
