#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include "service/progress.h"
#include "store/article_index.h"

namespace newswatch {

/// The thread that fills the full text of the archive while nothing waits for the writer.
///
/// It gives way: it runs at the lowest priority, in steps of some milliseconds, and looks before each whether
/// polls wait to be journalled. A failure costs searches only and is reported once.
class Indexer {
  public:
    /// `busy`: polls wait for the writer. Called on the indexer's thread. `pulse`: of that thread.
    Indexer(std::unique_ptr<store::ArticleIndex> index, std::function<bool()> busy, service::Pulse& pulse);
    ~Indexer();

    void start();
    /// Articles were archived. Any thread may call.
    void wake();
    void stop();

  private:
    void run();
    [[nodiscard]] bool step();

    const std::unique_ptr<store::ArticleIndex> index_;
    const std::function<bool()> busy_;
    service::Pulse& pulse_;
    std::mutex mutex_;
    std::condition_variable changed_;  // with mutex_
    bool woken_{true};                 // guarded by mutex_
    bool ending_{false};               // guarded by mutex_
    bool complained_{false};           // the indexer's thread only
    std::jthread thread_;
};

}  // namespace newswatch
