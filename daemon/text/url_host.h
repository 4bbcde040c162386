#pragma once

#include <string>
#include <string_view>

namespace newswatch::text {

/// A host as DNS knows it: `münchen.example` → `xn--mnchen-3ya.example` (UTS #46, as browsers do). As it came
/// where it is ASCII or no host name; percent-encoded UTF-8 counts as what it encodes. Pure.
[[nodiscard]] std::string ascii_host(std::string_view host);

}  // namespace newswatch::text
