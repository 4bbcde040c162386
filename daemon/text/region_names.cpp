#include "text/region_names.h"

#include <algorithm>
#include <array>
#include <set>

#include <unicode/locid.h>
#include <unicode/uchar.h>
#include <unicode/uloc.h>
#include <unicode/unistr.h>
#include <unicode/ures.h>

namespace newswatch::text {
namespace {

// U_ICUDATA_REGION of ICU's own sources: the package of data that holds CLDR's country names.
constexpr const char* kRegionData = U_ICUDATA_NAME "-region";
constexpr std::array<const char*, 3> kNameTables{"Countries", "Countries%short", "Countries%variant"};
// Not ISO 3166 countries, but regions of a watchlist and names in CLDR.
constexpr std::array<const char*, 2> kUnions{"EU", "UN"};

// UN M.49: the parts of the world, whose names CLDR has under their numbers.
struct WorldPart {
    const char* number{nullptr};
    const char* group{nullptr};
};
constexpr auto kWorldParts = std::to_array<WorldPart>({
    {"002", "africa"},
    {"003", "north-america"},
    {"005", "south-america"},
    {"009", "oceania"},
    {"011", "western-africa"},
    {"013", "central-america"},
    {"014", "eastern-africa"},
    {"015", "northern-africa"},
    {"017", "middle-africa"},
    {"018", "southern-africa"},
    {"019", "americas"},
    {"021", "northern-america"},
    {"029", "caribbean"},
    {"030", "eastern-asia"},
    {"034", "southern-asia"},
    {"035", "south-eastern-asia"},
    {"039", "southern-europe"},
    {"053", "australasia"},
    {"054", "melanesia"},
    {"057", "micronesia"},
    {"061", "polynesia"},
    {"142", "asia"},
    {"143", "central-asia"},
    {"145", "western-asia"},
    {"150", "europe"},
    {"151", "eastern-europe"},
    {"154", "northern-europe"},
    {"155", "western-europe"},
    {"202", "sub-saharan-africa"},
    {"419", "latin-america"},
});

std::string utf8(const icu::UnicodeString& text) {
    std::string bytes;
    text.toUTF8String(bytes);
    return bytes;
}

std::string icu_locale(std::string_view language) {
    std::string locale{language};
    std::ranges::replace(locale, '-', '_');
    return locale;
}

bool is_acronym(const icu::UnicodeString& name) {
    bool has_capital = false;
    for (int32_t at = 0; at < name.length(); at = name.moveIndex32(at, 1)) {
        const UChar32 sign = name.char32At(at);
        if (u_isUUppercase(sign) != 0) {
            has_capital = true;
        } else if (u_isalpha(sign) != 0) {
            return false;
        }
    }
    return has_capital;
}

// The table as the language itself has it: what ICU falls back to (root, the machine's own locale) is another
// language's.
icu::LocalUResourceBundlePointer open_table(const UResourceBundle* bundle, const char* name) {
    UErrorCode status = U_ZERO_ERROR;
    icu::LocalUResourceBundlePointer table{ures_getByKey(bundle, name, nullptr, &status)};
    if (U_FAILURE(status) || status == U_USING_DEFAULT_WARNING) table.adoptInstead(nullptr);
    return table;
}

icu::LocalUResourceBundlePointer open_language(std::string_view language) {
    UErrorCode status = U_ZERO_ERROR;
    icu::LocalUResourceBundlePointer bundle{ures_open(kRegionData, icu_locale(language).c_str(), &status)};
    if (U_FAILURE(status) || status == U_USING_DEFAULT_WARNING) bundle.adoptInstead(nullptr);
    return bundle;
}

void add_names(const UResourceBundle* table, std::string_view language, std::vector<RegionName>& names) {
    const auto add_under = [&](const char* key, const std::string& region) {
        UErrorCode status = U_ZERO_ERROR;
        const icu::UnicodeString name = icu::ures_getUnicodeStringByKey(table, key, &status);
        if (U_FAILURE(status) || name.isEmpty()) return;
        names.push_back({.region = region,
                         .language = std::string{language},
                         .name = utf8(name),
                         .acronym = is_acronym(name)});
    };
    for (const std::string& region : all_regions())
        add_under(region.c_str(), region);
    for (const char* const region : kUnions)
        add_under(region, region);
    for (const WorldPart& part : kWorldParts)
        add_under(part.number, part.group);
}

std::vector<std::string> read_regions() {
    std::set<std::string> codes{"XK"};
    for (const char* const* code = uloc_getISOCountries(); *code != nullptr; ++code)
        codes.emplace(*code);
    return {codes.begin(), codes.end()};
}

}  // namespace

std::vector<RegionName> region_names(const std::vector<std::string>& languages) {
    std::vector<RegionName> names;
    for (const std::string& language : languages) {
        const auto bundle = open_language(language);
        if (bundle.isNull()) continue;
        for (const char* table_name : kNameTables) {
            const auto table = open_table(bundle.getAlias(), table_name);
            if (table.isValid()) add_names(table.getAlias(), language, names);
        }
    }
    return names;
}

std::string region_display_name(std::string_view region, std::string_view language) {
    const icu::Locale place{"", std::string{region}.c_str()};
    icu::UnicodeString name;
    place.getDisplayCountry(icu::Locale{icu_locale(language).c_str()}, name);
    return name.isEmpty() ? std::string{region} : utf8(name);
}

const std::vector<std::string>& all_regions() {
    static const std::vector<std::string> regions = read_regions();
    return regions;
}

std::string region_of_alpha3(std::string_view code) {
    std::string wanted{code};
    for (char& sign : wanted) {
        if (sign >= 'a' && sign <= 'z') sign = static_cast<char>(sign - 'a' + 'A');
    }
    if (wanted.size() != 3) return {};
    for (const std::string& region : all_regions()) {
        if (wanted == uloc_getISO3Country(("und_" + region).c_str())) return region;
    }
    return {};
}

std::vector<std::string> official_languages(std::string_view region) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::LocalUResourceBundlePointer data{ures_openDirect(nullptr, "supplementalData", &status)};
    const icu::LocalUResourceBundlePointer territories{
        ures_getByKey(data.getAlias(), "territoryInfo", nullptr, &status)};
    const icu::LocalUResourceBundlePointer spoken{
        ures_getByKey(territories.getAlias(), std::string{region}.c_str(), nullptr, &status)};
    std::vector<std::string> languages;
    if (U_FAILURE(status)) return languages;
    for (int32_t at = 0; at < ures_getSize(spoken.getAlias()); ++at) {
        UErrorCode missing = U_ZERO_ERROR;
        const icu::LocalUResourceBundlePointer language{
            ures_getByIndex(spoken.getAlias(), at, nullptr, &missing)};
        const icu::UnicodeString official =
            icu::ures_getUnicodeStringByKey(language.getAlias(), "officialStatus", &missing);
        if (U_FAILURE(missing) || (official != u"official" && official != u"de_facto_official")) continue;
        std::string name = ures_getKey(language.getAlias());
        std::ranges::replace(name, '_', '-');
        languages.push_back(std::move(name));
    }
    return languages;
}

}  // namespace newswatch::text
