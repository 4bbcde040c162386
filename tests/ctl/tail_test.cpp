#include <gmock/gmock.h>

#include <mutex>
#include <thread>

#include "base/clock.h"
#include "publish/publisher.h"
#include "run_verb.h"

namespace newswatch::ctl {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

/// The real publisher over a journal in memory. Alerts are added when the subscriber is known to listen: it
/// has then taken the heartbeat, which `tail` does not show, so the test offers alerts until one was taken.
class TailVerb : public VerbTest {
  protected:
    void publish() {
        publish::AlertSource source{
            .alerts_after = [this](std::uint64_t after,
                                   std::size_t limit) -> Result<std::vector<StoredAlert>> {
                const std::lock_guard lock{mutex_};
                std::vector<StoredAlert> next;
                for (std::uint64_t number = after + 1; number <= head_ && next.size() < limit; ++number) {
                    next.push_back({number, number - 1, "alert/storms/high/",
                                    R"({"subject":"storms/high","data":{"watchlist":{"id":"storms"},)"
                                    R"("article":{"title":"A storm"}}})"});
                }
                return next;
            },
            .head =
                [this] {
                    const std::lock_guard lock{mutex_};
                    return StreamHead{.stream = "s", .head = head_};
                }};
        auto publisher = publish::Publisher::start({"ipc://" + (folder_ / "alerts.sock").native()}, false,
                                                   std::move(source), 0, clock_);
        ASSERT_TRUE(publisher) << publisher.error().line();
        publisher_ = std::move(*publisher);
    }
    /// Runs `tail` while alerts are published, one each 20 ms.
    Outcome tail(const std::vector<std::string>& options) {
        std::vector<std::string> arguments{"tail", "--endpoint",
                                           "ipc://" + (folder_ / "alerts.sock").native()};
        arguments.insert(arguments.end(), options.begin(), options.end());
        std::jthread journal{[this](const std::stop_token& stop) {
            while (!stop.stop_requested()) {
                {
                    const std::lock_guard lock{mutex_};
                    ++head_;
                }
                publisher_->wake();
                std::this_thread::sleep_for(
                    std::chrono::milliseconds{20});  // the pace of the news, not a wait
            }
        }};
        return run_verb(arguments);
    }

    SystemClock clock_;
    std::mutex mutex_;
    std::uint64_t head_{0};  // guarded by mutex_
    std::unique_ptr<publish::Publisher> publisher_;
};

TEST_F(TailVerb, alerts_are_shown_as_they_come) {
    publish();
    const Outcome outcome = tail({"--count", "2"});
    EXPECT_EQ(outcome.exit, 0);
    EXPECT_THAT(outcome.out, HasSubstr("HIGH  storms  -   \u2068A storm\u2069\n"));
    EXPECT_EQ(outcome.err, "");
}

TEST_F(TailVerb, json_is_one_line_an_alert) {
    publish();
    const Outcome outcome = tail({"--json", "--count", "3"});
    EXPECT_THAT(outcome.out, StartsWith(R"({"subject":"storms/high")"));
    EXPECT_EQ(std::count(outcome.out.begin(), outcome.out.end(), '\n'), 3);
}

TEST_F(TailVerb, a_watchlist_may_be_named_for_a_prefix) {
    publish();
    EXPECT_EQ(tail({"--prefix", "storms", "--count", "1"}).exit, 0);
}

TEST_F(TailVerb, an_endpoint_that_is_none_is_refused) {
    const Outcome outcome = run_verb({"tail", "--endpoint", "news://here", "--count", "1"});
    EXPECT_EQ(outcome.exit, 1);
    EXPECT_THAT(outcome.err, HasSubstr("news://here"));
}

}  // namespace
}  // namespace newswatch::ctl
