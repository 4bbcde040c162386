#pragma once

#include <array>
#include <cstdint>

namespace newswatch {

/// What a feed's past teaches about when it publishes (POLLING.md §2). Learned by `schedule`, kept by
/// `store`.
///
/// Small on purpose: there may be a million. Counts fade with time, so they are no whole numbers.
struct Rhythm {
    float articles{0};       ///< new articles, fading over ten days
    float minutes{0};        ///< the time they were counted in, fading alike
    float fast_articles{0};  ///< the same, fading over two hours: a burst shows here
    float fast_minutes{0};
    float gap{0};              ///< minutes between two articles when the last one came; 0: none has come
    float cost{1};             ///< of a poll: 1 for a 304, more for large answers
    float matches{0};          ///< articles that matched a watchlist, fading over thirty days
    float judged_articles{0};  ///< the articles that were asked, fading alike
    /// New articles by hour of the day (UTC) in units of kHourUnit, fading over ten days.
    std::array<std::uint16_t, 24> hours{};

    static constexpr float kHourUnit = 1.0F / 32;

    friend bool operator==(const Rhythm&, const Rhythm&) = default;
};

}  // namespace newswatch
