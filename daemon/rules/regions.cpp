#include "rules/regions.h"

#include <utility>

#include "text/region_names.h"

namespace newswatch::rules {

Result<std::shared_ptr<const RegionTables>> load_regions(const std::filesystem::path& folder) {
    Result<match::RegionForms> forms = match::load_region_forms(folder);
    if (!forms) return tl::unexpected{forms.error()};
    auto tables = std::make_shared<RegionTables>();
    tables->compiled = match::compile_regions(*forms);
    tables->forms = std::move(*forms);
    return tables;
}

settings::RegionLookup region_lookup(std::shared_ptr<const RegionTables> tables) {
    return {.find = [tables = std::move(tables)](
                        std::string_view written) { return match::find_region(tables->forms, written); },
            .name = [](std::string_view code) { return text::region_display_name(code, "en"); }};
}

}  // namespace newswatch::rules
