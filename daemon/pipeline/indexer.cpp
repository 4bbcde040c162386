#include "pipeline/indexer.h"

#include <sys/resource.h>
#include <unistd.h>

#include <utility>

#include "base/log.h"

namespace newswatch {

namespace {

/// A step of some ten milliseconds, so that the end of the daemon never waits for it.
constexpr std::size_t kArticlesAtOnce = 50;
constexpr int kLowestPriority = 19;

}  // namespace

Indexer::Indexer(std::unique_ptr<store::ArticleIndex> index, std::function<bool()> busy,
                 service::Pulse& pulse)
    : index_{std::move(index)}, busy_{std::move(busy)}, pulse_{pulse} {}

Indexer::~Indexer() {
    stop();
}

void Indexer::start() {
    thread_ = std::jthread{[this] { run(); }};
}

void Indexer::wake() {
    {
        const std::lock_guard lock{mutex_};
        woken_ = true;
    }
    changed_.notify_all();
}

void Indexer::stop() {
    {
        const std::lock_guard lock{mutex_};
        ending_ = true;
    }
    changed_.notify_all();
    if (thread_.joinable()) thread_.join();
}

void Indexer::run() {
    // Of this thread only (Linux, setpriority(2)); where it is refused the index is only less shy.
    static_cast<void>(::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), kLowestPriority));
    while (true) {
        {
            std::unique_lock lock{mutex_};
            changed_.wait(lock, [this] { return woken_ || ending_; });
            if (ending_) return;
            woken_ = false;
        }
        // Each commit wakes, so whoever finds polls waiting is called again when they are journalled.
        while (!busy_() && step()) {
            const std::lock_guard lock{mutex_};
            if (ending_) return;
        }
    }
}

bool Indexer::step() {
    const service::Working working{pulse_};
    const Result<std::size_t> taken = index_->index_some(kArticlesAtOnce);
    if (taken) {
        complained_ = false;
        return *taken > 0;
    }
    if (!complained_)
        log::warning("store", "searches do not find the newest articles: {}", taken.error().line());
    complained_ = true;
    return false;
}

}  // namespace newswatch
