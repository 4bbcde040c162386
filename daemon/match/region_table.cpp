#include "match/region_table.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <system_error>

#include "base/file.h"
#include "base/format.h"
#include "text/fold.h"
#include "text/language.h"
#include "text/region_names.h"
#include "text/script.h"

namespace newswatch::match {
namespace {

constexpr std::size_t kTableLimit = 4U << 20U;
constexpr std::string_view kGroupsFile = "groups.tsv";

// CLDR's names in these languages are known to every watchlist; besides, each country's official languages.
constexpr std::array kLanguages{"ar", "az", "bg", "bn",  "bs", "ca", "cs", "da", "de", "el", "en",     "es",
                                "et", "fa", "fi", "fil", "fr", "ga", "ha", "he", "hi", "hr", "hu",     "hy",
                                "id", "is", "it", "ja",  "ka", "kk", "km", "ko", "ku", "ky", "lo",     "lt",
                                "lv", "mk", "ml", "mn",  "mr", "ms", "my", "ne", "nl", "no", "pa",     "pl",
                                "ps", "pt", "ro", "ru",  "sk", "sl", "so", "sq", "sr", "sv", "sw",     "ta",
                                "te", "tg", "th", "tk",  "tr", "uk", "ur", "uz", "vi", "zh", "zh-Hant"};

std::optional<FormKind> kind_of(std::string_view word) {
    if (word == "name") return FormKind::name;
    if (word == "demonym") return FormKind::demonym;
    if (word == "capital") return FormKind::capital;
    if (word == "acronym") return FormKind::acronym;
    if (word == "other") return FormKind::other;
    return std::nullopt;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    while (true) {
        const std::size_t end = text.find(separator);
        parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos) return parts;
        text.remove_prefix(end + 1);
    }
}

// Traditional and simplified Chinese are one language of an article.
std::string table_language(std::string_view language) {
    const std::size_t script = language.find('-');
    return std::string{language.substr(0, script)};
}

// True for a language that stands for other letters than Latin ones: it counts in every text, for words in
// those letters, and English in its own texts is read as English anyway.
bool has_letters_of_its_own(std::string_view code) {
    for (unsigned script = 0; script <= static_cast<unsigned>(text::Script::other); ++script) {
        const auto letters = static_cast<text::Script>(script);
        if (letters != text::Script::latin && text::usual_language(letters) == text::language(code)) {
            return true;
        }
    }
    return false;
}

bool is_language(std::string_view text) {
    return text == "*" || ((text.size() == 2 || text.size() == 3) &&
                           std::ranges::all_of(text, [](char sign) { return sign >= 'a' && sign <= 'z'; }));
}

/// The forms as they come in, with what is needed to find contradictions between them.
class Collection {
  public:
    Collection() {
        for (const std::string& region : text::all_regions())
            known_.insert(region);
        known_.insert("EU");
        known_.insert("UN");
    }

    Result<void> read_groups(const std::filesystem::path& file) {
        return each_line(
            file, [&](std::string_view line, const std::string& place) { return read_group(line, place); });
    }

    Result<void> read_table(const std::filesystem::path& file) {
        return each_line(
            file, [&](std::string_view line, const std::string& place) { return read_form(line, place); });
    }

    /// CLDR's names, where the tables do not have the form. Called last, so that a person's line wins.
    void add_cldr_names() {
        const std::vector<std::string> languages{kLanguages.begin(), kLanguages.end()};
        for (const text::RegionName& name : text::region_names(languages)) {
            add_cldr_name(name, table_language(name.language));
        }
        add_own_names();
    }

    RegionForms finish() && {
        count_english_everywhere();
        for (const auto& [group, members] : forms_.groups)
            name_region(text::fold(group), group);
        return std::move(forms_);
    }

  private:
    struct Known {
        std::string region{};
        std::string place{};
    };

    template <class ReadLine>
    static Result<void> each_line(const std::filesystem::path& file, ReadLine read_line) {
        const Result<std::string> bytes = read_file(file, kTableLimit);
        if (!bytes) return tl::unexpected<Error>{bytes.error()};
        std::size_t number = 0;
        for (std::string_view line : split(*bytes, '\n')) {
            ++number;
            if (line.ends_with('\r')) line.remove_suffix(1);
            if (line.empty() || line.starts_with('#')) continue;
            Result<void> read = read_line(line, format("{}:{}", file.string(), number));
            if (!read) return read;
        }
        return {};
    }

