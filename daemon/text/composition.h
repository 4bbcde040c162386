#pragma once

#include <string>
#include <string_view>

/// Canonical composition (UAX #15) where nearly everything is composed already. Any thread may call.
namespace newswatch::text {

/// True only where valid UTF-8 is in NFC for sure; decided from the bytes alone, for most scripts at the
/// speed of memory. False means "ask ICU".
[[nodiscard]] bool surely_composed(std::string_view utf8);

/// Valid UTF-8 → NFC; the same string where it is composed already.
[[nodiscard]] std::string compose(std::string utf8);

}  // namespace newswatch::text
