// Weeks of polling in a minute: the real policy against what other feed readers do, at equal requests.
//
//   build/bench/rhythm_simulation [--feeds N] [--seed N] [--svg FILE]
//
// Feeds publish at log-normal rates with a day and a week of their own and in bursts; some have a surge of
// twenty times their rate for six hours. Each policy is given the same number of requests: one each fifteen
// minutes on average over all feeds. What is compared is the mean delay between an article and the poll that
// finds it.

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <iostream>
#include <memory>
#include <numbers>
#include <queue>
#include <random>
#include <string>
#include <vector>

#include "base/format.h"
#include "schedule/poll_policy.h"
#include "schedule/poll_price.h"

namespace newswatch::schedule {
namespace {

constexpr Time kStart{std::chrono::days{20'000}};
constexpr Minutes kDay = 1440;
constexpr Minutes kWarmUp = 14 * kDay;  // policies learn; nothing is measured
constexpr Minutes kEnd = 28 * kDay;
constexpr Minutes kShortest = 5;
constexpr Minutes kLongest = 240;
constexpr Minutes kUsual = 15;
constexpr Minutes kSurge = 6 * 60;

Time time_of(Minutes minute) {
    return kStart + std::chrono::microseconds{static_cast<std::int64_t>(minute * 60e6)};
}

/// One publisher: its rate at any time, and what it published.
struct Publisher {
    double rate{0};  // articles a minute on average
    HourProfile hours{flat_profile()};
    Minutes surge_at{-1};
    std::vector<Minutes> articles{};  // in order

    [[nodiscard]] bool in_surge(Minutes at) const {
        return surge_at >= 0 && at >= surge_at && at < surge_at + kSurge;
    }
    [[nodiscard]] double rate_at(Minutes at) const {
        const double hour = static_cast<double>(hours[static_cast<std::size_t>(at / 60) % 24]);
        return rate * hour * (in_surge(at) ? 20 : 1);
    }
};

HourProfile day_of_a_newsroom(std::mt19937_64& random) {
    // The day of a time zone: quiet at night, two humps, as far from even as the newsroom is.
    std::uniform_real_distribution<double> depth{0.2, 0.95};
    std::uniform_int_distribution<int> zone{0, 23};
    const double night = depth(random);
    const int shift = zone(random);
    HourProfile hours{};
    double sum = 0;
    for (int hour = 0; hour < 24; ++hour) {
        const double angle = 2 * std::numbers::pi * (hour - 14) / 24;
        const double value =
            std::max(0.02, 1 + night * std::cos(angle) + 0.3 * night * std::cos(2 * angle + 1));
        hours[static_cast<std::size_t>((hour + shift) % 24)] = static_cast<float>(value);
        sum += value;
    }
    for (float& hour : hours)
        hour *= static_cast<float>(24 / sum);
    return hours;
}

std::vector<Publisher> publishers(std::size_t count, std::mt19937_64& random) {
    std::lognormal_distribution<double> a_day{1.8, 1.5};
    std::uniform_real_distribution<double> unit;
    std::exponential_distribution<double> next{1};
    std::vector<Publisher> all(count);
    for (std::size_t i = 0; i < count; ++i) {
        Publisher& publisher = all[i];
        publisher.rate = std::min(a_day(random), 400.0) / kDay;
        publisher.hours = day_of_a_newsroom(random);
        if (i % 10 == 0) publisher.surge_at = kWarmUp + unit(random) * (kEnd - kWarmUp - kSurge);
        // Thinning (Lewis & Shedler 1979). One in eight comes as a burst of some articles within half an
        // hour.
        const double most = publisher.rate * 20 * 3;
        for (Minutes at = next(random) / most; at < kEnd; at += next(random) / most) {
            if (unit(random) * most > publisher.rate_at(at)) continue;
            publisher.articles.push_back(at);
            if (unit(random) > 0.125) continue;
            for (int more = 0; more < 3; ++more)
                publisher.articles.push_back(std::min(at + 30 * unit(random), kEnd - 1e-3));
        }
        std::sort(publisher.articles.begin(), publisher.articles.end());
    }
    return all;
}

/// Decides when a feed is asked again. `fresh` articles were found after `elapsed` minutes.
class Policy {
  public:
    virtual ~Policy() = default;
    virtual Minutes after_poll(std::size_t feed, Minutes now, Minutes elapsed, unsigned fresh) = 0;
};

struct Outcome {
    double mean_delay{0};
    double surge_delay{0};
    double requests_a_minute{0};
};

Outcome simulate(const std::vector<Publisher>& all, Policy& policy) {
    struct Due {
        Minutes when;
        std::size_t feed;
        bool operator>(const Due& other) const { return when > other.when; }
    };
    std::priority_queue<Due, std::vector<Due>, std::greater<>> queue;
    for (std::size_t i = 0; i < all.size(); ++i)
        queue.push({kUsual * static_cast<double>(i) / static_cast<double>(all.size()), i});
    std::vector<std::size_t> next_article(all.size());
    std::vector<Minutes> last_poll(all.size());
    double delay = 0;
    double surge_delay = 0;
    std::size_t articles = 0;
    std::size_t surge_articles = 0;
    std::size_t requests = 0;
    while (queue.top().when < kEnd) {
        const auto [now, feed] = queue.top();
        queue.pop();
        const Publisher& publisher = all[feed];
        const std::size_t first = next_article[feed];
        std::size_t& last = next_article[feed];
        for (; last < publisher.articles.size() && publisher.articles[last] <= now; ++last) {
            const Minutes at = publisher.articles[last];
            if (at < kWarmUp) continue;
            delay += now - at;
            ++articles;
            if (!publisher.in_surge(at)) continue;
            surge_delay += now - at;
            ++surge_articles;
        }
        if (now >= kWarmUp) ++requests;
        const Minutes wait =
            policy.after_poll(feed, now, now - last_poll[feed], static_cast<unsigned>(last - first));
        last_poll[feed] = now;
        queue.push({now + wait, feed});
    }
    return {.mean_delay = delay / static_cast<double>(articles),
            .surge_delay = surge_delay / static_cast<double>(std::max<std::size_t>(surge_articles, 1)),
            .requests_a_minute = static_cast<double>(requests) / (kEnd - kWarmUp)};
}

class FixedInterval final : public Policy {
  public:
    explicit FixedInterval(double scale) : interval_{kUsual * scale} {}
    Minutes after_poll(std::size_t, Minutes, Minutes, unsigned) override { return interval_; }

  private:
    Minutes interval_;
};

/// miniflux's "entry frequency": the interval is the mean gap of the last week.
class RateProportional final : public Policy {
  public:
    RateProportional(const std::vector<Publisher>& all, double scale) : seen_(all.size()), scale_{scale} {}
    Minutes after_poll(std::size_t feed, Minutes now, Minutes, unsigned fresh) override {
        auto& seen = seen_[feed];
        seen.insert(seen.end(), fresh, now);
        seen.erase(seen.begin(), std::lower_bound(seen.begin(), seen.end(), now - 7 * kDay));
        const double week = std::min(std::max(now, kDay), 7 * kDay);
        return std::clamp(scale_ * week / std::max<double>(1, static_cast<double>(seen.size())), kShortest,
                          kLongest);
    }

  private:
    std::vector<std::vector<Minutes>> seen_;
    double scale_;
};

/// Additive increase while nothing comes, halved when something does.
class Aimd final : public Policy {
  public:
    Aimd(const std::vector<Publisher>& all, double scale) : interval_(all.size(), kUsual), step_{scale} {}
    Minutes after_poll(std::size_t feed, Minutes, Minutes, unsigned fresh) override {
        Minutes& interval = interval_[feed];
        interval = fresh > 0 ? interval / 2 : interval + step_;
        return interval = std::clamp(interval, kShortest, kLongest);
    }

  private:
    std::vector<Minutes> interval_;
    Minutes step_;
};

/// Knows every rate at every time; only the articles themselves are hidden from it.
class Clairvoyant final : public Policy {
  public:
    Clairvoyant(const std::vector<Publisher>& all, double price) : all_{all}, price_{price} {}
    Minutes after_poll(std::size_t feed, Minutes now, Minutes, unsigned) override {
        constexpr Minutes kStep = 1;
        const Publisher& publisher = all_[feed];
        // A burst follows one article in eight and adds three.
        double arrived = 0;
        double waited = 0;
        for (Minutes elapsed = 0; elapsed < kLongest; elapsed += kStep) {
            waited += arrived * kStep;
            arrived += publisher.rate_at(now + elapsed) * 1.375 * kStep;
            if (waited >= price_) return std::max(elapsed, kShortest);
        }
        return kLongest;
    }

  private:
    const std::vector<Publisher>& all_;
    double price_;
};

/// What newswatchd does.
class Newswatch final : public Policy {
  public:
    Newswatch(const std::vector<Publisher>& all, double usual)
        : states_(all.size()), price_{{.budget_per_minute = 1e9, .usual = usual}, kStart}, random_{2} {
        for (const FeedState& state : states_)
            price_.add(state);
    }

    Minutes after_poll(std::size_t feed, Minutes now, Minutes elapsed, unsigned fresh) override {
        FeedState& state = states_[feed];
        const bool first = state.last_success == Time{};
        PollOutcome outcome{.end = fresh > 0 ? PollEnd::fetched : PollEnd::not_modified,
                            .status = fresh > 0 ? 200 : 304,
                            .new_articles = fresh,
                            .at = time_of(now)};
        // One article in twenty matters to somebody, whatever the feed.
        outcome.matched_articles = std::binomial_distribution<unsigned>{fresh, 0.05}(random_);
        if (first) {
            outcome.articles = fresh;
            outcome.span = std::chrono::seconds{static_cast<std::int64_t>(60 * elapsed)};
        }
        price_.remove(state);
        state = schedule::after_poll(std::move(state), outcome, PollBounds{}, price_.tariff(outcome.at), {},
                                     dice_(random_));
        price_.add(state);
        price_.sent(1);
        return std::chrono::duration<double, std::ratio<60>>{state.next_poll - outcome.at}.count();
    }

  private:
    std::vector<FeedState> states_;
    PollPrice price_;
    std::mt19937_64 random_;
    std::uniform_real_distribution<double> dice_;
};

/// The outcome of a policy at that `knob` where it sends as many requests as the others.
Outcome at_equal_requests(const std::vector<Publisher>& all,
                          const std::function<std::unique_ptr<Policy>(double knob)>& with) {
    const double wanted = static_cast<double>(all.size()) / kUsual;
    double low = -12;
    double high = 12;
    Outcome outcome;
    for (int step = 0; step < 14; ++step) {
        const double middle = (low + high) / 2;
        outcome = simulate(all, *with(std::exp2(middle)));
        if (std::abs(outcome.requests_a_minute / wanted - 1) < 0.003) break;
        (outcome.requests_a_minute > wanted ? low : high) = middle;
    }
    return outcome;
}

struct Row {
    std::string name;
    Outcome outcome;
};

void write_svg(const std::string& file, const std::vector<Row>& rows) {
    std::ofstream svg{file};
    const double fixed = rows.front().outcome.mean_delay;
    const double fixed_surge = rows.front().outcome.surge_delay;
    const std::size_t height = 60 + 44 * rows.size();
    svg << format(
               R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 {}" font-family="sans-serif" font-size="13">)",
               height)
        << "\n<title>Mean delay at equal requests</title>\n"
        << R"(<rect width="100%" height="100%" fill="white"/>)"
        << "\n"
        << R"(<text x="16" y="26" font-size="15">Mean delay at equal requests; a fixed interval is 1</text>)"
        << "\n";
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const double mean = rows[i].outcome.mean_delay / fixed;
        const double surge = rows[i].outcome.surge_delay / fixed_surge;
        const std::size_t y = 46 + 44 * i;
        svg << format(R"(<text x="176" y="{}" text-anchor="end">{}</text>)", y + 18, rows[i].name) << "\n"
            << format(
                   R"(<rect x="184" y="{}" width="{:.0f}" height="15" fill="#2b6cb0"/><text x="{:.0f}" y="{}">{:.2f}</text>)",
                   y, mean * 360, 190 + mean * 360, y + 12, mean)
            << "\n"
            << format(
                   R"(<rect x="184" y="{}" width="{:.0f}" height="15" fill="#dd8a3e"/><text x="{:.0f}" y="{}">{:.2f} in a surge</text>)",
                   y + 17, surge * 360, 190 + surge * 360, y + 29, surge)
            << "\n";
    }
    svg << "</svg>\n";
}

void run(std::size_t feeds, unsigned seed, const std::string& svg) {
    std::mt19937_64 random{seed};
    const std::vector<Publisher> all = publishers(feeds, random);
    const std::vector<Row> rows{
        {"fixed interval", simulate(all, *std::make_unique<FixedInterval>(1))},
        {"rate-proportional",
         at_equal_requests(all, [&](double knob) { return std::make_unique<RateProportional>(all, knob); })},
        {"AIMD", at_equal_requests(all, [&](double knob) { return std::make_unique<Aimd>(all, knob); })},
        {"newswatch", simulate(all, *std::make_unique<Newswatch>(all, kUsual))},
        {"clairvoyant",
         at_equal_requests(all, [&](double knob) { return std::make_unique<Clairvoyant>(all, knob); })},
    };
    std::cout << "| policy | requests a feed and hour | mean delay, min | fixed = 1 | in a surge, min | "
                 "fixed = 1 |\n"
              << "| --- | --- | --- | --- | --- | --- |\n";
    for (const Row& row : rows) {
        std::cout << format("| {} | {:.2f} | {:.2f} | {:.2f} | {:.2f} | {:.2f} |\n", row.name,
                            row.outcome.requests_a_minute * 60 / static_cast<double>(feeds),
                            row.outcome.mean_delay, row.outcome.mean_delay / rows.front().outcome.mean_delay,
                            row.outcome.surge_delay,
                            row.outcome.surge_delay / rows.front().outcome.surge_delay);
    }
    if (!svg.empty()) write_svg(svg, rows);
}

}  // namespace
}  // namespace newswatch::schedule

int main(int count, char** words) {
    std::size_t feeds = 2000;
    unsigned seed = 1;
    std::string svg;
    for (int i = 1; i + 1 < count; i += 2) {
        const std::string option{words[i]};
        if (option == "--feeds") feeds = std::strtoul(words[i + 1], nullptr, 10);
        if (option == "--seed") seed = static_cast<unsigned>(std::strtoul(words[i + 1], nullptr, 10));
        if (option == "--svg") svg = words[i + 1];
    }
    newswatch::schedule::run(std::max<std::size_t>(feeds, 10), seed, svg);
    return 0;
}
