#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "model/place.h"

namespace newswatch::rules {

/// The lines of the files that findings quote, each file read once. `base` is the folder that holds
/// watchlists.d and must live as long.
class QuotedFiles {
  public:
    explicit QuotedFiles(const std::filesystem::path& base) : base_{base} {}

    /// Empty where the file cannot be read: a finding without an excerpt is still a finding.
    [[nodiscard]] std::string line(const Place& place);

  private:
    const std::filesystem::path& base_;
    std::map<std::string, std::string> texts_{};
};

}  // namespace newswatch::rules
