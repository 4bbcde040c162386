#include "schedule/poll_price.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace newswatch::schedule {

namespace {

constexpr double kBucketsAnOctave = 4;
constexpr double kLowestOctave = -34;  // of rate / cost, articles a minute
constexpr std::chrono::hours kCorrectEvery{1};
constexpr double kCorrection = 0.05;
constexpr double kLeastBias = 0.3;
constexpr double kMostBias = 3;

std::size_t bucket_of(double value, std::size_t buckets) {
    const double place = (std::log2(value) - kLowestOctave) * kBucketsAnOctave;
    return static_cast<std::size_t>(std::clamp(place, 0.0, static_cast<double>(buckets - 1)));
}

/// The middle of a bucket.
double value_of(std::size_t bucket) {
    return std::exp2(kLowestOctave + (static_cast<double>(bucket) + 0.5) / kBucketsAnOctave);
}

}  // namespace

PollPrice::PollPrice(Limits limits, Time now) : limits_{limits}, corrected_{now} {}

void PollPrice::count(const FeedState& feed, int sign) {
    // One that answers no longer, or has retired, sends no articles that could wait.
    if (feed.retired || feed.failures_in_a_row > 0) return;
    const Rhythm& rhythm = feed.rhythm;
    const auto cost = static_cast<double>(rhythm.cost);
    Group& group = groups_[bucket_of(rate(rhythm) / cost, kBuckets)];
    group.feeds += sign;
    group.cost += sign * cost;
    matches_ += sign * static_cast<double>(rhythm.matches);
    judged_ += sign * static_cast<double>(rhythm.judged_articles);
    feeds_ += sign;
    const HourProfile own = own_hours(rhythm);
    double sum = 0;
    for (std::size_t hour = 0; hour < own.size(); ++hour) {
        hours_[hour] += sign * static_cast<double>(own[hour]);
        sum += static_cast<double>(own[hour]);
    }
    with_hours_ += sign * sum;
    changes_ += 0.5;  // a poll takes the old state out and puts the new one in
}

double PollPrice::planned() const {
    return std::min(limits_.budget_per_minute, feeds_ / limits_.usual);
}

/// Requests a minute at `price`, with the even day that the budget is made for.
double PollPrice::spent_at(double price) const {
    double spent = 0;
    for (std::size_t bucket = 0; bucket < kBuckets; ++bucket) {
        const Group& group = groups_[bucket];
        if (group.feeds < 0.5) continue;
        const Minutes interval =
            std::clamp(std::sqrt(2 * price / value_of(bucket)), limits_.shortest, limits_.longest);
        spent += group.cost / interval;
    }
    return spent;
}

void PollPrice::find_price() {
    changes_ = 0;
    if (feeds_ < 0.5) return;
    tariff_.usual_share = (1 + std::max(matches_, 0.0)) / (20 + std::max(judged_, 0.0));
    // A day like everybody's, leaning on an even one until some feeds have shown theirs.
    for (std::size_t hour = 0; hour < hours_.size(); ++hour)
        tariff_.hours[hour] =
            static_cast<float>((1 + 24 * std::max(hours_[hour], 0.0)) / (1 + std::max(with_hours_, 0.0)));
    double low = -40;
    double high = 40;
    for (int step = 0; step < 40; ++step) {
        const double middle = (low + high) / 2;
        (spent_at(std::exp2(middle)) > planned() ? low : high) = middle;
    }
    tariff_.price = std::exp2(high) * bias_;
}

void PollPrice::correct(Time now) {
    const double minutes = std::chrono::duration<double, std::ratio<60>>{now - corrected_}.count();
    corrected_ = now;
    const double planned_since = planned() * minutes;
    // After a stop, or with a clock that jumped, nothing follows from what was sent.
    if (planned_since > 0 && sent_ > 0 && minutes < 180)
        bias_ = std::clamp(bias_ * std::pow(sent_ / planned_since, kCorrection), kLeastBias, kMostBias);
    sent_ = 0;
}

const Tariff& PollPrice::tariff(Time now) {
    const bool hour_over = now - corrected_ >= kCorrectEvery || now < corrected_;
    if (hour_over) correct(now);
    if (hour_over || changes_ > feeds_ / 8) find_price();
    return tariff_;
}

}  // namespace newswatch::schedule
