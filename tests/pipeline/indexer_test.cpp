#include "pipeline/indexer.h"

#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <mutex>

namespace newswatch {
namespace {

using namespace std::chrono_literals;

/// What a test and the indexer's thread both see.
struct Shelf {
    std::mutex mutex;
    std::condition_variable changed;
    std::size_t waiting{0};  // guarded by mutex
    bool refuses{false};     // guarded by mutex
    std::size_t looks{0};    // guarded by mutex; how often the index was asked
    bool paced{true};        // guarded by mutex; the pulse beat at each step

    void put(std::size_t articles) {
        const std::lock_guard lock{mutex};
        waiting += articles;
    }
    template <class Fact>
    void await(Fact fact) {
        std::unique_lock lock{mutex};
        changed.wait(lock, fact);
    }
};

class ShelfIndex final : public store::ArticleIndex {
  public:
    ShelfIndex(Shelf& shelf, const service::Pulse& pulse) : shelf_{shelf}, pulse_{pulse} {}
    Result<std::size_t> index_some(std::size_t most) override {
        const std::lock_guard lock{shelf_.mutex};
        ++shelf_.looks;
        shelf_.paced = shelf_.paced && !pulse_.rests();
        shelf_.changed.notify_all();
        if (shelf_.refuses) return fail(ErrorKind::storage, "database or disk is full", "search.db");
        const std::size_t taken = std::min(most, shelf_.waiting);
        shelf_.waiting -= taken;
        return taken;
    }

  private:
    Shelf& shelf_;
    const service::Pulse& pulse_;
};

class IndexerTest : public testing::Test {
  protected:
    std::unique_ptr<ShelfIndex> index() { return std::make_unique<ShelfIndex>(shelf_, pulse_); }

    ManualClock clock_{Time{1h}};
    service::Pulse pulse_{"index of the archive", 30s, clock_};
    Shelf shelf_;
};

TEST_F(IndexerTest, what_is_archived_already_is_taken_in_at_the_start) {
    shelf_.put(1000);
    Indexer indexer{index(), [] { return false; }, pulse_};
    indexer.start();
    shelf_.await([this] { return shelf_.waiting == 0; });
}

TEST_F(IndexerTest, what_is_archived_later_is_taken_in_when_it_is_woken) {
    Indexer indexer{index(), [] { return false; }, pulse_};
    indexer.start();
    shelf_.await([this] { return shelf_.looks > 0; });
    shelf_.put(10);
    indexer.wake();
    shelf_.await([this] { return shelf_.waiting == 0; });
}

TEST_F(IndexerTest, it_gives_way_while_polls_wait_for_the_writer) {
    shelf_.put(10);
    std::atomic<int> asked{0};
    Indexer indexer{index(), [&asked] { return ++asked == 1; }, pulse_};
    indexer.start();
    while (asked == 0)
        std::this_thread::yield();
    {
        const std::lock_guard lock{shelf_.mutex};
        EXPECT_EQ(shelf_.looks, 0U);
    }
    indexer.wake();  // the next commit
    shelf_.await([this] { return shelf_.waiting == 0; });
}

TEST_F(IndexerTest, it_has_a_pulse_at_each_step_and_rests_after_the_last_one) {
    shelf_.put(200);
    Indexer indexer{index(), [] { return false; }, pulse_};
    indexer.start();
    shelf_.await([this] { return shelf_.waiting == 0; });
    indexer.stop();
    EXPECT_TRUE(shelf_.paced);
    EXPECT_TRUE(pulse_.rests());
}

TEST_F(IndexerTest, a_disk_that_refuses_is_tried_again_after_the_next_commit) {
    shelf_.refuses = true;
    shelf_.put(10);
    Indexer indexer{index(), [] { return false; }, pulse_};
    indexer.start();
    shelf_.await([this] { return shelf_.looks > 0; });
    {
        const std::lock_guard lock{shelf_.mutex};
        shelf_.refuses = false;
    }
    indexer.wake();
    shelf_.await([this] { return shelf_.waiting == 0; });
}

}  // namespace
}  // namespace newswatch
