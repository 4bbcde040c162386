#include "ctl/session.h"

#include <ostream>

#include "base/format.h"

namespace newswatch::ctl {

std::optional<settings::Settings> Session::read_settings() const {
    std::error_code error;
    if (!std::filesystem::exists(config, error)) {
        console.complain(
            format("there is no settings file {} (name yours: newswatchctl --config FILE, or set "
                   "NEWSWATCH_CONFIG; the "
                   "demo's is set by  . demo/env)",
                   config.native()));
        return std::nullopt;
    }
    settings::Read<settings::Settings> read = settings::read_settings(config);
    if (!settings::has_errors(read.findings)) return std::move(read.value);
    for (const settings::Finding& finding : read.findings) {
        if (finding.severity == settings::Severity::error) console.err << settings::render(finding) << '\n';
    }
    return std::nullopt;
}

}  // namespace newswatch::ctl
