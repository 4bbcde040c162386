#include "pipeline/writer.h"

#include <utility>

#include "base/log.h"
#include "base/wording.h"

namespace newswatch {

namespace {

/// Articles in one commit at most (DESIGN.md §6).
constexpr std::size_t kArticlesPerCommit = 200;
constexpr auto kRetireEvery = std::chrono::hours{24};
constexpr auto kShrinkEvery = std::chrono::minutes{1};
constexpr auto kBetweenTries = std::chrono::seconds{5};

}  // namespace

Writer::Writer(store::Journal& journal, const Clock& clock, BoundedQueue<Judgement>& polls,
               Retention retention, Stored stored, Failed failed, service::Pulse& pulse)
    : journal_{journal},
      clock_{clock},
      polls_{polls},
      retention_{retention},
      stored_{std::move(stored)},
      failed_{std::move(failed)},
      pulse_{pulse} {}

Writer::~Writer() {
    join();
}

void Writer::start() {
    thread_ = std::jthread{[this] { run(); }};
}

void Writer::join() {
    {
        const std::lock_guard lock{ending_mutex_};
        ending_ = true;
    }
    ending_changed_.notify_all();
    if (thread_.joinable()) thread_.join();
}

void Writer::run() {
    retire_when_due();
    shrink_when_due();
    while (true) {
        pulse_.rest();
        std::vector<Judgement> batch = next_batch();
        if (batch.empty()) return;
        pulse_.beat();
        if (!commit(std::move(batch))) return;
        retire_when_due();
        shrink_when_due();
        forget_some();
    }
}

std::vector<Judgement> Writer::next_batch() {
    std::vector<Judgement> batch;
    std::optional<Judgement> poll = polls_.pop();
    std::size_t articles = 0;
    while (poll) {
        articles += poll->harvest.articles.size();
        batch.push_back(*std::move(poll));
        if (articles >= kArticlesPerCommit) break;
        poll = polls_.try_pop();
    }
    return batch;
}

bool Writer::commit(std::vector<Judgement> batch) {
    std::vector<Harvest> harvests;
    harvests.reserve(batch.size());
    for (Judgement& poll : batch)
        harvests.push_back(std::move(poll.harvest));
    const Result<store::Committed> committed = commit_with_patience(harvests);
    if (!committed) {
        // Nothing was stored and nothing is acknowledged: the next start asks the feeds again (FAULTS.md 18).
        failed_(committed.error());
        return false;
    }
    for (std::size_t i = 0; i < batch.size(); ++i)
        batch[i].harvest = std::move(harvests[i]);
    stored_(std::move(batch), *committed);
    return true;
}

Result<store::Committed> Writer::commit_with_patience(std::span<const Harvest> harvests) {
    Result<store::Committed> committed = journal_.commit(harvests);
    if (committed || !journal_.writable()) return committed;
    log::error("store", "polling pauses until the journal can be written: {}", committed.error().line());
    while (!committed && journal_.writable()) {
        const bool last_try = !wait_for_room();
        committed = journal_.commit(harvests);
        if (last_try) return committed;
    }
    if (committed) log::info("store", "the journal is written again; polling goes on");
    return committed;
}

bool Writer::wait_for_room() {
    pulse_.beat();  // a full disk is waited for as long as it takes
    std::unique_lock lock{ending_mutex_};
    return !ending_changed_.wait_for(lock, kBetweenTries, [this] { return ending_; });
}

void Writer::forget_some() {
    if (const Result<bool> done = journal_.forget_some(); !done)
        log::warning("store", "what left its feeds long ago is remembered for now: {}", done.error().line());
}

template <class Step>
void Writer::in_steps(std::optional<std::chrono::steady_clock::time_point>& last,
                      std::chrono::steady_clock::duration every, Step more) {
    const auto now = clock_.steady_now();
    if (last && now - *last < every) return;
    pulse_.beat();
    while (more()) {
        if (polls_.used() > 0) return;  // they go first: on behind their commit
        pulse_.beat();
    }
    last = now;
}

void Writer::retire_when_due() {
    in_steps(retired_at_, kRetireEvery, [this] {
        const Result<store::Journal::Retired> step =
            journal_.retire(retention_.keep_articles, retention_.keep_alerts);
        if (!step) {
            log::warning("store", "old articles stay for another day: {}", step.error().line());
        } else {
            retired_ += step->rows;
            if (!step->done) return true;
        }
        if (retired_ > 0)
            log::info("store", "{} articles and alerts beyond their age were removed", retired_);
        retired_ = 0;
        return false;
    });
}

void Writer::shrink_when_due() {
    in_steps(shrunk_at_, kShrinkEvery, [this] {
        const Result<store::Journal::Shrunk> step = journal_.shrink(retention_.size);
        if (!step) {
            log::warning("store", "the journal stays larger than archive.size: {}", step.error().line());
            return false;
        }
        shrunk_.articles += step->articles;
        shrunk_.alerts += step->alerts;
        shrunk_.bytes = step->bytes;
        if (step->done) report_shrunk();
        return !step->done;
    });
}

void Writer::report_shrunk() {
    const bool too_small = shrunk_.bytes > retention_.size;
    if (shrunk_.alerts > 0) {
        log::warning("store",
                     "archive.size is reached; removed before their time, the oldest first: {} and {}",
                     counted(shrunk_.articles, "article"), counted(shrunk_.alerts, "alert"));
    } else if (shrunk_.articles > 0) {
        log::info("store", "archive.size is reached; removed before their time, the oldest first: {}",
                  counted(shrunk_.articles, "article"));
    }
    if (too_small && !size_complained_) {
        log::warning(
            "store",
            "archive.size is too small: {} MB are in use though nothing is left that is older than an "
            "hour; make it larger in newswatch.yaml",
            shrunk_.bytes / 1'000'000);
    }
    size_complained_ = too_small;
    shrunk_ = {};
}

}  // namespace newswatch
