#pragma once

#include <filesystem>
#include <optional>

#include "ctl/console.h"
#include "settings/settings.h"

namespace newswatch::ctl {

/// One call of `newswatchctl`: where it writes, which settings it means, and how it ends.
struct Session {
    Console& console;
    std::filesystem::path config{};  ///< --config, else NEWSWATCH_CONFIG, else /etc/newswatch/newswatch.yaml
    bool json{false};                ///< --json of the verb
    Exit exit{Exit::fine};           ///< what the verb answered

    /// The settings, or nothing after a clear message where they cannot be used.
    [[nodiscard]] std::optional<settings::Settings> read_settings() const;
};

}  // namespace newswatch::ctl
