#pragma once

#include <cstdint>

namespace newswatch::match {

inline constexpr std::uint16_t kNoRegion = 0xFFFF;

/// Where something stands in an article.
struct Occurrence {
    std::uint32_t field{0};  ///< index into Analysed::fields
    std::uint32_t first{0};  ///< words, both inclusive; of a regex the words do not count
    std::uint32_t last{0};
    std::uint32_t begin{0};  ///< bytes, end exclusive
    std::uint32_t end{0};
    std::uint16_t region{kNoRegion};

    [[nodiscard]] bool overlaps(const Occurrence& other) const {
        return field == other.field && begin < other.end && other.begin < end;
    }
    [[nodiscard]] bool lies_in(const Occurrence& other) const {
        return field == other.field && other.begin <= begin && end <= other.end;
    }
    bool operator==(const Occurrence&) const = default;
};

}  // namespace newswatch::match
