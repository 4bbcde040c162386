#include "ctl/duration.h"

#include <ctime>

#include "base/format.h"

namespace newswatch::ctl {

namespace {

std::tm local_parts(Time time) {
    const std::time_t seconds = std::chrono::system_clock::to_time_t(time);
    std::tm parts{};
    localtime_r(&seconds, &parts);
    return parts;
}

std::string hours_and_minutes(const std::tm& parts) {
    return format("{:02}:{:02}", parts.tm_hour, parts.tm_min);
}

}  // namespace

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

std::string local_clock(Time time) {
    const std::tm parts = local_parts(time);
    return format("{}:{:02}", hours_and_minutes(parts), parts.tm_sec);
}

std::string local_time(Time time, Time now) {
    const std::tm parts = local_parts(time);
    const std::tm today = local_parts(now);
    const bool same_day = parts.tm_year == today.tm_year && parts.tm_yday == today.tm_yday;
    if (same_day) return hours_and_minutes(parts);
    return format("{:04}-{:02}-{:02} {}", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday,
                  hours_and_minutes(parts));
}

std::string relative(Time time, Time now) {
    const auto ahead = std::chrono::duration_cast<std::chrono::seconds>(time - now);
    if (ahead > std::chrono::seconds{0}) return "in " + show_duration(ahead);
    if (ahead < std::chrono::seconds{0}) return show_duration(-ahead) + " ago";
    return "now";
}

}  // namespace newswatch::ctl
