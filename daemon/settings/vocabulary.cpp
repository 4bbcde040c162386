#include "settings/vocabulary.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/ascii.h"
#include "base/format.h"
#include "settings/code_points.h"
#include "settings/suggestion.h"

namespace newswatch::settings {

namespace {

std::string in_upper_case(std::string_view ascii) {
    std::string text{ascii};
    for (char& letter : text) {
        if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
    }
    return text;
}

using Pair = std::pair<std::string_view, std::string_view>;

/// Codes that people write because the country, its language or its number plate is called so.
constexpr std::array<Pair, 8> kMistakenRegions{{
    {"UK", "GB"},
    {"EL", "GR"},
    {"SU", "RU"},
    {"YU", "RS"},
    {"KO", "KR"},
    {"JA", "JP"},
    {"FA", "IR"},
    {"SP", "ES"},
}};

/// ISO 639-1, alphabetical, two letters each; without withdrawn codes such as `iw`.
constexpr std::string_view kLanguages =
    "aaabaeafakamanarasavayazbabebgbhbibmbnbobrbscacechcocrcscucvcydadedvdzeeeleneoeseteufafffifjfofr"
    "fygagdglgngugvhahehihohrhthuhyhziaidieigiiikioisitiujajvkakgkikjkkklkmknkokrkskukvkwkylalblgliln"
    "loltlulvmgmhmimkmlmnmrmsmtmynanbndnengnlnnnonrnvnyocojomorospapiplpsptqurmrnrorurwsascsdsesgshsi"
    "skslsmsnsosqsrssstsusvswtatetgthtitktltntotrtstttwtyugukuruzvevivowawoxhyiyozazhzu";

constexpr std::array<Pair, 34> kMistakenLanguages{{
    {"arabic", "ar"},  {"bengali", "bn"},    {"chinese", "zh"},   {"cn", "zh"},         {"cz", "cs"},
    {"danish", "da"},  {"dk", "da"},         {"dutch", "nl"},     {"english", "en"},    {"farsi", "fa"},
    {"finnish", "fi"}, {"french", "fr"},     {"german", "de"},    {"gr", "el"},         {"greek", "el"},
    {"hebrew", "he"},  {"hindi", "hi"},      {"in", "id"},        {"indonesian", "id"}, {"italian", "it"},
    {"iw", "he"},      {"japanese", "ja"},   {"jp", "ja"},        {"korean", "ko"},     {"kurdish", "ku"},
    {"persian", "fa"}, {"portuguese", "pt"}, {"russian", "ru"},   {"spanish", "es"},    {"swedish", "sv"},
    {"turkish", "tr"}, {"ua", "uk"},         {"ukrainian", "uk"}, {"urdu", "ur"},
}};

template <std::size_t Size>
std::string_view looked_up(const std::array<Pair, Size>& table, std::string_view key) {
    const auto* found =
        std::find_if(table.begin(), table.end(), [key](const Pair& row) { return row.first == key; });
    return found == table.end() ? std::string_view{} : found->second;
}

bool is_language(std::string_view code) {
    for (std::size_t at = 0; at + 1 < kLanguages.size(); at += 2) {
        if (kLanguages.substr(at, 2) == code) return true;
    }
    return false;
}

/// `LY, SY` → `[LY, SY]`; empty where there is no comma, of any script.
std::string as_list(std::string_view written) {
    std::string list{written};
    for (std::size_t at = list.find("،"); at != std::string::npos; at = list.find("،", at))
        list.replace(at, std::string_view{"،"}.size(), ",");
    return list.find(',') == std::string::npos ? std::string{} : "[" + list + "]";
}

}  // namespace

Vocabulary::Vocabulary(const std::vector<Concept>& concepts, const RegionLookup& regions)
    : regions_{regions} {
    for (const Concept& known : concepts)
        concepts_.emplace(known.id, &known);
}

std::string Vocabulary::region(const Word& written, Report& report) const {
    const bool is_code =
        written.text.size() == 2 && ascii::is_letter(written.text[0]) && ascii::is_letter(written.text[1]);
    const std::string asked = is_code ? in_upper_case(written.text) : written.text;
    std::string found = regions_.find ? regions_.find(asked) : std::string{};
    if (!found.empty() && (!is_code || found == asked)) {
        // YAML.md §6, 2: the Norway problem of YAML 1.1.
        if (written.text == "NO" && written.width == 2) {
            Finding& finding = report.note("Y02", "`NO` is read as Norway", written.mark, 2);
            finding.label = "read as text, never as \"no/false\"";
            finding.help.emplace_back(
                "help: nothing to do. Other YAML programs may read this as \"false\";\nif you share the file "
                "with them, write  region: \"NO\"");
        }
        return found;
    }
    Finding& finding =
        report.error("W07",
                     is_code ? newswatch::format("no country has the code `{}`", written.text)
                             : newswatch::format("no country or group is called `{}`", written.text),
                     written.mark, written.width);
    if (const std::string list = as_list(written.text); !list.empty()) {
        finding.help.push_back("help: several at once go into brackets:  region: " + list);
        return {};
    }
    const std::string near = region_suggestion(asked);
    const std::string near_name = !near.empty() && regions_.name ? regions_.name(near) : std::string{};
    if (!near.empty()) finding.label = newswatch::format("did you mean `{}` ({})?", near, near_name);
    finding.help.push_back("help: you may also write the name in any language: region: " +
                           (near_name.empty() ? "Libya" : near_name));
    return {};
}

std::string Vocabulary::region_suggestion(std::string_view written) const {
    if (const std::string_view usual = looked_up(kMistakenRegions, written); !usual.empty())
        return std::string{usual};
    if (!regions_.find || !regions_.name || written.size() == 2) return {};
    if (region_codes_.empty()) {
        // Only the English names can be asked for, code by code; enough for `Lybia`.
        for (char first = 'A'; first <= 'Z'; ++first) {
            for (char second = 'A'; second <= 'Z'; ++second) {
                const std::string code{first, second};
                if (regions_.find(code) != code) continue;
                region_codes_.push_back(code);
                region_names_.push_back(regions_.name(code));
            }
        }
    }
    const std::string near = nearest(written, region_names_);
    if (near.empty()) return {};
    const auto at = std::find(region_names_.begin(), region_names_.end(), near) - region_names_.begin();
    return region_codes_[static_cast<std::size_t>(at)];
}

void Vocabulary::check_feed(const Word& written, Report& report) const {
    if (!regions_.feeds || written.text.empty()) return;
    if (!feeds_) {
        feeds_ = regions_.feeds();
        std::sort(feeds_->begin(), feeds_->end());
        feeds_->erase(std::unique(feeds_->begin(), feeds_->end()), feeds_->end());
    }
    if (std::binary_search(feeds_->begin(), feeds_->end(), written.text)) return;
    Finding& finding =
        report.warning("W55", newswatch::format("no feed or folder is called `{}`", written.text),
                       written.mark, written.width);
    const std::string near = nearest(written.text, *feeds_);
    if (!near.empty()) finding.label = newswatch::format("did you mean `{}`?", near);
    finding.help.emplace_back(
        "why: limited to feeds that are not there, this watchlist hears of nothing from them");
    finding.help.emplace_back("help: write the name, the folder or the address of a feed as in feeds.d");
}

void Vocabulary::check_concept(const Word& written, Report& report) const {
    if (concepts_.contains(written.text)) return;
    Finding& finding = report.error("W35", newswatch::format("there is no concept `{}`", written.text),
                                    written.mark, written.width);
    if (const std::string list = as_list(written.text); !list.empty()) {
        finding.label = "one concept a line";
        return;
    }
    std::vector<std::string> names;
    for (const auto& [name, known] : concepts_)
        names.emplace_back(name);
    std::sort(names.begin(), names.end());
    if (const std::string near = nearest(written.text, names); !near.empty()) {
        const Concept& known = *concepts_.at(near);
        std::size_t terms = 0;
        for (const auto& [language, list] : known.terms)
            terms += list.size();
        finding.label =
            newswatch::format("did you mean `{}`? ({} term{} in {} language{})", near, terms,
                              terms == 1 ? "" : "s", known.terms.size(), known.terms.size() == 1 ? "" : "s");
    }
    if (names.empty()) finding.help.emplace_back("help: no concepts were found; they lie in concepts.d");
    finding.help.emplace_back("list: newswatchctl concepts");
}

std::string language_code(const Word& written, Report& report) {
    const std::string lower = ascii::lower(written.text);
    // RFC 5646: the language is what stands before the first hyphen; an article's hint has no more.
    std::string primary = lower.substr(0, lower.find_first_of("-_"));
    if (is_language(primary)) return primary;
    // ISO 639-3 has what 639-1 lacks (ckb, prs); its 8,000 codes are not checked one by one.
    if (primary.size() == 3 && std::all_of(primary.begin(), primary.end(), ascii::is_letter)) return primary;
    Finding& finding = report.error("W46", newswatch::format("`{}` is not a language code", written.text),
                                    written.mark, written.width);
    if (const std::string_view usual = looked_up(kMistakenLanguages, primary); !usual.empty())
        finding.label = newswatch::format("did you mean `{}`?", usual);
    finding.help.emplace_back("help: two letters by ISO 639-1: ar, en, fr, tr, ru, fa …");
    return {};
}

}  // namespace newswatch::settings
