#include "settings/values.h"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "base/ascii.h"
#include "base/format.h"
#include "settings/code_points.h"
#include "settings/suggestion.h"

namespace newswatch::settings {

namespace {

using std::chrono::seconds;

struct Unit {
    std::string_view name;
    std::int64_t seconds;
};

constexpr std::int64_t kMinute = 60;
constexpr std::int64_t kHour = 60 * kMinute;
constexpr std::int64_t kDay = 24 * kHour;
constexpr std::int64_t kWeek = 7 * kDay;
constexpr std::int64_t kMonth = 30 * kDay;
constexpr std::int64_t kYear = 365 * kDay;

/// The short form comes first, for suggestions. English, French, Arabic; then German, Spanish,
/// Turkish, Russian and Persian.
constexpr auto kUnits = std::to_array<Unit>({
    {"s", 1},
    {"sec", 1},
    {"secs", 1},
    {"second", 1},
    {"seconds", 1},
    {"seconde", 1},
    {"secondes", 1},
    {"ثانية", 1},
    {"ثوان", 1},
    {"ثواني", 1},
    {"m", kMinute},
    {"min", kMinute},
    {"mins", kMinute},
    {"minute", kMinute},
    {"minutes", kMinute},
    {"دقيقة", kMinute},
    {"دقائق", kMinute},
    {"دقيقتان", kMinute},
    {"h", kHour},
    {"hr", kHour},
    {"hrs", kHour},
    {"hour", kHour},
    {"hours", kHour},
    {"heure", kHour},
    {"heures", kHour},
    {"ساعة", kHour},
    {"ساعات", kHour},
    {"d", kDay},
    {"day", kDay},
    {"days", kDay},
    {"jour", kDay},
    {"jours", kDay},
    {"j", kDay},
    {"يوم", kDay},
    {"أيام", kDay},
    {"ايام", kDay},
    {"يوما", kDay},
    {"يوماً", kDay},
    {"w", kWeek},
    {"wk", kWeek},
    {"week", kWeek},
    {"weeks", kWeek},
    {"semaine", kWeek},
    {"semaines", kWeek},
    {"أسبوع", kWeek},
    {"أسابيع", kWeek},
    {"month", kMonth},
    {"months", kMonth},
    {"mois", kMonth},
    {"شهر", kMonth},
    {"أشهر", kMonth},
    {"شهور", kMonth},
    {"y", kYear},
    {"year", kYear},
    {"years", kYear},
    {"yr", kYear},
    {"an", kYear},
    {"ans", kYear},
    {"année", kYear},
    {"années", kYear},
    {"سنة", kYear},
    {"سنوات", kYear},
    {"عام", kYear},
    {"أعوام", kYear},
    {"sekunde", 1},
    {"sekunden", 1},
    {"minuten", kMinute},
    {"stunde", kHour},
    {"stunden", kHour},
    {"tag", kDay},
    {"tage", kDay},
    {"tagen", kDay},
    {"woche", kWeek},
    {"wochen", kWeek},
    {"monat", kMonth},
    {"monate", kMonth},
    {"jahr", kYear},
    {"jahre", kYear},
    {"segundo", 1},
    {"segundos", 1},
    {"minuto", kMinute},
    {"minutos", kMinute},
    {"hora", kHour},
    {"horas", kHour},
    {"día", kDay},
    {"días", kDay},
    {"semana", kWeek},
    {"semanas", kWeek},
    {"mes", kMonth},
    {"meses", kMonth},
    {"año", kYear},
    {"años", kYear},
    {"saniye", 1},
    {"dakika", kMinute},
    {"saat", kHour},
    {"gün", kDay},
    {"hafta", kWeek},
    {"ay", kMonth},
    {"yıl", kYear},
    {"секунд", 1},
    {"минут", kMinute},
    {"минута", kMinute},
    {"минуты", kMinute},
    {"час", kHour},
    {"часа", kHour},
    {"часов", kHour},
    {"день", kDay},
    {"дня", kDay},
    {"дней", kDay},
    {"ثانیه", 1},
    {"دقیقه", kMinute},
    {"ساعت", kHour},
    {"روز", kDay},
    {"هفته", kWeek},
});

std::string_view take_digits(std::string_view& text) {
    std::size_t size = 0;
    while (size < text.size() && ascii::is_digit(text[size]))
        ++size;
    const std::string_view digits = text.substr(0, size);
    text.remove_prefix(size);
    return digits;
}

/// Letters of any script up to a space, a comma or a digit.
std::string_view take_word(std::string_view& text) {
    std::size_t size = 0;
    while (size < text.size() && !ascii::is_digit(text[size]) && text[size] != ' ' && text[size] != ',')
        ++size;
    const std::string_view word = text.substr(0, size);
    text.remove_prefix(size);
    return word;
}

void skip_spaces(std::string_view& text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == ','))
        text.remove_prefix(1);
}

