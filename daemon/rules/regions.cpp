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

namespace {

/// By what a watchlist may name its feeds. A broken entry is reported where feeds are read.
std::vector<std::string> feed_names(const std::filesystem::path& folder) {
    std::vector<std::string> names;
    for (const Feed& feed : settings::read_feeds(folder).value) {
        for (const std::string* name : {&feed.url, &feed.name, &feed.folder}) {
            if (!name->empty()) names.push_back(*name);
        }
    }
    return names;
}

}  // namespace

settings::RegionLookup region_lookup(std::shared_ptr<const RegionTables> tables,
                                     std::filesystem::path feeds) {
    settings::FeedNames names;
    if (std::error_code failure; std::filesystem::is_directory(feeds, failure)) {
        names = [folder = std::move(feeds)] { return feed_names(folder); };
    }
    return {.find = [tables = std::move(tables)](
                        std::string_view written) { return match::find_region(tables->forms, written); },
            .name = [](std::string_view code) { return text::region_display_name(code, "en"); },
            .feeds = std::move(names)};
}

}  // namespace newswatch::rules
