#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace newswatch::text {

/// One country name out of CLDR.
struct RegionName {
    std::string region{};    ///< ISO 3166-1 alpha-2; also `EU`, `UN` and the parts of the world (`africa`)
    std::string language{};  ///< ISO 639-1 (`zh-Hant` for traditional Chinese)
    std::string name{};
    bool acronym{false};  ///< written in capitals only: `US`, `США`
};

/// The names (standard, short, variant) of all ISO 3166 regions, and of the parts of the world of UN M.49, in
/// the given CLDR languages. Any thread may call; costs milliseconds.
[[nodiscard]] std::vector<RegionName> region_names(const std::vector<std::string>& languages);

/// The name for people, `Syria` for ("SY","en"). The code itself where CLDR has none.
[[nodiscard]] std::string region_display_name(std::string_view region, std::string_view language);

/// Which ISO 3166-1 alpha-2 codes exist, and `XK`, the code in general use for Kosovo. In alphabetical order.
[[nodiscard]] const std::vector<std::string>& all_regions();

/// `LY` for `LBY` (ISO 3166-1 alpha-3, any case). Empty where there is no such code.
[[nodiscard]] std::string region_of_alpha3(std::string_view code);

/// The languages that are official in the whole of a region (CLDR territoryInfo), as `region_names` takes
/// them.
[[nodiscard]] std::vector<std::string> official_languages(std::string_view region);

}  // namespace newswatch::text
