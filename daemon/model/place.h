#pragma once

#include <string>

namespace newswatch {

/// A place in a file that people edit. Lines and columns count from 1, columns in code points; 0 is
/// "unknown".
struct Place {
    std::string file{};
    unsigned line{0};
    unsigned column{0};

    /// `FILE:LINE`, the form of `rule` in matches.
    [[nodiscard]] std::string rule() const { return file + ":" + std::to_string(line); }
};

}  // namespace newswatch