    Result<void> read_group(std::string_view line, const std::string& place) {
        const std::vector<std::string_view> columns = split(line, '\t');
        if (columns.size() != 2 || columns[0].empty() || columns[1].empty()) {
            return fail(ErrorKind::configuration, "expected GROUP, a TAB, MEMBERS separated by spaces",
                        place);
        }
        std::vector<std::string> members;
        for (const std::string_view member : split(columns[1], ' ')) {
            const auto group = std::ranges::find(
                forms_.groups, member, [](const auto& known) { return std::string_view{known.first}; });
            if (group != forms_.groups.end()) {
                members.insert(members.end(), group->second.begin(), group->second.end());
            } else if (known_.contains(member)) {
                members.emplace_back(member);
            } else {
                return fail(ErrorKind::configuration,
                            format("expected a country code or a group written further up, not `{}`", member),
                            place);
            }
        }
        known_.emplace(columns[0]);
        forms_.groups.emplace_back(columns[0], std::move(members));
        return {};
    }

    Result<void> read_form(std::string_view line, const std::string& place) {
        const std::vector<std::string_view> columns = split(line, '\t');
        if (columns.size() != 4) {
            return fail(
                ErrorKind::configuration,
                format("expected 4 columns separated by TABs (region, language, kind, form), found {}",
                       columns.size()),
                place);
        }
        const std::optional<FormKind> kind = kind_of(columns[2]);
        if (!kind) {
            return fail(ErrorKind::configuration,
                        format("expected name, demonym, capital, acronym or other, not `{}`", columns[2]),
                        place);
        }
        if (!is_language(columns[1])) {
            return fail(ErrorKind::configuration,
                        format("expected a language such as `ar`, or `*`, not `{}`", columns[1]), place);
        }
        if (*kind == FormKind::other ? columns[0] != "-" : !known_.contains(columns[0])) {
            return fail(ErrorKind::configuration,
                        format("expected {}, not `{}`",
                               *kind == FormKind::other ? "`-` as the region of kind other"
                                                        : "a country code or a group of groups.tsv",
                               columns[0]),
                        place);
        }
        if (columns[3].empty() || columns[3].ends_with('*')) {
            return fail(ErrorKind::configuration, "expected a whole word or phrase as the form", place);
        }
        return add_from_table({.region = std::string{*kind == FormKind::other ? "" : columns[0]},
                               .language = std::string{columns[1]},
                               .kind = *kind,
                               .form = std::string{columns[3]}},
                              place);
    }

    Result<void> add_from_table(RegionForm form, const std::string& place) {
        const std::string folded = text::fold(form.form);
        const auto [known, is_new] =
            seen_.try_emplace(key(form.language, folded), Known{.region = form.region, .place = place});
        if (!is_new && known->second.region != form.region) {
            return fail(ErrorKind::configuration,
                        format("`{}` is a form of `{}` here and of `{}` in {}", form.form, form.region,
                               known->second.region, known->second.place),
                        place);
        }
        if (form.kind == FormKind::name || form.kind == FormKind::acronym) name_region(folded, form.region);
        forms_.forms.push_back(std::move(form));
        return {};
    }

    void add_cldr_name(const text::RegionName& name, const std::string& language) {
        // WATCHLISTS.md §5: one character is no name (vi Ý, Italy, would be every Y).
        if (text::count_code_points(name.name) < 2) return;
        const std::string folded = text::fold(name.name);
        const auto [known, is_new] =
            seen_.try_emplace(key(language, folded), Known{.region = name.region, .place = "CLDR"});
        // Where name and people share a form (fr Somalie), the table has it as people, but a person who
        // writes it means the country.
        if (known->second.region == name.region) name_region(folded, name.region);
        if (!is_new) return;
        forms_.forms.push_back({.region = name.region,
                                .language = language,
                                .kind = name.acronym ? FormKind::acronym : FormKind::name,
                                .form = name.name});
    }

