#include "service/progress.h"

#include <gmock/gmock.h>

#include <condition_variable>
#include <mutex>
#include <thread>

namespace newswatch::service {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

class ProgressOfThreads : public testing::Test {
  protected:
    ManualClock clock_{Time{std::chrono::sys_days{std::chrono::year{2026} / 1 / 31}}};
    Progress progress_{clock_};
};

TEST_F(ProgressOfThreads, a_thread_that_waits_for_work_may_wait_for_ever) {
    static_cast<void>(progress_.add("writer", 20s));
    clock_.advance(24h);
    EXPECT_THAT(progress_.stuck(), IsEmpty());
}

TEST_F(ProgressOfThreads, a_thread_whose_work_does_not_move_is_stuck_once_its_patience_is_over) {
    progress_.add("writer", 20s).beat();
    clock_.advance(20s);
    EXPECT_THAT(progress_.stuck(), IsEmpty());
    clock_.advance(22s);
    EXPECT_THAT(progress_.stuck(), ElementsAre("the writer has not moved for 42 s"));
}

TEST_F(ProgressOfThreads, long_work_in_steps_is_progress) {
    Pulse& writer = progress_.add("writer", 20s);
    for (int step = 0; step < 10; ++step) {
        writer.beat();
        clock_.advance(15s);
    }
    EXPECT_THAT(progress_.stuck(), IsEmpty());
}

TEST_F(ProgressOfThreads, work_that_ended_is_no_concern) {
    Pulse& worker = progress_.add("worker", 20s);
    { const Working working{worker}; }
    clock_.advance(1h);
    EXPECT_THAT(progress_.stuck(), IsEmpty());
}

TEST_F(ProgressOfThreads, each_stuck_thread_is_named) {
    progress_.add("writer", 20s).beat();
    progress_.add("publisher", 20s).rest();
    progress_.add("loop", 10s).beat();
    clock_.advance(30s);
    EXPECT_THAT(progress_.stuck(),
                ElementsAre("the writer has not moved for 30 s", "the loop has not moved for 30 s"));
}

TEST_F(ProgressOfThreads, a_thread_that_really_hangs_is_seen_by_another) {
    Pulse& pulse = progress_.add("worker", 20s);
    std::mutex mutex;
    std::condition_variable changed;
    bool hangs = false;
    bool released = false;
    std::jthread worker{[&] {
        const Working working{pulse};
        std::unique_lock lock{mutex};
        hangs = true;
        changed.notify_all();
        changed.wait(lock, [&] { return released; });
    }};
    {
        std::unique_lock lock{mutex};
        changed.wait(lock, [&] { return hangs; });
    }
    clock_.advance(21s);
    EXPECT_THAT(progress_.stuck(), ElementsAre("the worker has not moved for 21 s"));
    {
        const std::lock_guard lock{mutex};
        released = true;
    }
    changed.notify_all();
    worker.join();
    EXPECT_THAT(progress_.stuck(), IsEmpty());
}

}  // namespace
}  // namespace newswatch::service
