#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "settings/finding.h"

namespace newswatch::settings {

/// A place in the text: lines and columns count from 1, columns in code points.
struct Mark {
    unsigned line{0};
    unsigned column{0};
    bool operator==(const Mark&) const = default;
};

/// The text of one file that people edit: valid UTF-8 without a byte order mark, cut into lines.
class Source {
  public:
    /// `name` is the path in messages.
    Source(std::string name, std::string text);

    [[nodiscard]] const std::string& name() const { return name_; }
    [[nodiscard]] const std::string& text() const { return text_; }
    [[nodiscard]] std::size_t line_count() const { return starts_.size(); }
    /// Line `number`, counted from 1, without its end (LF or CRLF); empty beyond the last.
    [[nodiscard]] std::string_view line(unsigned number) const;
    /// The line and column of a byte of the text.
    [[nodiscard]] Mark mark_at(std::size_t offset) const;
    [[nodiscard]] Place place(Mark mark) const { return {name_, mark.line, mark.column}; }

  private:
    std::string name_;
    std::string text_;
    std::vector<std::size_t> starts_;  // byte offset of each line
};

/// Collects the findings of one file. At most 20 are kept; a note says how many more there were.
class Report {
  public:
    explicit Report(const Source& source) : source_{source} {}

    /// The finding is good until the next call; the caller adds label and help to it.
    Finding& add(Severity severity, std::string code, std::string headline, Mark mark, std::size_t length);
    Finding& error(std::string code, std::string headline, Mark mark, std::size_t length = 1);
    Finding& warning(std::string code, std::string headline, Mark mark, std::size_t length = 1);
    Finding& note(std::string code, std::string headline, Mark mark, std::size_t length = 1);

    [[nodiscard]] const Source& source() const { return source_; }
    [[nodiscard]] bool has_errors() const { return error_count_ > 0; }
    [[nodiscard]] std::size_t error_count() const { return error_count_; }
    /// All findings in the order of the file; the report is empty afterwards.
    [[nodiscard]] std::vector<Finding> take();

  private:
    const Source& source_;
    std::vector<Finding> findings_{};
    std::size_t error_count_{0};
};

}  // namespace newswatch::settings