/// Where a part of the value stands: quotes move it by one.
Mark mark_inside(const TreeEntry& entry, std::string_view whole, std::string_view rest) {
    Mark mark = entry.value.mark;
    mark.column += static_cast<unsigned>(code_point_count(whole.substr(0, whole.size() - rest.size())));
    if (entry.value.quoted) ++mark.column;
    return mark;
}

void report_no_unit(const TreeEntry& entry, const std::string& number, Report& report) {
    Finding& finding = report.error("S21", newswatch::format("{} what? A duration needs a unit", number),
                                    entry.value.mark, entry.value.width());
    finding.label = "seconds, minutes or hours?";
    finding.help.push_back(newswatch::format(
        "help: for {} minutes write  {}: {} min   (10m, 10 min, 10 minutes, ١٠ دقائق are all fine)",
        number == "10" ? "ten" : number, entry.key, number));
}

void report_bad_unit(std::string_view text, Mark mark, std::string_view word, Report& report) {
    Finding& finding = report.error("S22", newswatch::format("`{}` is not a duration I know", text), mark,
                                    code_point_count(word));
    std::vector<std::string> names;
    for (const auto& [unit, name] :
         std::initializer_list<std::pair<std::string_view, std::string_view>>{{"min", "minutes"},
                                                                              {"sec", "seconds"},
                                                                              {"hours", "hours"},
                                                                              {"days", "days"},
                                                                              {"weeks", "weeks"},
                                                                              {"years", "years"}}) {
        if (edit_distance(word, unit) > (unit.size() > 3 ? 2U : 1U)) continue;
        finding.label = newswatch::format("did you mean `{}` ({})?", unit, name);
        break;
    }
    finding.help.emplace_back("units: s, min, h, d, w — for example 90s, 10 min, 1h30m, 7d");
}

std::string shown(seconds duration) {
    const std::int64_t count = duration.count();
    for (const auto& [unit, size] : std::initializer_list<std::pair<const char*, std::int64_t>>{
             {"years", kYear}, {"days", kDay}, {"h", kHour}, {"min", kMinute}}) {
        if (count >= size && count % size == 0) return newswatch::format("{} {}", count / size, unit);
    }
    return newswatch::format("{} s", count);
}

void report_out_of_range(const TreeEntry& entry, const DurationRange& range, bool too_small, Report& report) {
    const bool is_rhythm = entry.key == "every";
    Finding& finding = report.error("S23",
                                    newswatch::format("`{}: {}` is {}", entry.key, entry.value.value,
                                                      too_small ? (is_rhythm ? "too often" : "too short")
                                                                : (is_rhythm ? "too seldom" : "too long")),
                                    entry.value.mark, entry.value.width());
    finding.label =
        too_small ? "the shortest is " + shown(range.least) : "the longest is " + shown(range.most);
    if (!is_rhythm) return;
    if (too_small) finding.help.emplace_back("why: publishers block readers that ask too often");
    finding.help.emplace_back(
        "help: every: 5 min is usual for an agency; newswatch speeds up by itself on busy feeds");
}

