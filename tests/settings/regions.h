#pragma once

#include <map>
#include <string>

#include "settings/settings.h"

namespace newswatch::settings {

/// A few regions, enough for the checks of a file; the real table belongs to `match`.
inline RegionLookup test_regions() {
    static const std::map<std::string, std::string, std::less<>> kNames{
        {"SY", "Syria"},  {"LY", "Libya"},          {"LB", "Lebanon"}, {"GB", "United Kingdom"},
        {"NO", "Norway"}, {"EU", "European Union"}, {"TR", "Turkey"},  {"TN", "Tunisia"}};
    return {[](std::string_view written) {
                for (const auto& [code, name] : kNames) {
                    if (written == code || written == name) return code;
                }
                return std::string{written == "ليبيا" ? "LY" : ""};
            },
            [](std::string_view code) {
                const auto found = kNames.find(code);
                return found == kNames.end() ? std::string{code} : found->second;
            }};
}

}  // namespace newswatch::settings
