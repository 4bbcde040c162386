#pragma once

#include "fetch/fetcher.h"
#include "settings/settings.h"

namespace newswatch {

/// How publishers are asked, by the daemon and by `newswatchctl feeds check` alike.
[[nodiscard]] fetch::FetchLimits fetch_limits(const settings::Polling& polling);

}  // namespace newswatch