/// `20 GB` → ("20", "GB"), both trimmed.
std::pair<std::string_view, std::string_view> number_and_rest(std::string_view text) {
    const std::string_view digits = take_digits(text);
    return {digits, trimmed(text)};
}

}  // namespace

std::string with_ascii_digits(std::string_view text) {
    std::string plain;
    text = trimmed(text);
    for (std::size_t at = 0; at < text.size();) {
        const CodePoint point = code_point_at(text, at);
        if (point.value >= 0x660 && point.value <= 0x669) {
            plain.push_back(static_cast<char>('0' + (point.value - 0x660)));
        } else if (point.value >= 0x6F0 && point.value <= 0x6F9) {
            plain.push_back(static_cast<char>('0' + (point.value - 0x6F0)));
        } else if (is_foreign_space(point.value)) {
            plain.push_back(' ');
        } else if (!is_invisible(point.value)) {
            plain += text.substr(at, point.size);
        }
        at += point.size;
    }
    return plain;
}

std::optional<std::uint64_t> whole_number(std::string_view text) {
    constexpr std::size_t kMostDigits = 18;  // always fits
    std::string_view rest = text;
    const std::string_view digits = take_digits(rest);
    if (digits.empty() || !rest.empty() || digits.size() > kMostDigits) return std::nullopt;
    std::uint64_t value = 0;
    for (const char digit : digits)
        value = value * 10 + static_cast<std::uint64_t>(digit - '0');
    return value;
}

std::optional<std::uint64_t> number_of(const TreeEntry& entry, const NumberRange& range, Report& report) {
    const std::size_t errors_before = report.error_count();
    const std::string text = with_ascii_digits(text_of(entry, report));
    if (report.error_count() != errors_before) return std::nullopt;
    const auto value = whole_number(text);
    if (value && *value >= range.least && *value <= range.most) return value;
    Finding& finding = report.error(
        "S20",
        newswatch::format("`{}` must be a whole number from {} to {}", entry.key, range.least, range.most),
        entry.value.mark, entry.value.width());
    const bool negative = text.starts_with('-') && whole_number(std::string_view{text}.substr(1));
    if (negative || (value && *value < range.least)) {
        finding.label = newswatch::format("{} is below {}", text, range.least);
    } else if (value) {
        finding.label = newswatch::format("{} is above {}", text, range.most);
    } else {
        std::string plain = text;
        std::erase_if(plain, [](char letter) { return letter == ',' || letter == ' ' || letter == '\''; });
        finding.label = whole_number(plain) ? newswatch::format("write {}, without separators", plain)
                                            : std::string{"this is not a whole number"};
    }
    if (!range.usual.empty())
        finding.help.push_back(newswatch::format("default: {} (delete the line to use it)", range.usual));
    return std::nullopt;
}

std::optional<seconds> duration_of(const TreeEntry& entry, const DurationRange& range, Report& report) {
    const std::string text = with_ascii_digits(text_of(entry, report));
    if (text.empty()) return std::nullopt;
    std::string_view rest = text;
    std::int64_t total = 0;
    std::int64_t smallest = 0;  // the unit written last
    while (!rest.empty()) {
        const std::string_view before = rest;
        const auto number = whole_number(take_digits(rest));
        skip_spaces(rest);
        if (number && rest.empty() && smallest == kHour && *number < 60) {
            total += static_cast<std::int64_t>(*number) * kMinute;  // 1h30
            break;
        }
        if (number && rest.empty()) {
            report_no_unit(entry, text, report);
            return std::nullopt;
        }
        const Mark mark = mark_inside(entry, text, number ? rest : before);
        std::string_view word = take_word(rest);
        const std::string unit_name = ascii::lower(word);
        const auto* unit = std::find_if(kUnits.begin(), kUnits.end(),
                                        [&](const Unit& known) { return known.name == unit_name; });
        if (!number || unit == kUnits.end()) {
            report_bad_unit(text, mark, word, report);
            return std::nullopt;
        }
        // A thousand years are out of every range; the product cannot overflow then.
        constexpr std::int64_t kMost = 1000 * kYear;
        const auto count = static_cast<std::int64_t>(
            std::min<std::uint64_t>(*number, static_cast<std::uint64_t>(kMost / unit->seconds)));
        total = std::min(total + count * unit->seconds, kMost);
        smallest = unit->seconds;
        skip_spaces(rest);
    }
    const seconds duration{total};
    if (duration >= range.least && duration <= range.most) return duration;
    report_out_of_range(entry, range, duration < range.least, report);
    return std::nullopt;
}

