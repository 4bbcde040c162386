#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

/// ICU's converters; the C library converts what ICU does not know. Pure; any thread may
/// call.
namespace newswatch::text {

struct Converted {
    std::string utf8{};
    std::size_t bad{0};  ///< places that became U+FFFD
};

/// Bytes in the encoding that `converter_name` calls `converter` → UTF-8. Empty where nobody has such a
/// converter.
[[nodiscard]] std::optional<Converted> convert(std::string_view bytes, const std::string& converter);

/// Whether every character of the encoding is one byte.
[[nodiscard]] bool single_byte(const std::string& converter);

}  // namespace newswatch::text
