#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "settings/mapping_reader.h"
#include "settings/settings.h"

namespace newswatch::settings {

/// The names that rules refer to, and the checks on them. Borrows; lives as long as one read.
class Vocabulary {
  public:
    Vocabulary(const std::vector<Concept>& concepts, const RegionLookup& regions);

    /// The code or group behind `written`; empty after a finding W07. Two letters are always a code.
    [[nodiscard]] std::string region(const Word& written, Report& report) const;

    /// Warns (W55) where no feed has this address or name and no folder is called so. A watchlist may be
    /// written before its feed, so it is no error.
    void check_feed(const Word& written, Report& report) const;

    /// Reports W35 where there is no such concept.
    void check_concept(const Word& written, Report& report) const;

  private:
    [[nodiscard]] std::string region_suggestion(std::string_view written) const;

    std::unordered_map<std::string_view, const Concept*> concepts_{};
    const RegionLookup& regions_;
    // English names and their codes, asked for once, at the first mistake.
    mutable std::vector<std::string> region_names_{};
    mutable std::vector<std::string> region_codes_{};
    // Asked for once, at the first limit to feeds.
    mutable std::optional<std::vector<std::string>> feeds_{};
};

/// ISO 639-1 (`ar`) of what was written (`AR`, `pt-BR`); empty after a finding W46, which knows the usual
/// slips (`jp`, `arabic`).
[[nodiscard]] std::string language_code(const Word& written, Report& report);

}  // namespace newswatch::settings
