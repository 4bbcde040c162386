#pragma once

#include <array>

#include "base/clock.h"
#include "model/rhythm.h"

/// What a feed publishes and when: learned from its polls, and turned into the moment of the next one.
///
/// Pure arithmetic after POLLING.md §2. The least mean delay for a given number of requests comes from
/// intervals that grow with the square root of 1 / rate (Sia, Cho & Cho, "Efficient Monitoring Algorithm for
/// Fast News Alerts", 2007). Time is in minutes, as in that page.
namespace newswatch::schedule {

using Minutes = double;

/// How much of a day's news falls into each hour (UTC), 1 on average.
using HourProfile = std::array<float, 24>;

[[nodiscard]] constexpr HourProfile flat_profile() {
    HourProfile profile{};
    profile.fill(1);
    return profile;
}

/// A first document: `articles` of them, the oldest `age` old.
[[nodiscard]] Rhythm first_rhythm(Rhythm rhythm, unsigned articles, Minutes age) noexcept;

/// `fresh` new articles in the time from `since` to `until`. Nothing is learned where that is no time at all.
[[nodiscard]] Rhythm learned(Rhythm rhythm, Time since, Time until, unsigned fresh) noexcept;

/// What a poll cost: `bytes` on the wire, 0 for a 304.
[[nodiscard]] Rhythm paid(Rhythm rhythm, std::size_t bytes) noexcept;

/// `matches` of the `fresh` articles met a watchlist, `elapsed` after the last count.
[[nodiscard]] Rhythm valued(Rhythm rhythm, Minutes elapsed, unsigned matches, unsigned fresh) noexcept;

/// Articles a minute to be expected now; never 0. A feed of which nothing is known brings one in a day.
[[nodiscard]] double rate(const Rhythm& rhythm) noexcept;

/// How much its articles matter beside others': about 1 for a feed of which the share `usual_share` of all
/// articles matches, never less than a quarter. One match more than was seen is granted to every feed, so
/// that little is concluded from few articles. (POLLING.md §2 has a fixed 1/20 for the share: where one
/// article in ten thousand matches, that would hold every busy feed to be worthless.)
[[nodiscard]] double weight(const Rhythm& rhythm, double usual_share) noexcept;

/// The feed's own hours as shares that add up to 1; all 0 where none are known.
[[nodiscard]] HourProfile own_hours(const Rhythm& rhythm) noexcept;

/// The feed's hours, leaning on those of all feeds until enough is known of its own.
[[nodiscard]] HourProfile hour_profile(const Rhythm& rhythm, const HourProfile& all_feeds) noexcept;

/// The least T in [shortest, longest] by which the articles expected from `from` on will have waited `price`
/// in sum: rate * integral over u from 0 to T of profile(from + u) * (T - u) >= price.
[[nodiscard]] Minutes time_to_ask(double rate, const HourProfile& profile, Time from, double price,
                                  Minutes shortest, Minutes longest) noexcept;

}  // namespace newswatch::schedule
