#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "text/date.h"

/// Any text is a date or none, in every language; a date can be written, and what was written reads the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    for (const std::string_view language : {"ar", "fa", "hu", "ko", "th", "en-US"})
        static_cast<void>(newswatch::text::read_date(text, language));
    const auto time = newswatch::text::read_date(text);
    if (!time) return 0;
    const auto seconds = std::chrono::floor<std::chrono::seconds>(*time);
    const auto again = newswatch::text::read_date(newswatch::text::rfc3339(*time));
    if (!again || *again != seconds) std::abort();
    return 0;
}
