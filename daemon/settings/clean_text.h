#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "settings/source.h"

namespace newswatch::settings {

/// The text as yaml-cpp gets it: without invisible characters where they would change the structure (before
/// or inside a key, before a dash), each line of them reported as Y17. Inside terms they stay: folding
/// removes them there.
class CleanText {
  public:
    explicit CleanText(Report& report);

    [[nodiscard]] const std::string& text() const { return text_; }
    [[nodiscard]] const std::vector<std::string_view>& lines() const { return lines_; }
    /// The place in the file of a place in this text.
    [[nodiscard]] Mark original(Mark mark) const;
    /// The place in the file of a byte of a line, lines counted from 1.
    [[nodiscard]] Mark place(unsigned line, std::size_t byte) const;

  private:
    std::string text_;
    std::vector<std::string_view> lines_;                              // of text_, without their ends
    std::unordered_map<unsigned, std::vector<unsigned>> cut_columns_;  // by line; in the file, ascending
};

}  // namespace newswatch::settings
