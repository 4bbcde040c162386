#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "settings/settings.h"

/// Any bytes are watchlists or findings, never both an error and a watchlist; every finding can be shown and
/// points into the file.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace newswatch;
    const std::string_view bytes{reinterpret_cast<const char*>(data), size};
    const settings::RegionLookup regions{
        [](std::string_view written) { return std::string{written == "SY" ? "SY" : ""}; },
        [](std::string_view) { return std::string{"Syria"}; }};
    const auto read = settings::decode_watchlist_file(bytes, "watchlists.d/a.yaml", {}, regions);
    if (settings::has_errors(read.findings) != read.value.empty()) std::abort();
    for (const settings::Finding& finding : read.findings) {
        if (settings::render(finding).empty() || settings::render_line(finding).empty()) std::abort();
        if (finding.place.line > size + 1) std::abort();
    }
    return 0;
}
