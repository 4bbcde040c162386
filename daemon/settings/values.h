#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "settings/mapping_reader.h"

/// Numbers, durations, sizes and the like as people write them, digits of any script included. Each reports
/// its mistake and gives nothing then.
namespace newswatch::settings {

/// The text with Arabic-Indic and Persian digits as ASCII ones, trimmed.
[[nodiscard]] std::string with_ascii_digits(std::string_view text);

/// Digits only, no sign, at most 18 of them.
[[nodiscard]] std::optional<std::uint64_t> whole_number(std::string_view text);

struct NumberRange {
    std::uint64_t least{0};
    std::uint64_t most{0};
    std::string usual{};  ///< the default, for the message; may be empty
};
[[nodiscard]] std::optional<std::uint64_t> number_of(const TreeEntry& entry, const NumberRange& range,
                                                     Report& report);

struct DurationRange {
    std::chrono::seconds least{0};
    std::chrono::seconds most{0};
};
/// `10m`, `10 min`, `1h30m`, `90 days`, `2 years`, `١٠ دقائق`.
[[nodiscard]] std::optional<std::chrono::seconds> duration_of(const TreeEntry& entry,
                                                              const DurationRange& range, Report& report);

/// `20 GB`, `512 MiB`.
[[nodiscard]] std::optional<std::uint64_t> size_of(const TreeEntry& entry, Report& report);

/// `20 per second`, `20/s`, `600 per minute`: in a second.
[[nodiscard]] std::optional<double> rate_of(const TreeEntry& entry, Report& report);

[[nodiscard]] std::optional<bool> yes_or_no(const TreeEntry& entry, Report& report);

}  // namespace newswatch::settings
