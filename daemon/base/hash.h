#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <cstring>
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>

/// Names for things that must be the same everywhere and for ever.
namespace newswatch {

/// A BLAKE2b-128 digest (RFC 7693). Identity of feeds, articles and alerts.
struct Hash128 {
    std::array<std::uint8_t, 16> bytes{};

    auto operator<=>(const Hash128&) const = default;  // NOLINT(modernize-use-nullptr): not ours
    [[nodiscard]] bool empty() const { return *this == Hash128{}; }
    /// 26 characters of RFC 4648 base32 in lower case, without padding.
    [[nodiscard]] std::string text() const;
    /// The digest behind `text()`; all zero where `text` is not one.
    [[nodiscard]] static Hash128 from_text(std::string_view text);
};

/// The hash of the parts in order. Each part is hashed with its length, so ("ab","c") and ("a","bc") differ.
[[nodiscard]] Hash128 hash128(std::initializer_list<std::string_view> parts);

/// 128 bits from the kernel, written as a UUID (RFC 9562, version 4).
[[nodiscard]] std::string random_uuid();

/// `size` lower-case hexadecimal digits from the kernel.
[[nodiscard]] std::string random_hex(std::size_t size);

}  // namespace newswatch

template <>
struct std::hash<newswatch::Hash128> {
    std::size_t operator()(const newswatch::Hash128& digest) const noexcept {
        std::size_t value = 0;
        std::memcpy(&value, digest.bytes.data(), sizeof value);  // a digest is uniform already
        return value;
    }
};
