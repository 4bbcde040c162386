#include "base/hash.h"

#include <sodium.h>

namespace newswatch {

namespace {

constexpr std::string_view kBase32 = "abcdefghijklmnopqrstuvwxyz234567";

std::string hex(const std::uint8_t* bytes, std::size_t size) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text;
    for (std::size_t i = 0; i < size; ++i) {
        text += kDigits[bytes[i] >> 4];
        text += kDigits[bytes[i] & 15];
    }
    return text;
}

}  // namespace

std::string Hash128::text() const {
    std::string out;
    out.reserve(26);
    unsigned buffer = 0;
    unsigned bits = 0;
    for (const std::uint8_t byte : bytes) {
        buffer = (buffer << 8) | byte;
        bits += 8;
        while (bits >= 5) {
            bits -= 5;
            out += kBase32[(buffer >> bits) & 31];
        }
    }
    out += kBase32[(buffer << (5 - bits)) & 31];
    return out;
}

Hash128 Hash128::from_text(std::string_view text) {
    Hash128 hash;
    if (text.size() != 26) return {};
    unsigned buffer = 0;
    unsigned bits = 0;
    std::size_t next = 0;
    for (const char c : text) {
        const std::size_t value = kBase32.find(c);
        if (value == std::string_view::npos) return {};
        buffer = (buffer << 5) | static_cast<unsigned>(value);
        bits += 5;
        if (bits >= 8 && next < hash.bytes.size()) {
            bits -= 8;
            hash.bytes[next++] = static_cast<std::uint8_t>(buffer >> bits);
        }
    }
    return hash;
}

Hash128 hash128(std::initializer_list<std::string_view> parts) {
    crypto_generichash_blake2b_state state;
    Hash128 hash;
    crypto_generichash_blake2b_init(&state, nullptr, 0, hash.bytes.size());
    for (const std::string_view part : parts) {
        std::array<unsigned char, 8> length{};
        for (std::size_t i = 0; i < length.size(); ++i) {
            length[i] = static_cast<unsigned char>(static_cast<std::uint64_t>(part.size()) >> (8 * i));
        }
        crypto_generichash_blake2b_update(&state, length.data(), length.size());
        crypto_generichash_blake2b_update(&state, reinterpret_cast<const unsigned char*>(part.data()),
                                          part.size());
    }
    crypto_generichash_blake2b_final(&state, hash.bytes.data(), hash.bytes.size());
    return hash;
}

std::string random_uuid() {
    std::array<std::uint8_t, 16> bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    bytes[6] = static_cast<std::uint8_t>((bytes[6] & 0x0F) | 0x40);
    bytes[8] = static_cast<std::uint8_t>((bytes[8] & 0x3F) | 0x80);
    const std::string digits = hex(bytes.data(), bytes.size());
    return digits.substr(0, 8) + '-' + digits.substr(8, 4) + '-' + digits.substr(12, 4) + '-' +
           digits.substr(16, 4) + '-' + digits.substr(20);
}

std::string random_hex(std::size_t size) {
    std::string bytes((size + 1) / 2, '\0');
    randombytes_buf(bytes.data(), bytes.size());
    return hex(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()).substr(0, size);
}

}  // namespace newswatch
