#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/error.h"

namespace newswatch::match {

/// How a form of a region's name behaves (WATCHLISTS.md §5).
enum class FormKind : std::uint8_t {
    name,     ///< a country name, also an inflected one: needs a capital first letter in scripts with case
    demonym,  ///< a demonym or adjective: any case
    capital,  ///< the capital city: as a name; a longer form guards a namesake elsewhere (`Tripoli Lebanon`)
    acronym,  ///< always in upper case, dots optional
    other,    ///< not this region at all: a longer form that wins over a shorter one (`guinea pig`, `French
              ///< Guiana` has its own region)
};

/// One form of one region in one language, as written in the tables.
struct RegionForm {
    std::string region{};    ///< ISO 3166-1 alpha-2, `EU`, `UN` or a group's id; empty for FormKind::other
    std::string language{};  ///< ISO 639-1, or `*`: in a text of any language, such as a country's own name
    FormKind kind{FormKind::name};
    std::string form{};  ///< as written, one word or several; a trailing `*` is not allowed
};

/// Every form that is known: CLDR's names plus the hand-written tables in a folder
/// (`share/newswatch/regions/*.tsv`).
struct RegionForms {
    std::vector<RegionForm> forms{};
    /// Members of each group: `EU`, `arab-league`, `africa` … A group matches its own names and every member.
    std::vector<std::pair<std::string, std::vector<std::string>>> groups{};
    /// What `find_region` answers for a folded name, acronym or group.
    std::unordered_map<std::string, std::string> regions_by_name{};
};

/// Reads the tables; a form of theirs goes before the same form of CLDR. Errors name FILE:LINE and what was
/// expected. Costs a tenth of a second.
[[nodiscard]] Result<RegionForms> load_region_forms(const std::filesystem::path& folder);

/// The region that a person means: `SY`, `SYR`, `Syria`, `ليبيا`, `EU`, `arab-league` → the code or the
/// group's id. Two letters are always a code. Empty where unknown.
[[nodiscard]] std::string find_region(const RegionForms& forms, std::string_view written);

}  // namespace newswatch::match
