#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace newswatch::text {

/// A publisher's date → UTC. RFC 5322 in its abuses (RSS), RFC 3339 and partial ISO 8601 (Atom, dc:date),
/// and dates written for people; `docs/feeds.md` says how each doubt is decided. `language` (BCP 47, may be
/// empty) is that of the feed and decides where words or numbers have two meanings. A date without a zone
/// is UTC. Nonsense is empty, never "now". Pure; any thread may call.
[[nodiscard]] std::optional<Time> read_date(std::string_view text, std::string_view language = {});

/// RFC 3339 in `Z`, whole seconds: `2026-01-31T09:05:00Z`.
[[nodiscard]] std::string rfc3339(Time time);

}  // namespace newswatch::text
