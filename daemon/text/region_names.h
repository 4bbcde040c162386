#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace newswatch::text {

/// One country name out of CLDR.
struct RegionName {
    std::string region{};    ///< ISO 3166-1 alpha-2
    std::string language{};  ///< ISO 639-1 (`zh-Hant` for traditional Chinese)
    std::string name{};
};

/// The names (standard, short, variant) of all ISO 3166 regions in the given CLDR languages. Any thread may
/// call; costs milliseconds.
[[nodiscard]] std::vector<RegionName> region_names(const std::vector<std::string>& languages);

/// The name for people, `Syria` for ("SY","en"). The code itself where CLDR has none.
[[nodiscard]] std::string region_display_name(std::string_view region, std::string_view language);

/// Which ISO 3166-1 alpha-2 codes exist.
[[nodiscard]] const std::vector<std::string>& all_regions();

}  // namespace newswatch::text
