#include "client/tracker.h"

#include <gmock/gmock.h>

#include "base/format.h"

namespace newswatch::client {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// A tracker with the daemon's side of the talk in short words.
class TrackerTest : public testing::Test {
  protected:
    Tracker part_{false, seconds{20}};
    Tracker all_{true, seconds{20}};
    Tracker::time_point now_{};

    static Received alert(std::uint64_t number, std::uint64_t previous, char watchlist = 'a') {
        return {.topic = newswatch::format("alert/{}/high/", watchlist),
                .first_number = number,
                .second_number = previous,
                .payload = "{}"};
    }
    void hear(Tracker& tracker, std::uint64_t number, std::uint64_t previous, char watchlist = 'a') {
        tracker.hear(alert(number, previous, watchlist), now_);
    }
    void beat(Tracker& tracker, std::uint64_t head, const std::string& stream = "s",
              const std::string& boot = "b") {
        tracker.hear({.topic = "hb/",
                      .first_number = head,
                      .second_number = 1,
                      .payload = newswatch::format(R"({{"stream":"{}","boot":"{}"}})", stream, boot)},
                     now_);
    }
    static std::vector<std::uint64_t> taken(Tracker& tracker) {
        std::vector<std::uint64_t> numbers;
        for (const Received& one : tracker.take())
            numbers.push_back(one.first_number);
        return numbers;
    }
    static std::string asked(const Tracker& tracker) {
        const auto& missing = tracker.missing();
        return missing ? newswatch::format("{}-{}", missing->from, missing->until) : "nothing";
    }
};

TEST_F(TrackerTest, it_begins_at_the_head_of_the_first_heartbeat) {
    hear(all_, 9, 8);
    EXPECT_THAT(taken(all_), IsEmpty()) << "nothing is known yet";
    beat(all_, 10);
    hear(all_, 11, 9);
    EXPECT_THAT(taken(all_), ElementsAre(11));
    EXPECT_EQ(asked(all_), "nothing");
}

TEST_F(TrackerTest, with_a_place_it_asks_for_what_it_missed_while_away) {
    Tracker tracker{true, seconds{20}, Place{.stream = "s", .through = 4, .last = {}}};
    hear(tracker, 8, 7);
    beat(tracker, 7);
    EXPECT_EQ(asked(tracker), "5-7");
    for (std::uint64_t number : {5, 6, 7})
        tracker.replayed(alert(number, number - 1));
    tracker.replay_ended(8);
    EXPECT_THAT(taken(tracker), ElementsAre(5, 6, 7, 8));
    EXPECT_EQ(tracker.place().through, 8U);
}

TEST_F(TrackerTest, an_alert_whose_previous_is_known_is_applied_at_once) {
    beat(part_, 3);
    hear(part_, 5, 2);
    hear(part_, 9, 5);
    EXPECT_THAT(taken(part_), ElementsAre(5, 9));
    EXPECT_EQ(asked(part_), "nothing");
}

TEST_F(TrackerTest, a_gap_is_asked_for_and_live_alerts_wait_their_turn) {
    beat(part_, 3);
    hear(part_, 5, 2);
    hear(part_, 9, 7);
    EXPECT_EQ(asked(part_), "4-9");
    hear(part_, 12, 9);
    EXPECT_THAT(taken(part_), ElementsAre(5));
    part_.replayed(alert(5, 2));
    part_.replayed(alert(7, 5));
    part_.replayed(alert(9, 7));
    part_.replay_ended(10);
    EXPECT_THAT(taken(part_), ElementsAre(7, 9, 12)) << "5 and 9 came twice, and are taken once";
    EXPECT_EQ(part_.place().through, 9U);
}

TEST_F(TrackerTest, more_moves_the_place_so_that_a_lost_replay_is_asked_for_from_there) {
    beat(part_, 3);
    hear(part_, 500, 400);
    part_.replayed(alert(200, 3));
    part_.replayed_below(301);
    EXPECT_EQ(asked(part_), "301-500");
    EXPECT_EQ(part_.place().through, 300U);
}

TEST_F(TrackerTest, who_sees_all_asks_as_soon_as_a_heartbeat_says_that_the_tail_was_lost) {
    beat(all_, 3);
    hear(all_, 4, 3);
    beat(all_, 4);
    EXPECT_EQ(asked(all_), "nothing");
    beat(all_, 6);
    EXPECT_EQ(asked(all_), "5-6");
}

TEST_F(TrackerTest, who_sees_a_part_asks_about_heads_now_and_then) {
    beat(part_, 3);
    beat(part_, 9);
    EXPECT_EQ(asked(part_), "4-9") << "the first time at once";
    part_.replay_ended(10);
    beat(part_, 11);
    EXPECT_EQ(asked(part_), "nothing");
    now_ += seconds{21};
    beat(part_, 11);
    EXPECT_EQ(asked(part_), "10-11");
}

TEST_F(TrackerTest, after_a_restart_of_the_daemon_it_asks_at_once) {
    beat(part_, 3);
    beat(part_, 9);
    part_.replay_ended(10);
    beat(part_, 12, "s", "second boot");
    EXPECT_EQ(asked(part_), "10-12");
}

TEST_F(TrackerTest, over_a_new_connection_live_alerts_wait_for_its_first_heartbeat) {
    beat(all_, 3);
    all_.reconnected();
    hear(all_, 5, 3);
    EXPECT_THAT(taken(all_), IsEmpty());
    beat(all_, 5);
    EXPECT_EQ(asked(all_), "4-5");
    all_.replayed(alert(4, 0, 'b'));
    all_.replayed(alert(5, 3));
    all_.replay_ended(6);
    EXPECT_THAT(taken(all_), ElementsAre(4, 5));
}

TEST_F(TrackerTest, what_retention_took_is_said_and_the_rest_asked_for) {
    beat(all_, 3);
    beat(all_, 9);
    EXPECT_FALSE(all_.refused({.code = "gone", .stream = "s", .first = 6, .head = 9}));
    EXPECT_THAT(all_.holes(), ElementsAre(HasSubstr("4 to 5")));
    EXPECT_EQ(asked(all_), "6-9");
}

TEST_F(TrackerTest, another_stream_is_said_and_its_numbers_count_from_its_head) {
    beat(all_, 300);
    beat(all_, 2, "t");
    EXPECT_THAT(all_.holes(), ElementsAre(HasSubstr("another stream, t")));
    hear(all_, 3, 2);
    EXPECT_THAT(taken(all_), ElementsAre(3));
    all_.hear(alert(7, 6), now_);
    EXPECT_FALSE(all_.refused({.code = "stream_changed", .stream = "u", .first = 1, .head = 1}));
    EXPECT_EQ(asked(all_), "nothing");
    EXPECT_EQ(all_.place().stream, "u");
}

TEST_F(TrackerTest, busy_and_internal_are_asked_again) {
    beat(all_, 3);
    beat(all_, 9);
    EXPECT_TRUE(all_.refused({.code = "busy", .retry_after = milliseconds{500}}));
    EXPECT_TRUE(all_.refused({.code = "internal"}));
    EXPECT_EQ(asked(all_), "4-9");
    EXPECT_THAT(all_.holes(), IsEmpty());
}

TEST_F(TrackerTest, a_refusal_for_good_is_said_with_its_reason_and_live_alerts_go_on) {
    beat(all_, 3);
    hear(all_, 6, 5);
    EXPECT_FALSE(all_.refused({.code = "forbidden", .reason = "not yours"}));
    EXPECT_THAT(all_.holes(), ElementsAre("missed the alerts 4 to 5 (forbidden: not yours)"));
    EXPECT_THAT(taken(all_), ElementsAre(6));
}

TEST_F(TrackerTest, where_nobody_can_be_asked_what_is_surely_missing_is_said_once) {
    beat(all_, 3);
    beat(all_, 6);
    all_.give_up({});
    EXPECT_THAT(all_.holes(), ElementsAre("missed the alerts 4 to 6"));
    beat(all_, 6);
    EXPECT_EQ(asked(all_), "nothing");
    beat(part_, 3);
    beat(part_, 6);
    part_.give_up({});
    EXPECT_THAT(part_.holes(), IsEmpty()) << "those may all be for others";
    hear(part_, 9, 8);
    part_.give_up({});
    EXPECT_THAT(part_.holes(), ElementsAre("missed alerts among the numbers 7 to 8"));
    EXPECT_THAT(taken(part_), ElementsAre(9));
}

TEST_F(TrackerTest, a_daemon_whose_numbers_end_before_ours_is_said) {
    Tracker tracker{true, seconds{20}, Place{.stream = "s", .through = 9, .last = {}}};
    beat(tracker, 12);
    EXPECT_FALSE(tracker.refused({.code = "out_of_range", .stream = "s", .first = 1, .head = 5}));
    EXPECT_THAT(tracker.holes(), ElementsAre(HasSubstr("end at 5")));
    hear(tracker, 6, 5);
    EXPECT_THAT(taken(tracker), ElementsAre(6));
}

}  // namespace
}  // namespace newswatch::client
