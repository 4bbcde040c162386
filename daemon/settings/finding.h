#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/place.h"

namespace newswatch::settings {

enum class Severity : std::uint8_t { note, warning, error };

/// A second place that explains a finding: `first listed here`.
struct RelatedPlace {
    Place place{};
    unsigned length{1};
    std::string excerpt{};
    std::string label{};
};

[[nodiscard]] constexpr std::string_view name_of(Severity severity) {
    switch (severity) {
        case Severity::note:
            return "note";
        case Severity::warning:
            return "warning";
        case Severity::error:
            return "error";
    }
    return "";
}

/// One mistake in a file that people edit (YAML.md §5, §6). The wording stands here; how it is shown is
/// `render.h`.
struct Finding {
    Severity severity{Severity::error};
    std::string code{};  ///< `W06`
    std::string headline{};
    Place place{};
    unsigned length{1};               ///< code points under the caret
    std::string excerpt{};            ///< the line of the file
    std::string label{};              ///< beside the caret
    std::vector<std::string> help{};  ///< further lines: `help: …`, `known: …`; `\n` starts another line
    std::vector<RelatedPlace> related{};
};

[[nodiscard]] bool has_errors(const std::vector<Finding>& findings);

/// As rustc shows it: headline, place, excerpt with caret, help. Lines with right-to-left text quote the
/// piece instead of a caret.
[[nodiscard]] std::string render(const Finding& finding);

/// `FILE:LINE:COLUMN: error: headline [CODE]`, one line: for logs and editors.
[[nodiscard]] std::string render_line(const Finding& finding);

}  // namespace newswatch::settings
