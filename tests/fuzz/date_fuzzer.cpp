#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "text/date.h"

/// Any text is a date or none; a date can be written, and what was written reads the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto time = newswatch::text::read_date({reinterpret_cast<const char*>(data), size});
    if (!time) return 0;
    const auto seconds = std::chrono::floor<std::chrono::seconds>(*time);
    const auto again = newswatch::text::read_date(newswatch::text::rfc3339(*time));
    const std::chrono::year_month_day date{std::chrono::floor<std::chrono::days>(*time)};
    const bool four_digits = date.year() >= std::chrono::year{1} && date.year() <= std::chrono::year{9999};
    if (four_digits && (!again || *again != seconds)) std::abort();
    return 0;
}
