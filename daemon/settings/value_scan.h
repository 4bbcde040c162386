#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "settings/clean_text.h"
#include "settings/source.h"

namespace newswatch::settings {

/// What stands behind a key or a dash, as far as its line shows.
enum class ValueKind : std::uint8_t {
    nothing,  ///< the value stands on the lines below, deeper
    plain,    ///< text without quotes, which may go on below
    closed,   ///< a quoted text or a list in brackets that ends on this line
    open,     ///< one that goes on: the next lines belong to it
    broken,   ///< reported
};

/// Looks at values: quotes that never close, signs that mean something to YAML, lists in brackets.
class ValueScan {
  public:
    ValueScan(const CleanText& text, Report& report);

    /// The value at `at` of a line. `behind_key` tells a key's value from an entry of a list; `parent` is the
    /// column of that key or dash: lines of a block text are indented more.
    ValueKind value(unsigned line, std::size_t at, bool behind_key, std::size_t parent);

    /// Whether a quote, a bracket or a block text is open, so that the next line belongs to it.
    [[nodiscard]] bool is_open() const;

    /// A line while something is open. False where the line is not part of it after all.
    bool goes_on(unsigned line);

    /// The end of the file: reports a bracket that is still open.
    void end();

    /// The byte behind the quoted text that starts at `at` of a line; empty where it does not end there.
    [[nodiscard]] static std::optional<std::size_t> end_of_quote(std::string_view line, std::size_t at);

  private:
    struct Bracket {
        char closing{0};
        Mark mark{};
    };

    ValueKind quoted(unsigned line, std::size_t at);
    ValueKind plain(unsigned line, std::size_t at, bool behind_key);
    ValueKind flow(unsigned line, std::size_t at);
    bool flow_closes(unsigned line, std::size_t at, char letter);
    bool first_sign(unsigned line, std::size_t at);
    bool special_sign(unsigned line, std::size_t at);
    bool glued_key(unsigned line, std::size_t at);
    ValueKind behind(unsigned line, std::size_t at);
    void report_open_bracket();

    [[nodiscard]] std::string_view line_text(unsigned line) const { return text_.lines()[line - 1]; }

    const CleanText& text_;
    Report& report_;
    std::vector<Bracket> brackets_{};
    std::size_t bracket_parent_{0};
    std::optional<std::size_t> block_parent_{};
    unsigned quote_until_{0};  // the line on which an open quote closes
    std::size_t quote_end_{0};
    bool anchor_reported_{false};
};

/// Whether a line looks like `key:` or `- entry`, by itself.
[[nodiscard]] bool looks_like_structure(std::string_view line);

/// A key that some file of newswatch knows.
[[nodiscard]] bool is_known_key(std::string_view word);

}  // namespace newswatch::settings
