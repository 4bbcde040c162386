#include <gmock/gmock.h>

#include "base/format.h"
#include "publish/replay_server.h"
#include "run_verb.h"

namespace newswatch::ctl {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

/// The real server over a journal of the alerts 3 to 5.
class ReplayVerb : public VerbTest {
  protected:
    static publish::ReplaySource source() {
        const StreamHead head{.stream = "s", .head = 5, .first = 3};
        return {.alerts_of = [head](std::uint64_t from, std::uint64_t until, const std::string& prefix,
                                    std::size_t) -> Result<publish::ReplaySlice> {
                    publish::ReplaySlice slice{.alerts = {}, .next = until + 1, .head = head};
                    for (std::uint64_t number = from; number <= until; ++number) {
                        const std::string topic = "alert/storms/high/";
                        if (!topic.starts_with(prefix)) continue;
                        slice.alerts.push_back(
                            {number, number - 1, topic,
                             newswatch::format(R"({{"subject":"storms/high","data":{{"watchlist":{{"id":)"
                                               R"("storms"}},"article":{{"title":"Storm {}"}}}}}})",
                                               number)});
                    }
                    return slice;
                },
                .head = [head] { return head; },
                .alive = [] {}};
    }
    Outcome replay(const std::vector<std::string>& options) {
        std::vector<std::string> arguments{"replay", "--endpoint", server_->endpoints().front()};
        arguments.insert(arguments.end(), options.begin(), options.end());
        return run_verb(arguments);
    }

    std::unique_ptr<publish::ReplayServer> server_ =
        publish::ReplayServer::start({"tcp://127.0.0.1:*"}, false, source()).value();
};

TEST_F(ReplayVerb, alerts_from_a_number_on_are_shown_as_tail_shows_them) {
    const Outcome outcome = replay({"--from", "4"});
    EXPECT_EQ(outcome.exit, 0);
    EXPECT_THAT(outcome.out, HasSubstr("HIGH  storms  -   \u2068Storm 4\u2069\n"));
    EXPECT_THAT(outcome.out, HasSubstr("Storm 5"));
    EXPECT_EQ(outcome.err, "");
}

TEST_F(ReplayVerb, json_is_one_line_an_alert_up_to_the_last_number) {
    const Outcome outcome = replay({"--from", "3", "--until", "4", "--json"});
    EXPECT_THAT(outcome.out, StartsWith(R"({"subject":"storms/high")"));
    EXPECT_EQ(std::count(outcome.out.begin(), outcome.out.end(), '\n'), 2);
}

TEST_F(ReplayVerb, a_watchlist_without_alerts_shows_nothing) {
    const Outcome outcome = replay({"--from", "3", "--prefix", "floods"});
    EXPECT_EQ(outcome.exit, 0);
    EXPECT_EQ(outcome.out, "");
}

TEST_F(ReplayVerb, what_is_kept_no_longer_is_said_with_what_there_is) {
    const Outcome outcome = replay({"--from", "1"});
    EXPECT_EQ(outcome.exit, 1);
    EXPECT_THAT(outcome.err, HasSubstr("the alerts 1 to 2 are kept no longer"));
    EXPECT_THAT(outcome.err, HasSubstr("--from 3"));
}

TEST_F(ReplayVerb, a_number_above_the_last_is_refused) {
    const Outcome outcome = replay({"--from", "7"});
    EXPECT_EQ(outcome.exit, 1);
    EXPECT_THAT(outcome.err, HasSubstr("whose alerts are 3 to 5"));
}

TEST_F(ReplayVerb, without_a_number_it_is_wrong_usage) {
    EXPECT_EQ(replay({}).exit, 2);
}

}  // namespace
}  // namespace newswatch::ctl
