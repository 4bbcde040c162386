#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <span>
#include <thread>
#include <vector>

#include "base/bounded_queue.h"
#include "base/clock.h"
#include "base/error.h"
#include "pipeline/judge.h"
#include "service/progress.h"
#include "store/journal.h"

namespace newswatch {

/// store: the writer thread. Commits whenever it is free; what arrives meanwhile joins the next commit
/// (DESIGN.md §6).
class Writer {
  public:
    struct Retention {
        std::chrono::hours keep_articles{};
        std::chrono::hours keep_alerts{};
        std::uint64_t size{0};  ///< bytes; goes before the ages
    };
    /// Called on the writer thread after a commit with the polls that it holds.
    using Stored = std::function<void(std::vector<Judgement>, const store::Committed&)>;
    /// Called once, on the writer thread, when the disk fails for good.
    using Failed = std::function<void(Error)>;

    /// `pulse`: of the writer thread.
    Writer(store::Journal& journal, const Clock& clock, BoundedQueue<Judgement>& polls, Retention retention,
           Stored stored, Failed failed, service::Pulse& pulse);
    ~Writer();

    void start();
    /// Waits until every poll of the (closed) queue is journalled. A disk that is still full is tried once
    /// more only.
    void join();

  private:
    void run();
    [[nodiscard]] std::vector<Judgement> next_batch();
    [[nodiscard]] bool commit(std::vector<Judgement> batch);
    [[nodiscard]] Result<store::Committed> commit_with_patience(std::span<const Harvest> harvests);
    /// Waits before another try; false where the end has come meanwhile.
    [[nodiscard]] bool wait_for_room();
    /// Where `every` has passed since `last`: calls `more` until it has done all, with polls that wait going
    /// first.
    template <class Step>
    void in_steps(std::optional<std::chrono::steady_clock::time_point>& last,
                  std::chrono::steady_clock::duration every, Step more);
    void retire_when_due();
    void shrink_when_due();
    void report_shrunk();
    void forget_some();

    store::Journal& journal_;
    const Clock& clock_;
    BoundedQueue<Judgement>& polls_;
    const Retention retention_;
    const Stored stored_;
    const Failed failed_;
    service::Pulse& pulse_;
    std::optional<std::chrono::steady_clock::time_point> retired_at_{};
    std::size_t retired_{0};  ///< rows, since nothing was too old
    std::optional<std::chrono::steady_clock::time_point> shrunk_at_{};
    store::Journal::Shrunk shrunk_{};  ///< since the journal was last small enough
    bool size_complained_{false};
    std::mutex ending_mutex_;
    std::condition_variable ending_changed_;  // with ending_mutex_
    bool ending_{false};                      // guarded by ending_mutex_
    std::jthread thread_;
};

}  // namespace newswatch
