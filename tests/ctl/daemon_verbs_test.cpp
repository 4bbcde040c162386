#include <gmock/gmock.h>

#include <mutex>

#include "control/control_server.h"
#include "run_verb.h"

namespace newswatch::ctl {
namespace {

using control::ControlAnswer;
using control::ControlRequest;
using testing::HasSubstr;

/// Verbs that ask the daemon, against its real control server with answers of our own.
class DaemonVerb : public VerbTest {
  protected:
    DaemonVerb() { config_ = write("newswatch.yaml", "control:\n  socket: control.sock\n"); }
    void answer(const std::string& route, unsigned status, const std::string& body) {
        server_.reset();
        auto server = control::ControlServer::start(
            folder_ / "control.sock", {{route, [=, this](const ControlRequest& request) {
                                            const std::lock_guard lock{mutex_};
                                            asked_ = request.body;
                                            query_ = request.query;
                                            return ControlAnswer{.status = status, .body = body};
                                        }}});
        ASSERT_TRUE(server) << server.error().line();
        server_ = std::move(*server);
    }
    Outcome ask(std::vector<std::string> verb) const {
        verb.insert(verb.begin(), {"--config", config_});
        return run_verb(verb);
    }
    std::string asked() {
        const std::lock_guard lock{mutex_};
        return asked_;
    }
    std::string query(const std::string& name) {
        const std::lock_guard lock{mutex_};
        return query_[name];
    }
    std::string bytes_of(const std::string& file) const {
        std::ifstream bytes{folder_ / file};
        return {std::istreambuf_iterator<char>{bytes}, {}};
    }

