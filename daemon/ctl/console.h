#pragma once

#include <iosfwd>
#include <string>
#include <string_view>

#include "base/error.h"

/// Where a verb reads and writes: the terminal of a person, a pipe, or the strings of a test.
namespace newswatch::ctl {

enum class Style { plain, bold, dim, red, yellow, green };

/// What `newswatchctl` ends with (DESIGN.md §5).
enum class Exit : int { fine = 0, refused = 1, wrong_usage = 2 };

/// Borrows its streams. One thread.
struct Console {
    std::istream& in;
    std::ostream& out;
    std::ostream& err;
    bool colour{false};         ///< of `out` and `err` alike
    bool out_is_stdout{false};  ///< then `reader_gone` asks the system

    /// `text` in a style where colours are wanted; never the only way in which something is said.
    [[nodiscard]] std::string paint(Style style, std::string_view text) const;
    /// One line on `err`: `newswatchctl: …`.
    void complain(std::string_view text) const;
    void complain(const Error& error) const { complain(error.line()); }
    /// Nobody reads `out` any more: `newswatchctl tail | head -1` has had its line.
    [[nodiscard]] bool reader_gone() const;
};

/// The console of this process. Colours only on a terminal, and not where NO_COLOR is set (no-color.org).
[[nodiscard]] Console standard_console();

/// Text in any direction that must not reorder what stands beside it: between FIRST STRONG ISOLATE and POP
/// DIRECTIONAL ISOLATE (UAX #9 §2.7). Control characters become spaces, so that a feed cannot drive the
/// terminal.
[[nodiscard]] std::string isolate(std::string_view text);

}  // namespace newswatch::ctl
