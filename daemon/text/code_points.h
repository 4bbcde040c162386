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

/// The code point at `at`, which moves behind it. An invalid byte is one U+FFFD (Unicode §3.9).
/// `at` must be smaller than the size.
[[nodiscard]] inline char32_t next_code_point(std::string_view utf8, std::size_t& at) {
    const auto byte = [&](std::size_t index) { return static_cast<unsigned char>(utf8[index]); };
    const unsigned lead = byte(at++);
    if (lead < 0x80) return lead;
    unsigned more = 0;
    char32_t value = 0;
    unsigned lowest = 0x80;  // Unicode table 3-7: which second bytes a lead byte may have
    unsigned highest = 0xBF;
    if (lead >= 0xC2 && lead <= 0xDF) {
        more = 1;
        value = lead & 0x1FU;
    } else if (lead >= 0xE0 && lead <= 0xEF) {
        more = 2;
        value = lead & 0x0FU;
        if (lead == 0xE0) lowest = 0xA0;
        if (lead == 0xED) highest = 0x9F;
    } else if (lead >= 0xF0 && lead <= 0xF4) {
        more = 3;
        value = lead & 0x07U;
        if (lead == 0xF0) lowest = 0x90;
        if (lead == 0xF4) highest = 0x8F;
    } else {
        return kReplacement;
    }
    for (; more > 0; --more) {
        if (at == utf8.size() || byte(at) < lowest || byte(at) > highest) return kReplacement;
        value = (value << 6U) | (byte(at++) & 0x3FU);
        lowest = 0x80;
        highest = 0xBF;
    }
    return value;
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