    // A country's own name (Türkiye, Deutschland) is understood in a text of any language.
    void add_own_names() {
        std::map<std::string, std::set<std::string>> regions_of_language;
        for (const std::string& region : text::all_regions()) {
            for (const std::string& language : text::official_languages(region)) {
                regions_of_language[language].insert(region);
            }
        }
        for (const auto& [language, regions] : regions_of_language) {
            for (const text::RegionName& name : text::region_names({language})) {
                if (regions.contains(name.region)) add_cldr_name(name, "*");
            }
        }
    }

    /// WATCHLISTS.md §5: the English name counts in a text of any language; English people and capitals do
    /// not
    /// (`sino` is Spanish, `Lima` an Indonesian number). What a language itself says of a word goes first
    /// (es América, the continent).
    void count_english_everywhere() {
        std::vector<RegionForm> copies;
        for (const RegionForm& form : forms_.forms) {
            if (form.language != "en" || form.kind == FormKind::demonym || form.kind == FormKind::capital) {
                continue;
            }
            const std::string folded = text::fold(form.form);
            const auto contradicts = [&](const char* language) {
                const auto own = seen_.find(key(table_language(language), folded));
                return own != seen_.end() && own->second.region != form.region;
            };
            if (std::ranges::none_of(kLanguages, contradicts)) {
                copies.push_back(form);
                copies.back().language = "*";
                continue;
            }
            for (const char* language : kLanguages) {
                if (form.language == language || contradicts(language) || has_letters_of_its_own(language)) {
                    continue;
                }
                copies.push_back(form);
                copies.back().language = table_language(language);
            }
        }
        std::ranges::move(copies, std::back_inserter(forms_.forms));
    }

    void name_region(const std::string& folded, const std::string& region) {
        forms_.regions_by_name.try_emplace(folded, region);
    }

    static std::string key(std::string_view language, std::string_view folded) {
        return format("{}\t{}", language, folded);
    }

    RegionForms forms_;
    std::set<std::string, std::less<>> known_;
    std::unordered_map<std::string, Known> seen_;  // by key(language, folded form)
};

Result<std::vector<std::filesystem::path>> tables_in(const std::filesystem::path& folder) {
    std::error_code failure;
    std::vector<std::filesystem::path> tables;
    for (std::filesystem::directory_iterator entry{folder, failure}, end; !failure && entry != end;
         entry.increment(failure)) {
        if (entry->path().extension() == ".tsv" && entry->path().filename() != kGroupsFile) {
            tables.push_back(entry->path());
        }
    }
    if (failure) {
        return fail(ErrorKind::unavailable, "cannot read the tables of regions: " + failure.message(),
                    folder.string(), "they are installed as share/newswatch/regions");
    }
    std::ranges::sort(tables);
    return tables;
}

bool is_two_letters(std::string_view text) {
    return text.size() == 2 && std::ranges::all_of(text, [](char sign) {
               return (sign >= 'a' && sign <= 'z') || (sign >= 'A' && sign <= 'Z');
           });
}

std::string upper(std::string_view text) {
    std::string result{text};
    for (char& sign : result) {
        if (sign >= 'a' && sign <= 'z') sign = static_cast<char>(sign - 'a' + 'A');
    }
    return result;
}

}  // namespace

Result<RegionForms> load_region_forms(const std::filesystem::path& folder) {
    const Result<std::vector<std::filesystem::path>> tables = tables_in(folder);
    if (!tables) return tl::unexpected<Error>{tables.error()};
    Collection collection;
    const Result<void> groups = collection.read_groups(folder / kGroupsFile);
    if (!groups) return tl::unexpected<Error>{groups.error()};
    for (const std::filesystem::path& table : *tables) {
        const Result<void> read = collection.read_table(table);
        if (!read) return tl::unexpected<Error>{read.error()};
    }
    collection.add_cldr_names();
    return std::move(collection).finish();
}

std::string find_region(const RegionForms& forms, std::string_view written) {
    if (is_two_letters(written)) {
        const std::string code = upper(written);
        const bool exists =
            code == "EU" || code == "UN" || std::ranges::binary_search(text::all_regions(), code);
        return exists ? code : std::string{};
    }
    const auto named = forms.regions_by_name.find(text::fold(written));
    return named != forms.regions_by_name.end() ? named->second : text::region_of_alpha3(written);
}

}  // namespace newswatch::match