  private:
    std::mutex mutex_;
    std::map<std::string, std::string> query_;  // guarded by mutex_
    std::string asked_;                         // guarded by mutex_
    std::string config_;
    std::unique_ptr<control::ControlServer> server_;
};

TEST_F(DaemonVerb, a_daemon_that_does_not_run_is_one_clear_line) {
    const Outcome outcome = ask({"status"});
    EXPECT_EQ(outcome.exit, 1);
    EXPECT_THAT(outcome.err, HasSubstr("control.sock"));
    EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << outcome.err;
}

TEST_F(DaemonVerb, settings_that_are_not_there_are_named) {
    const Outcome outcome = run_verb({"--config", "/nowhere/newswatch.yaml", "status"});
    EXPECT_EQ(outcome.exit, 1);
    EXPECT_THAT(outcome.err, HasSubstr("/nowhere/newswatch.yaml"));
}

TEST_F(DaemonVerb, status_is_told_in_words) {
    answer("GET /v1/status", 200,
           R"({"version":"1.2.3","instance":"desk","feeds":{"total":8,"ok":7,"ill":1,"new":0},"alerts":19})");
    const Outcome outcome = ask({"status"});
    EXPECT_EQ(outcome.exit, 0) << outcome.err;
    EXPECT_THAT(outcome.out, HasSubstr("newswatchd 1.2.3 as desk"));
    EXPECT_THAT(outcome.out, HasSubstr("8: 7 ok, 1 ill"));
}

TEST_F(DaemonVerb, json_is_printed_as_it_came) {
    answer("GET /v1/status", 200, R"({"version":"1.2.3"})");
    EXPECT_EQ(ask({"status", "--json"}).out, "{\"version\":\"1.2.3\"}\n");
}

TEST_F(DaemonVerb, an_answer_without_what_was_expected_is_borne) {
    answer("GET /v1/status", 200, R"({"feeds":5,"config":[1],"publish":{"a":1},"alerts":"many"})");
    EXPECT_EQ(ask({"status"}).exit, 0);
}

TEST_F(DaemonVerb, an_answer_that_is_no_json_is_a_clear_error) {
    answer("GET /v1/status", 200, "<html>");
    const Outcome outcome = ask({"status"});
    EXPECT_EQ(outcome.exit, 1);
    EXPECT_THAT(outcome.err, HasSubstr("no JSON object"));
}

TEST_F(DaemonVerb, a_refusal_is_told_with_its_help) {
    answer("GET /v1/alerts/", 404,
           R"({"error":{"code":"not_found","message":"no such alert","help":"look again"}})");
    const Outcome outcome = ask({"show", "abc"});
    EXPECT_EQ(outcome.exit, 1);
    EXPECT_THAT(outcome.err, HasSubstr("no such alert (look again)"));
}

TEST_F(DaemonVerb, an_id_that_cannot_be_one_is_not_asked) {
    EXPECT_THAT(ask({"show", "../status"}).err, HasSubstr("is not the id of an alert"));
}

TEST_F(DaemonVerb, health_ends_with_1_where_somebody_is_needed) {
    answer("GET /v1/health", 200,
           R"({"healthy":false,"ill":[{"url":"https://a.example/","error":"HTTP 500"}]})");
    const Outcome outcome = ask({"health"});
    EXPECT_EQ(outcome.exit, 1);
    EXPECT_THAT(outcome.out, HasSubstr("HTTP 500"));
    answer("GET /v1/health", 200, R"({"healthy":true,"ill":[]})");
    EXPECT_EQ(ask({"health"}).exit, 0);
}

TEST_F(DaemonVerb, feeds_are_listed_with_their_errors) {
    answer("GET /v1/feeds", 200,
           R"({"feeds":[{"url":"https://a.example/rss","health":"ill","error":"HTTP 500","failures":3}]})");
    const std::string out = ask({"feeds", "list"}).out;
    EXPECT_THAT(out, HasSubstr("https://a.example/rss"));
    EXPECT_THAT(out, HasSubstr("HTTP 500 (3 failures in a row)"));
}

TEST_F(DaemonVerb, a_poll_of_all_feeds_has_an_empty_body) {
    answer("POST /v1/poll", 200, R"({"asked":8,"wait_seconds":{"https://slow.example/":90}})");
    const Outcome outcome = ask({"feeds", "poll"});
    EXPECT_EQ(asked(), "");
    EXPECT_THAT(outcome.out, HasSubstr("8 feeds asked now"));
    EXPECT_THAT(outcome.out, HasSubstr("https://slow.example/  waits 1 min more"));
}

TEST_F(DaemonVerb, a_poll_of_one_feed_names_it) {
    answer("POST /v1/poll", 200, R"({"asked":1})");
    EXPECT_EQ(ask({"feeds", "poll", "https://a.example/rss"}).exit, 0);
    EXPECT_EQ(asked(), R"({"urls":["https://a.example/rss"]})");
}

TEST_F(DaemonVerb, a_reload_that_refuses_something_ends_with_1_and_shows_it) {
    answer("POST /v1/reload", 200, R"({"reloaded":true,"refused":[{"rendered":"error[W06]: wrong\n"}]})");
    const Outcome outcome = ask({"reload"});
    EXPECT_EQ(outcome.exit, 1);
    EXPECT_THAT(outcome.err, HasSubstr("error[W06]: wrong"));
    EXPECT_THAT(outcome.err, HasSubstr("1 error; everything else is reloaded"));
}

TEST_F(DaemonVerb, a_clean_reload_ends_with_0) {
    answer("POST /v1/reload", 200, R"({"reloaded":true,"refused":[]})");
    EXPECT_EQ(ask({"reload"}).exit, 0);
}

TEST_F(DaemonVerb, near_misses_are_told) {
    answer("GET /v1/almost", 200, R"({"almost":[{"watchlist":"w","title":"T","missing":"Libya"}]})");
    EXPECT_THAT(ask({"almost"}).out, HasSubstr("missing: Libya"));
}

TEST_F(VerbTest, regions_are_found_by_name_in_any_language) {
    const Outcome outcome = run_verb({"regions", "ليبيا", "Atlantis"});
    EXPECT_THAT(outcome.out, HasSubstr("LY"));
    EXPECT_THAT(outcome.err, HasSubstr("Atlantis"));
    EXPECT_EQ(outcome.exit, 1);
}

TEST_F(VerbTest, shipped_concepts_are_listed_without_settings) {
    EXPECT_THAT(run_verb({"--config", "/nowhere", "concepts"}).out, HasSubstr("diplomacy"));
}

TEST_F(DaemonVerb, a_backup_never_takes_the_place_of_a_file_unasked) {
    const std::string file = write("backup.db", "mine");
    answer("POST /v1/backup", 200, "theirs");
    const Outcome outcome = ask({"backup", file});
    EXPECT_EQ(outcome.exit, 1);
    EXPECT_THAT(outcome.err, HasSubstr("backup.db"));
    EXPECT_THAT(outcome.err, HasSubstr("--replace"));
    EXPECT_EQ(bytes_of("backup.db"), "mine");
    EXPECT_EQ(ask({"backup", file, "--replace"}).exit, 0);
    EXPECT_EQ(bytes_of("backup.db"), "theirs");
}

TEST_F(DaemonVerb, a_backup_that_failed_leaves_nothing_behind) {
    answer("POST /v1/backup", 500,
           R"({"error":{"code":"storage","message":"disk is full","help":"make room"}})");
    const auto before = std::distance(std::filesystem::directory_iterator{folder_}, {});
    const Outcome outcome = ask({"backup", (folder_ / "backup.db").string()});
    EXPECT_EQ(outcome.exit, 1);
    EXPECT_THAT(outcome.err, HasSubstr("disk is full"));
    EXPECT_THAT(outcome.err, HasSubstr("make room"));
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator{folder_}, {}), before);
}

TEST_F(DaemonVerb, a_backup_into_a_folder_that_is_not_there_says_so) {
    answer("POST /v1/backup", 200, "pages");
    const Outcome outcome = ask({"backup", (folder_ / "none/backup.db").string()});
    EXPECT_EQ(outcome.exit, 1);
    EXPECT_THAT(outcome.err, HasSubstr("none/backup.db"));
}

TEST_F(DaemonVerb, search_hands_over_phrases_and_what_must_not_be_there) {
    answer("GET /v1/search", 200, R"({"articles":[],"not_indexed":0})");
    const Outcome outcome =
        ask({"search", "port", "general strike", "--without", "football", "--last", "7d", "--feed", "a b"});
    EXPECT_EQ(outcome.exit, 0) << outcome.err;
    EXPECT_THAT(outcome.out, HasSubstr("no archived article"));
    EXPECT_EQ(query("q"), "port \"general strike\" -football ");
    EXPECT_EQ(query("last"), "604800");
    EXPECT_EQ(query("feed"), "a b");
}

TEST_F(DaemonVerb, search_says_how_to_go_on_and_what_is_not_searched_yet) {
    answer(
        "GET /v1/search", 200,
        R"({"articles":[{"id":"abcdefgh234567abcdefgh2345","title":"Ferry","url":"https://a.example/1",)"
        R"("language":"en","archived":"2026-03-14T10:31:00Z","feed":{"url":"https://a.example/","title":""}}],)"
        R"("next":41,"not_indexed":2})");
    const Outcome outcome = ask({"search", "ferry"});
    EXPECT_THAT(outcome.out, HasSubstr("Ferry"));
    EXPECT_THAT(outcome.out, HasSubstr("why-not abcdefgh2345"));
    EXPECT_THAT(outcome.out, HasSubstr("--before 41"));
    EXPECT_THAT(outcome.out, HasSubstr("2 new articles not searched yet"));
}

TEST_F(DaemonVerb, try_sends_the_file_as_it_is_and_tells_gained_and_lost) {
    const std::string file = write("watchlists.d/ferries.yaml", "match: ferry\n");
    answer(
        "POST /v1/try", 200,
        R"({"tried":3,"all":true,"findings":[],"watchlists":[{"watchlist":"ferries","in_force":true,"before":1,)"
        R"("now":1,"gained":[{"title":"Port","why":"port"}],"lost":[{"title":"Ferry","missing":"port"}]}]})");
    const Outcome outcome = ask({"try", "ferries", "--last", "1d"});
    EXPECT_EQ(outcome.exit, 0) << outcome.err;
    EXPECT_THAT(asked(), HasSubstr("match: ferry"));
    EXPECT_THAT(asked(), HasSubstr("\"last\":86400"));
    EXPECT_THAT(outcome.out, HasSubstr("would NO LONGER match"));
    EXPECT_THAT(outcome.out, HasSubstr("Ferry"));
}

TEST_F(DaemonVerb, a_watchlist_to_try_that_is_nowhere_is_named_with_where_it_was_looked_for) {
    const Outcome outcome = ask({"try", "nowhere"});
    EXPECT_EQ(outcome.exit, 1);
    EXPECT_THAT(outcome.err, HasSubstr("nowhere.yaml"));
}

}  // namespace
}  // namespace newswatch::ctl
