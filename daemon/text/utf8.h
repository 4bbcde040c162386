#pragma once

#include <cstddef>
#include <string_view>

/// UTF-8 byte by byte (RFC 3629). Pure; any thread may call.
namespace newswatch::text {

/// What the start of some bytes is: a valid sequence of `size` bytes, or `size` bytes that one U+FFFD
/// replaces (Unicode §3.9: the maximal subpart of an ill-formed subsequence). `bytes` is not empty.
struct Utf8Step {
    std::size_t size{1};
    bool valid{false};
};
[[nodiscard]] Utf8Step utf8_step(std::string_view bytes);

/// How many bytes at the start are ASCII.
[[nodiscard]] std::size_t ascii_prefix(std::string_view bytes);

/// How many bytes at the start are valid UTF-8: all of them, or up to the first ill-formed sequence.
[[nodiscard]] std::size_t valid_utf8_prefix(std::string_view bytes);

/// How much some bytes look like UTF-8.
struct Utf8Survey {
    std::size_t multibyte{0};  ///< valid sequences of two bytes and more
    std::size_t longer{0};     ///< of these, those of three and four bytes
    std::size_t invalid{0};    ///< ill-formed subsequences
};
[[nodiscard]] Utf8Survey survey_utf8(std::string_view bytes);

}  // namespace newswatch::text
