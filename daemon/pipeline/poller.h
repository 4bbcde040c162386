#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "base/clock.h"
#include "fetch/event_loop.h"
#include "fetch/fetcher.h"
#include "model/feed.h"
#include "model/poll_outcome.h"
#include "pipeline/pages.h"
#include "schedule/poll_policy.h"
#include "schedule/poll_queue.h"

namespace newswatch {

/// schedule → fetch: the loop thread. Asks feeds when they are due and hands every answer on.
class Poller {
  public:
    /// Takes one answer with the feed's state from before the poll, and what a poll is worth now. Called on
    /// the loop thread; must not wait.
    using TakeAnswer = std::function<void(FetchAnswer, FeedState, const schedule::Tariff&)>;
    /// Takes the answer for one page. As above.
    using TakePage = Pages::TakePage;
    /// Whether one more document may come now: the room of the stages behind. Called on the loop thread.
    using HasRoom = std::function<bool(std::size_t under_way)>;

    Poller(const Clock& clock, schedule::PollBounds bounds, schedule::QueueLimits limits,
           schedule::PageLimits page_limits, fetch::FetchLimits fetch_limits, unsigned at_once,
           HasRoom has_room, TakeAnswer take_answer, TakePage take_page);
    ~Poller();
    Poller(const Poller&) = delete;
    Poller& operator=(const Poller&) = delete;

    void start();

    // Any thread may call these; they are carried out on the loop thread, in order.
    void set_feeds(std::vector<Feed> feeds, std::vector<FeedState> states);
    /// What became of polls was stored: the feeds may be asked again, and there may be room.
    void finish(std::vector<FeedState> states);
    /// These pages are to be read.
    void want_pages(std::vector<PageWish> wishes);
    void post(std::function<void()> call) { loop_.post(std::move(call)); }

    // Any thread but the loop's may call these; they wait for the loop thread. Empty once stopped.
    [[nodiscard]] std::size_t poll_now(std::vector<std::string> urls);
    [[nodiscard]] std::vector<std::pair<Feed, FeedState>> snapshot();
    [[nodiscard]] std::size_t size();

    /// No new poll; transfers under way end and count as never asked. Returns when the loop is over.
    void stop();

  private:
    void start_due();
    [[nodiscard]] bool has_room() const;
    [[nodiscard]] bool start_poll();
    void arm_timer();
    template <class Answer>
    Answer ask(std::function<Answer()> question);

    const schedule::PollBounds bounds_;
    const unsigned at_once_;
    const HasRoom has_room_;
    const TakeAnswer take_answer_;
    fetch::EventLoop loop_;
    schedule::PollQueue queue_;  // loop thread
    fetch::Fetcher fetcher_;     // loop thread
    Pages pages_;                // loop thread
    fetch::EventLoop::TimerId timer_{0};
    bool timer_armed_{false};
    bool stopping_{false};  // loop thread
    std::jthread thread_;
};

}  // namespace newswatch
