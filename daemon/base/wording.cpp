#include "base/wording.h"

#include <ctime>

#include "base/format.h"

namespace newswatch {

namespace {

std::tm local_parts(Time time) {
    const std::time_t seconds = std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
    std::tm parts{};
    localtime_r(&seconds, &parts);
    return parts;
}

std::string hours_and_minutes(const std::tm& parts) {
    return format("{:02}:{:02}", parts.tm_hour, parts.tm_min);
}

}  // namespace

std::string counted(std::uint64_t number, std::string_view thing) {
    std::string digits = std::to_string(number);
    for (std::size_t at = digits.size(); at > 3; at -= 3)
        digits.insert(at - 3, ",");
    return format("{} {}{}", digits, thing, number == 1 ? "" : "s");
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

}  // namespace newswatch
