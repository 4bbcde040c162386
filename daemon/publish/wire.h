#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "model/alert.h"

/// What goes over ZeroMQ: the protocol `nw/1` (WIRE.md, docs/alert_wire.md). Pure; any thread may call.
namespace newswatch::publish {

/// The CloudEvents JSON of an alert. At most 256 KiB: long fields are cut and `truncated` says so.
[[nodiscard]] std::string encode_payload(const Alert& alert, std::string_view instance);

/// Frame 2: two unsigned 64-bit numbers, big endian (`seq`, `prev` of an alert; `head`, `first` of a
/// heartbeat).
[[nodiscard]] std::array<std::uint8_t, 16> encode_numbers(std::uint64_t first, std::uint64_t second);

/// The JSON of a heartbeat.
[[nodiscard]] std::string encode_heartbeat(const StreamHead& head, std::string_view boot,
                                           std::uint64_t config_rev, Time now);

}  // namespace newswatch::publish
