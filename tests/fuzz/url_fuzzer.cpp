#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "text/url.h"

/// The first line plays the base, the second the reference. An answer is ASCII and absolute, resolving it
/// again changes nothing, and what is canonical stays so.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace newswatch::text;
    const std::string_view input{reinterpret_cast<const char*>(data), size};
    const std::size_t line = std::min(input.find('\n'), input.size());
    const std::string url =
        resolve_url(input.substr(std::min(line + 1, input.size())), input.substr(0, line));
    static_cast<void>(canonical_url(input));
    if (url.empty()) return 0;
    if (std::any_of(url.begin(), url.end(), [](char c) { return c <= ' ' || c == 0x7F; })) std::abort();
    if (split_url(url).scheme.empty()) std::abort();
    const std::string canonical = canonical_url(url);
    if (canonical_url(canonical) != canonical) std::abort();
    return 0;
}
