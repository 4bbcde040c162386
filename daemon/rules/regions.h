#pragma once

#include <filesystem>
#include <memory>

#include "base/error.h"
#include "base/paths.h"
#include "match/matcher.h"
#include "match/region_table.h"
#include "settings/settings.h"

namespace newswatch::rules {

/// The region tables as written and as compiled. Shipped with the program, so read once and shared by every
/// reload. Immutable; any thread may read it.
struct RegionTables {
    match::RegionForms forms{};
    std::shared_ptr<const match::Regions> compiled{};
};

/// Errors name FILE:LINE. Costs tens of milliseconds.
[[nodiscard]] Result<std::shared_ptr<const RegionTables>> load_regions(
    const std::filesystem::path& folder = share_folder() / "regions");

/// What the checks of a watchlist ask about regions, and about the feeds of a folder where one is named. The
/// answer holds on to the tables.
[[nodiscard]] settings::RegionLookup region_lookup(std::shared_ptr<const RegionTables> tables,
                                                   std::filesystem::path feeds = {});

}  // namespace newswatch::rules