std::optional<std::uint64_t> size_of(const TreeEntry& entry, Report& report) {
    struct SizeUnit {
        std::string_view name;
        std::uint64_t bytes;
    };
    static constexpr std::array<SizeUnit, 8> kSizes{{{"mb", 1'000'000},
                                                     {"gb", 1'000'000'000},
                                                     {"tb", 1'000'000'000'000},
                                                     {"kb", 1000},
                                                     {"mib", 1ULL << 20U},
                                                     {"gib", 1ULL << 30U},
                                                     {"tib", 1ULL << 40U},
                                                     {"kib", 1ULL << 10U}}};
    const std::string text = with_ascii_digits(text_of(entry, report));
    if (text.empty()) return std::nullopt;
    const auto [digits, rest] = number_and_rest(text);
    const auto number = whole_number(digits);
    const std::string name = ascii::lower(rest);
    const auto* unit =
        std::find_if(kSizes.begin(), kSizes.end(), [&](const SizeUnit& known) { return known.name == name; });
    if (number && unit != kSizes.end() && *number > 0 &&
        *number <= std::numeric_limits<std::int64_t>::max() / unit->bytes) {
        return *number * unit->bytes;
    }
    report.error("S41", newswatch::format("`{}` is not a size", text), entry.value.mark, entry.value.width())
        .help.push_back(
            newswatch::format("help: a number and MB, GB or TB, for example  {}: 20 GB", entry.key));
    return std::nullopt;
}

std::optional<double> rate_of(const TreeEntry& entry, Report& report) {
    const std::string text = with_ascii_digits(text_of(entry, report));
    if (text.empty()) return std::nullopt;
    auto [digits, rest] = number_and_rest(text);
    const auto number = whole_number(digits);
    std::string_view unit_text = rest;
    for (const std::string_view word : {"per ", "/", "a "}) {
        if (unit_text.starts_with(word)) {
            unit_text.remove_prefix(word.size());
            break;
        }
    }
    const std::string name = ascii::lower(trimmed(unit_text));
    const auto* unit =
        std::find_if(kUnits.begin(), kUnits.end(), [&](const Unit& known) { return known.name == name; });
    const bool has_per = unit_text.size() != rest.size();
    if (number && has_per && unit != kUnits.end() && *number >= 1 && *number <= 1'000'000)
        return static_cast<double>(*number) / static_cast<double>(unit->seconds);
    report.error("S42", newswatch::format("`{}` is not a rate", text), entry.value.mark, entry.value.width())
        .help.push_back(newswatch::format("help: write  {}: 20 per second", entry.key));
    return std::nullopt;
}

std::optional<bool> yes_or_no(const TreeEntry& entry, Report& report) {
    const std::size_t errors_before = report.error_count();
    const std::string text = ascii::lower(text_of(entry, report));
    for (const std::string_view word : {"yes", "true", "on", "نعم", "oui"}) {
        if (text == word) return true;
    }
    for (const std::string_view word : {"no", "false", "off", "لا", "non"}) {
        if (text == word) return false;
    }
    if (report.error_count() == errors_before) {
        report
            .error("S43", newswatch::format("`{}` must be yes or no", entry.key), entry.value.mark,
                   entry.value.width())
            .help.push_back(newswatch::format("help: write  {}: yes", entry.key));
    }
    return std::nullopt;
}

}  // namespace newswatch::settings
