#include "ctl/duration.h"

#include <CLI/CLI.hpp>
#include <map>

#include "base/format.h"

namespace newswatch::ctl {

std::string show_duration(std::chrono::seconds duration) {
    const auto seconds = duration.count();
    const auto with_rest = [](auto whole, const char* unit, auto rest, const char* rest_unit) {
        return rest == 0 ? format("{} {}", whole, unit) : format("{} {} {} {}", whole, unit, rest, rest_unit);
    };
    if (seconds < 60) return format("{} s", seconds);
    if (seconds < 3600) return format("{} min", seconds / 60);
    if (seconds < 86400) return with_rest(seconds / 3600, "h", seconds % 3600 / 60, "min");
    return with_rest(seconds / 86400, "d", seconds % 86400 / 3600, "h");
}

void add_last(CLI::App& verb, std::uint64_t& seconds) {
    constexpr std::uint64_t kHour = 3600;
    constexpr std::uint64_t kDay = 24 * kHour;
    static const std::map<std::string, std::uint64_t> kUnits{
        {"m", 60},       {"min", 60},        {"minute", 60},     {"minutes", 60}, {"h", kHour},
        {"hour", kHour}, {"hours", kHour},   {"d", kDay},        {"day", kDay},   {"days", kDay},
        {"w", 7 * kDay}, {"week", 7 * kDay}, {"weeks", 7 * kDay}};
    verb.add_option("--last", seconds,
                    "how far back: 30min, 12h, 7d, 4w; all that is kept where it is left out")
        ->transform(CLI::AsNumberWithUnit{kUnits, CLI::AsNumberWithUnit::UNIT_REQUIRED})
        ->type_name("TIME");
}

std::string relative(Time time, Time now) {
    const auto ahead = std::chrono::duration_cast<std::chrono::seconds>(time - now);
    if (ahead > std::chrono::seconds{0}) return "in " + show_duration(ahead);
    if (ahead < std::chrono::seconds{0}) return show_duration(-ahead) + " ago";
    return "now";
}

}  // namespace newswatch::ctl
