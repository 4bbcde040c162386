#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <csignal>

#include "service/service.h"

namespace newswatch::service {
namespace {

using namespace std::chrono_literals;
constexpr auto kPatience = 60s;

/// Signals are sent to this process after they were blocked, so they wait until they are asked for.
class Signals : public testing::Test {
  protected:
    void SetUp() override { block_signals(); }
};

TEST_F(Signals, sigterm_asks_to_stop) {
    kill(getpid(), SIGTERM);
    EXPECT_EQ(wait_for_signal(kPatience), Signal::stop);
}

TEST_F(Signals, sigint_asks_to_stop) {
    kill(getpid(), SIGINT);
    EXPECT_EQ(wait_for_signal(kPatience), Signal::stop);
}

TEST_F(Signals, sighup_asks_to_reload) {
    kill(getpid(), SIGHUP);
    EXPECT_EQ(wait_for_signal(kPatience), Signal::reload);
}

TEST_F(Signals, without_a_signal_time_passes) {
    EXPECT_EQ(wait_for_signal(1ms), Signal::none);
}

TEST_F(Signals, writing_to_a_closed_pipe_does_not_end_the_process) {
    int ends[2];
    ASSERT_EQ(pipe(ends), 0);
    close(ends[0]);
    EXPECT_EQ(write(ends[1], "x", 1), -1);
    close(ends[1]);
}

}  // namespace
}  // namespace newswatch::service
