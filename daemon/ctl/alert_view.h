#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "base/clock.h"
#include "ctl/console.h"

/// Alerts and near misses as people like to read them. Text of articles is isolated, so that right-to-left
/// titles leave the line around them in order.
namespace newswatch::ctl {

/// `10:42:07 HIGH  syria-libya-diplomacy  ar  TITLE`, and below it why: the line of `tail`.
[[nodiscard]] std::string alert_line(const nlohmann::json& payload, const Console& console);

/// Several lines: headline, title, where it stands, and why.
[[nodiscard]] std::string alert_block(const nlohmann::json& payload, Time now, const Console& console);

/// Everything an alert says, for `show`.
[[nodiscard]] std::string alert_page(const nlohmann::json& payload, Time now, const Console& console);

/// One entry of GET /v1/almost.
[[nodiscard]] std::string near_miss(const nlohmann::json& entry, const Console& console);

}  // namespace newswatch::ctl
