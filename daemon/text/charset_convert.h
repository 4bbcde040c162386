#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

/// ICU's converters and its detector, behind two functions. Pure; any thread may call.
namespace newswatch::text {

struct Converted {
    std::string utf8{};
    std::size_t bad{0};  ///< places that became U+FFFD
};

/// Bytes in the encoding that ICU calls `converter` → UTF-8. Empty where ICU has no such converter.
[[nodiscard]] std::optional<Converted> convert(std::string_view bytes, const std::string& converter);

/// The encoding that undeclared bytes are most likely in; never empty. `language` may be empty.
[[nodiscard]] std::string guess_converter(std::string_view bytes, std::string_view language);

}  // namespace newswatch::text
