#include "schedule/rhythm.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>

namespace newswatch::schedule {

namespace {

constexpr Minutes kHour = 60;
constexpr Minutes kDayOfMinutes = 24 * kHour;
constexpr Minutes kSlowMemory = 10 * kDayOfMinutes;
constexpr Minutes kFastMemory = 2 * kHour;
constexpr Minutes kWorthMemory = 30 * kDayOfMinutes;
/// A first document that reaches further back says little about today.
constexpr Minutes kLongestPast = 30 * kDayOfMinutes;

/// One request is worth this many bytes: a kept connection's 304 costs what about 50 KB do (POLLING.md §3).
constexpr double kBytesOfARequest = 50'000;
constexpr float kHighestCost = 20;

constexpr double kLeastWeight = 0.25;
constexpr double kOwnHoursTrusted = 24;  // articles until a feed's own hours weigh as much as everybody's
constexpr float kLeastOfAnHour = 0.15F;

float faded(float value, Minutes elapsed, Minutes memory) {
    return value * static_cast<float>(std::exp(-elapsed / memory));
}

Minutes between(Time from, Time until) {
    return std::chrono::duration<double, std::ratio<60>>{until - from}.count();
}

/// Minutes since midnight, UTC.
Minutes minute_of_day(Time time) {
    const Minutes minute = std::fmod(between(Time{}, time), kDayOfMinutes);
    return minute < 0 ? minute + kDayOfMinutes : minute;
}

/// Hours fade at midnight, all at once: a step at every poll would be lost in their small units.
void fade_hours(Rhythm& rhythm, Time since, Time until) {
    const auto day = [](Time time) {
        return std::chrono::floor<std::chrono::days>(time.time_since_epoch()).count();
    };
    const auto midnights = static_cast<double>(day(until) - day(since));
    if (midnights <= 0) return;
    const double kept = std::exp(-midnights * kDayOfMinutes / kSlowMemory);
    for (std::uint16_t& hour : rhythm.hours)
        hour = static_cast<std::uint16_t>(std::lround(hour * kept));
}

void count_in_hours(Rhythm& rhythm, Time since, Time until, unsigned fresh) {
    const Minutes elapsed = between(since, until);
    if (fresh == 0 || elapsed > kDayOfMinutes) return;  // over a whole day nothing shows
    const auto most = *std::max_element(rhythm.hours.begin(), rhythm.hours.end());
    const double all = std::min(fresh / static_cast<double>(Rhythm::kHourUnit), 16'384.0);
    if (most + all > std::numeric_limits<std::uint16_t>::max()) {
        for (std::uint16_t& hour : rhythm.hours)
            hour = static_cast<std::uint16_t>(hour / 2);
    }
    // Nobody says at which minute they came: each hour of the interval has its share.
    Minutes at = minute_of_day(since);
    for (Minutes left = elapsed; left > 0;) {
        const auto hour = static_cast<std::size_t>(at / kHour) % 24;
        const Minutes here = std::min(left, kHour * (std::floor(at / kHour) + 1) - at);
        rhythm.hours[hour] =
            static_cast<std::uint16_t>(rhythm.hours[hour] + std::lround(all * here / elapsed));
        left -= std::max(here, 1e-6);
        at = std::fmod(at + std::max(here, 1e-6), kDayOfMinutes);
    }
}

/// Articles a minute over the last ten days; half an article in half a day where nothing is known.
double slow_rate(const Rhythm& rhythm) {
    return (0.5 + static_cast<double>(rhythm.articles)) / (720 + static_cast<double>(rhythm.minutes));
}

double sum_of(const std::array<std::uint16_t, 24>& hours) {
    double sum = 0;
    for (const std::uint16_t hour : hours)
        sum += hour;
    return sum * static_cast<double>(Rhythm::kHourUnit);
}

}  // namespace

Rhythm first_rhythm(Rhythm rhythm, unsigned articles, Minutes age) noexcept {
    if (articles == 0 || !(age > 0)) return rhythm;
    const double kept = std::min(1.0, kLongestPast / age);
    rhythm.articles = static_cast<float>((articles - 1) * kept);
    rhythm.minutes = static_cast<float>(age * kept);
    rhythm.gap = static_cast<float>(1 / slow_rate(rhythm));
    return rhythm;
}

Rhythm learned(Rhythm rhythm, Time since, Time until, unsigned fresh) noexcept {
    const Minutes elapsed = between(since, until);
    if (!(elapsed > 0)) return rhythm;  // the wall clock was set back
    const auto count = static_cast<float>(fresh);
    rhythm.articles = faded(rhythm.articles, elapsed, kSlowMemory) + count;
    rhythm.minutes = faded(rhythm.minutes, elapsed, kSlowMemory) + static_cast<float>(elapsed);
    rhythm.fast_articles = faded(rhythm.fast_articles, elapsed, kFastMemory) + count;
    rhythm.fast_minutes = faded(rhythm.fast_minutes, elapsed, kFastMemory) + static_cast<float>(elapsed);
    if (fresh > 0) rhythm.gap = static_cast<float>(1 / slow_rate(rhythm));
    fade_hours(rhythm, since, until);
    count_in_hours(rhythm, since, until, fresh);
    return rhythm;
}

Rhythm paid(Rhythm rhythm, std::size_t bytes) noexcept {
    const auto now = static_cast<float>(std::max(1.0, static_cast<double>(bytes) / kBytesOfARequest));
    rhythm.cost = std::min(rhythm.cost + (now - rhythm.cost) / 8, kHighestCost);
    return rhythm;
}

Rhythm valued(Rhythm rhythm, Minutes elapsed, unsigned matches, unsigned fresh) noexcept {
    const Minutes past = std::max(elapsed, 0.0);
    rhythm.matches = faded(rhythm.matches, past, kWorthMemory) + static_cast<float>(matches);
    rhythm.judged_articles = faded(rhythm.judged_articles, past, kWorthMemory) + static_cast<float>(fresh);
    return rhythm;
}

double rate(const Rhythm& rhythm) noexcept {
    return (4 + static_cast<double>(rhythm.fast_articles)) /
           (4 / slow_rate(rhythm) + static_cast<double>(rhythm.fast_minutes));
}

double weight(const Rhythm& rhythm, double usual_share) noexcept {
    const double expected = static_cast<double>(rhythm.judged_articles) * usual_share;
    return std::max((1 + static_cast<double>(rhythm.matches)) / (1 + expected), kLeastWeight);
}

HourProfile own_hours(const Rhythm& rhythm) noexcept {
    HourProfile shares{};
    const double sum = sum_of(rhythm.hours);
    if (sum <= 0) return shares;
    for (std::size_t hour = 0; hour < shares.size(); ++hour)
        shares[hour] = static_cast<float>(rhythm.hours[hour] * static_cast<double>(Rhythm::kHourUnit) / sum);
    return shares;
}

HourProfile hour_profile(const Rhythm& rhythm, const HourProfile& all_feeds) noexcept {
    const double sum = sum_of(rhythm.hours);
    HourProfile raw{};
    for (std::size_t hour = 0; hour < raw.size(); ++hour) {
        const double own = 24 * rhythm.hours[hour] * static_cast<double>(Rhythm::kHourUnit);
        raw[hour] = static_cast<float>((kOwnHoursTrusted * static_cast<double>(all_feeds[hour]) + own) /
                                       (kOwnHoursTrusted + sum));
    }
    HourProfile smooth{};
    for (std::size_t hour = 0; hour < raw.size(); ++hour) {
        const float around = raw[(hour + 23) % 24] + raw[(hour + 1) % 24];
        smooth[hour] = std::max(around / 4 + raw[hour] / 2, kLeastOfAnHour);
    }
    return smooth;
}

Minutes time_to_ask(double rate, const HourProfile& profile, Time from, double price, Minutes shortest,
                    Minutes longest) noexcept {
    // Inside an hour the profile is constant, so what has waited grows as a parabola.
    const double goal = price / rate;
    double waited = 0;   // article-minutes, for a rate of 1
    double arrived = 0;  // articles, for a rate of 1
    Minutes elapsed = 0;
    Minutes at = minute_of_day(from);
    while (elapsed < longest) {
        const auto hour = static_cast<std::size_t>(at / kHour) % 24;
        const Minutes here = kHour - std::fmod(at, kHour);
        const auto share = static_cast<double>(profile[hour]);
        const double at_its_end = waited + arrived * here + share * here * here / 2;
        if (at_its_end >= goal) {
            const double root = std::sqrt(arrived * arrived + 2 * share * (goal - waited));
            return std::clamp(elapsed + (root - arrived) / share, shortest, longest);
        }
        waited = at_its_end;
        arrived += share * here;
        elapsed += here;
        at = std::fmod(std::floor(at / kHour) * kHour + kHour, kDayOfMinutes);
    }
    return longest;
}

}  // namespace newswatch::schedule
