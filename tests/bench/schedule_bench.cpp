// The queue with a thousand and with a million feeds: a poll must cost the same, and a feed at rest at most
// 1 KB (DESIGN.md §9).

#include <benchmark/benchmark.h>
#include <malloc.h>

#include <random>

#include "base/format.h"
#include "schedule/poll_policy.h"
#include "schedule/poll_queue.h"

namespace newswatch::schedule {
namespace {

constexpr Time kStart{std::chrono::hours{500'000}};
const QueueLimits kUnlimited{.per_site = 1, .between = std::chrono::seconds{1}, .budget_per_second = 1e6};

/// Feeds with everything a real one carries, two a site.
std::vector<Feed> feeds(std::size_t count) {
    std::vector<Feed> all(count);
    for (std::size_t i = 0; i < count; ++i) {
        Feed& feed = all[i];
        feed.url = format("https://www.site{}.example/section/{}/rss.xml", i / 2, i);
        feed.id = feed_id(feed.url);
        feed.place = {
            .file = "/etc/newswatch/feeds.d/world.yaml", .line = static_cast<unsigned>(i), .column = 5};
        feed.language = "en";
        feed.folder = "World";
    }
    return all;
}

std::vector<FeedState> states(const std::vector<Feed>& feeds) {
    std::mt19937_64 random{1};
    std::vector<FeedState> all(feeds.size());
    for (std::size_t i = 0; i < feeds.size(); ++i) {
        FeedState& state = all[i];
        state.id = feeds[i].id;
        state.title = format("The News of Site {}: World", i / 2);
        state.etag = format("\"{}\"", feeds[i].id.text());
        state.last_modified = "Mon, 21 Sep 2026 14:13:20 GMT";
        state.last_poll = state.last_success = kStart - std::chrono::minutes{30};
        state.next_poll = kStart + std::chrono::seconds{random() % 14'400};
        state.rhythm.articles = 240;
        state.rhythm.minutes = 14'400;
    }
    return all;
}

std::size_t memory_in_use() {
    const struct mallinfo2 info = mallinfo2();
    return info.uordblks + info.hblkhd;
}

/// One poll: taken, its transfer over, its outcome judged and stored.
void poll(benchmark::State& state) {
    const auto count = static_cast<std::size_t>(state.range(0));
    ManualClock clock{kStart};
    PollQueue queue{kUnlimited, PollBounds{}, clock};
    const std::size_t before = memory_in_use();
    {
        std::vector<Feed> list = feeds(count);
        const std::vector<FeedState> remembered = states(list);
        queue.set_feeds(std::move(list), remembered);
    }
    malloc_trim(0);
    const std::size_t after = memory_in_use();
    std::mt19937_64 random{2};
    std::uniform_real_distribution<double> dice;
    for (auto _ : state) {
        std::optional<PollRequest> request = queue.take_due();
        while (!request) {
            clock.advance(
                std::chrono::ceil<std::chrono::microseconds>(*queue.next_due() - clock.steady_now()));
            request = queue.take_due();
        }
        const FeedId& id = request->feed.id;
        queue.release_site(id);
        const PollOutcome outcome{.feed = id, .end = PollEnd::not_modified, .status = 304, .at = clock.now()};
        queue.finish(after_poll(*queue.state(id), outcome, PollBounds{}, queue.tariff(), {}, dice(random)));
    }
    state.counters["bytes_per_feed"] = static_cast<double>(after - before) / static_cast<double>(count);
}
BENCHMARK(poll)->Arg(1'000)->Arg(1'000'000)->MinTime(1.0);

/// From the list of feeds and what the store remembers to a queue that polls.
void start_up(benchmark::State& state) {
    const std::vector<Feed> list = feeds(static_cast<std::size_t>(state.range(0)));
    const std::vector<FeedState> remembered = states(list);
    ManualClock clock{kStart};
    for (auto _ : state) {
        PollQueue queue{kUnlimited, PollBounds{}, clock};
        queue.set_feeds(list, remembered);
        benchmark::DoNotOptimize(queue.next_due());
    }
}
BENCHMARK(start_up)->Arg(1'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace newswatch::schedule

BENCHMARK_MAIN();
