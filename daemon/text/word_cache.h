#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace newswatch::text {

/// What was made of the words of earlier texts. News repeats its words, so most need one look-up.
///
/// Two generations: words are kept in the younger one; when it is full, it becomes the older, and what was
/// there is forgotten. A word found in the older one is kept again, so frequent words stay. Never more than
/// `kMostBytes`, and never more than a few steps a look-up, whatever the words are. For one thread.
class WordCache {
  public:
    static constexpr std::size_t kLongest = 64;  ///< bytes of a word that is kept

    struct Made {
        std::string_view folded{};
        std::span<const std::uint64_t> keys{};
    };

    /// What was kept for the word as it was written, in the languages that `hash` stands for, too. Valid
    /// until the next call.
    [[nodiscard]] std::optional<Made> find(std::string_view written, std::uint64_t hash);

    void keep(std::string_view written, std::uint64_t hash, const Made& made);

    /// Asks memory for what the next `find` will read: first where the word lies, later the word itself. A
    /// look-up costs little but waiting, and what is asked for some words ahead need not be waited for.
    void fetch_slot(std::uint64_t hash) const;
    void fetch_word(std::uint64_t hash) const;

    /// A hash that is quick for short words; `seed` stands for the languages.
    [[nodiscard]] static std::uint64_t hash(std::string_view written, std::uint64_t seed);

    [[nodiscard]] std::size_t bytes() const;  ///< as much as is held now

  private:
    static constexpr std::size_t kSlots = 131'072;  // a power of two, more than twice as many as words
    static constexpr std::size_t kWords = 60'000;
    static constexpr std::size_t kRoom = 786'432;  // 6 MiB
    static constexpr std::size_t kSteps = 8;

    /// Where a word lies in the room of its generation: a Head, its keys, the folded word and, where that is
    /// another one, the word as it was written.
    struct Slot {
        std::uint32_t hash{0};   // its upper half
        std::uint32_t place{0};  // 0: free
    };
    struct Head {
        std::uint16_t keys{0};
        std::uint16_t folded{0};   // bytes
        std::uint16_t written{0};  // bytes
        std::uint16_t same{0};     // 1: as it was written, so is it folded
    };
    struct Generation {
        std::vector<Slot> slots{};
        std::vector<std::uint64_t> room{};
        std::size_t words{0};

        /// Where the word's Head is; null where it is not kept.
        [[nodiscard]] const std::uint64_t* find(std::string_view written, std::uint64_t hash) const;
        [[nodiscard]] bool has_room_for(std::string_view written, const Made& made) const;
        void keep(std::string_view written, std::uint64_t hash, const Made& made);
        void clear();
    };

    [[nodiscard]] static Made made_at(const std::uint64_t* place);

    Generation young_{};
    Generation old_{};

  public:
    static constexpr std::size_t kMostBytes = 2 * (kSlots * sizeof(Slot) + kRoom * sizeof(std::uint64_t));
};

}  // namespace newswatch::text
