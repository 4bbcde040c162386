#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

/// UTF-8 one code point at a time, and properties of code points looked up in constant time.
namespace newswatch::text {

inline constexpr char32_t kReplacement = 0xFFFD;

/// As `next_code_point`, for whatever it has no short way for.
[[nodiscard]] char32_t next_rare_code_point(std::string_view utf8, std::size_t& at);

/// The code point at `at`, which moves behind it. An invalid byte is one U+FFFD (Unicode §3.9).
/// `at` must be smaller than the size.
[[nodiscard]] inline char32_t next_code_point(std::string_view utf8, std::size_t& at) {
    const auto byte = [&](std::size_t index) -> char32_t { return static_cast<unsigned char>(utf8[index]); };
    const auto continues = [](char32_t value) { return (value & 0xC0U) == 0x80U; };
    const char32_t lead = byte(at);
    if (lead < 0x80) {
        ++at;
        return lead;
    }
    if (lead >= 0xC2 && lead <= 0xDF && at + 1 < utf8.size() && continues(byte(at + 1))) {
        at += 2;
        return (lead & 0x1FU) << 6U | (byte(at - 1) & 0x3FU);
    }
    // The leads E0 and ED allow a part of the second bytes only.
    if (lead >= 0xE0 && lead <= 0xEF && at + 2 < utf8.size() && continues(byte(at + 1)) &&
        continues(byte(at + 2))) {
        const char32_t value = (lead & 0x0FU) << 12U | (byte(at + 1) & 0x3FU) << 6U | (byte(at + 2) & 0x3FU);
        if (value >= 0x800 && (value < 0xD800 || value > 0xDFFF)) {
            at += 3;
            return value;
        }
    }
    std::size_t behind = at;  // so that `at` itself can stay in a register
    const char32_t rare = next_rare_code_point(utf8, behind);
    at = behind;
    return rare;
}

inline void append_code_point(std::string& utf8, char32_t value) {
    const auto put = [&](char32_t byte) { utf8.push_back(static_cast<char>(byte)); };
    if (value < 0x80) {
        put(value);
    } else if (value < 0x800) {
        put(0xC0 | (value >> 6U));
        put(0x80 | (value & 0x3FU));
    } else if (value < 0x10000) {
        put(0xE0 | (value >> 12U));
        put(0x80 | ((value >> 6U) & 0x3FU));
        put(0x80 | (value & 0x3FU));
    } else {
        put(0xF0 | (value >> 18U));
        put(0x80 | ((value >> 12U) & 0x3FU));
        put(0x80 | ((value >> 6U) & 0x3FU));
        put(0x80 | (value & 0x3FU));
    }
}

/// A property of every code point, computed block by block when a text first needs it, so that a start costs
/// nothing and memory follows the scripts that are read. Any thread may look up. Must have static storage.
template <class Entry>
class CodePointTable {
  public:
    using Compute = Entry (*)(char32_t);
    explicit CodePointTable(Compute compute) : compute_{compute} {}
    CodePointTable(const CodePointTable&) = delete;
    CodePointTable& operator=(const CodePointTable&) = delete;
    ~CodePointTable() {
        for (auto& block : blocks_)
            delete block.load();
    }

    [[nodiscard]] const Entry& operator[](char32_t code_point) const {
        const Block* block = blocks_[code_point >> kBits].load(std::memory_order_acquire);
        if (block == nullptr) block = build(code_point >> kBits);
        return (*block)[code_point & (kSize - 1)];
    }

  private:
    static constexpr unsigned kBits = 7;
    static constexpr std::size_t kSize = std::size_t{1} << kBits;
    using Block = std::array<Entry, kSize>;

    const Block* build(std::size_t index) const {
        auto fresh = std::make_unique<Block>();
        for (std::size_t i = 0; i < kSize; ++i)
            (*fresh)[i] = compute_(static_cast<char32_t>(index * kSize + i));
        const Block* expected = nullptr;
        // Two threads may build the same block; the second throws its copy away.
        if (blocks_[index].compare_exchange_strong(expected, fresh.get(), std::memory_order_acq_rel)) {
            return fresh.release();
        }
        return expected;
    }

    Compute compute_;
    mutable std::array<std::atomic<const Block*>, (0x110000U >> kBits)> blocks_{};
};

}  // namespace newswatch::text
