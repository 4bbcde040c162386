#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>

#include "run_verb.h"

/// The built program, where exit codes, pipes and signals are the point.
namespace newswatch::ctl {
namespace {

using testing::HasSubstr;

const std::string kProgram = NEWSWATCH_BINARY_DIR "/bin/newswatchctl";

class Program : public VerbTest {
  protected:
    Program() { unsetenv("NEWSWATCH_PREFIX"); }

    /// Runs a shell line; `out` is what it wrote to standard output and standard error.
    Outcome shell(const std::string& line) const {
        Outcome outcome;
        FILE* pipe = popen(("cd " + folder_.native() + " && { " + line + "; } 2>&1").c_str(), "r");
        std::array<char, 4096> piece{};
        for (std::size_t size = 0; (size = fread(piece.data(), 1, piece.size(), pipe)) > 0;) {
            outcome.out.append(piece.data(), size);
        }
        const int status = pclose(pipe);
        outcome.exit = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
        return outcome;
    }

    /// Runs `command` and presses Ctrl-C once the shell condition `ready` holds; `$pid` is the program there
    /// and `out` the file that it writes to. A minute is for the slowest of machines.
    Outcome interrupted(const std::string& command, const std::string& ready) const {
        return shell(command + " > out 2>&1 & pid=$!; tries=0; until " + ready +
                     "; do tries=$((tries + 1)); [ $tries -lt 1200 ] || break; sleep 0.05; done; "
                     "kill -INT $pid; wait $pid; code=$?; cat out; exit $code");
    }
};

/// It is the program, no longer the shell that becomes it, and has a handler for SIGINT: the second bit of
/// the mask in proc(5).
const std::string kHandlesInterrupts =
    "grep -q newswatchctl /proc/$pid/comm && grep -q 'SigCgt:.*[2367abef]$' /proc/$pid/status";

TEST_F(Program, it_tells_its_version) {
    const Outcome outcome = shell(kProgram + " --version");
    EXPECT_EQ(outcome.exit, 0);
    EXPECT_EQ(outcome.out, "newswatchctl " NEWSWATCH_VERSION "\n");
}

TEST_F(Program, help_is_no_mistake) {
    EXPECT_EQ(shell(kProgram + " --help").exit, 0);
    EXPECT_EQ(shell(kProgram + " tail --help").exit, 0);
}

TEST_F(Program, wrong_usage_ends_with_2) {
    EXPECT_EQ(shell(kProgram).exit, 2);
    EXPECT_EQ(shell(kProgram + " dance").exit, 2);
    EXPECT_EQ(shell(kProgram + " parse").exit, 2);
    EXPECT_EQ(shell(kProgram + " match -").exit, 2);
    EXPECT_EQ(shell(kProgram + " feeds").exit, 2);
    EXPECT_EQ(shell(kProgram + " demo --once --clean").exit, 2);
}

TEST_F(Program, a_refusal_ends_with_1) {
    EXPECT_EQ(shell(kProgram + " parse /nowhere/feed.xml").exit, 1);
}

TEST_F(Program, the_environment_names_the_settings) {
    const Outcome outcome = shell("NEWSWATCH_CONFIG=/nowhere/n.yaml " + kProgram + " status");
    EXPECT_EQ(outcome.exit, 1);
    EXPECT_THAT(outcome.out, HasSubstr("/nowhere/n.yaml"));
}

TEST_F(Program, a_pipe_has_no_colours) {
    write("watchlists.d/w.yaml", "id: w\nmatch:\n  any_of: [x]\ntests:\n  - title: x\n    expect: match\n");
    EXPECT_EQ(shell(kProgram + " check watchlists.d").out.find('\x1b'), std::string::npos);
}

TEST_F(Program, tail_ends_cleanly_on_ctrl_c) {
    const Outcome outcome = interrupted(
        kProgram + " tail --endpoint ipc://" + (folder_ / "none.sock").native(), kHandlesInterrupts);
    EXPECT_EQ(outcome.exit, 0) << outcome.out;
}

TEST_F(Program, tail_ends_when_nobody_reads_any_more) {
    const Outcome outcome = shell("{ timeout 20 " + kProgram + " tail --endpoint ipc://" +
                                  (folder_ / "none.sock").native() + "; echo $? > code; } | true; cat code");
    EXPECT_EQ(outcome.out, "0\n");
}

TEST_F(Program, the_demo_brings_its_expected_alerts_and_ends) {
    const Outcome outcome = shell(kProgram + " demo --once");
    EXPECT_EQ(outcome.exit, 0) << outcome.out;
    EXPECT_THAT(outcome.out, HasSubstr("polled 8 feeds, 96 articles"));
    EXPECT_THAT(outcome.out, HasSubstr("All expected alerts have come"));
}

TEST_F(Program, the_demo_runs_until_ctrl_c_and_takes_its_daemon_with_it) {
    const Outcome outcome = interrupted(kProgram + " demo", "grep -q 'newswatchctl tail' out");
    EXPECT_EQ(outcome.exit, 0) << outcome.out;
    EXPECT_THAT(outcome.out, HasSubstr("newswatchctl tail"));
    EXPECT_THAT(shell("tail -1 demo/newswatchd.log").out, HasSubstr("stopped"));
}

TEST_F(Program, a_demo_whose_watchlist_was_broken_names_it_and_the_missing_alerts) {
    ASSERT_EQ(shell(kProgram + " demo --once").exit, 0);
    write("demo/watchlists.d/earthquakes.yaml", "id: earthquakes\nmatch:\n  any-of: [x]\n");
    // The other alerts come at once; 60 s are for a slow machine, and Ctrl-C shortens them.
    const Outcome outcome = shell("timeout --preserve-status -s INT 8 " + kProgram + " demo --once");
    EXPECT_EQ(outcome.exit, 1);
    EXPECT_THAT(outcome.out, HasSubstr("earthquakes.yaml:3:3: unknown setting"));
    EXPECT_THAT(outcome.out, HasSubstr("this alert did not come: earthquakes: "));
}

}  // namespace
}  // namespace newswatch::ctl
