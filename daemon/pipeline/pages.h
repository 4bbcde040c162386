#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/clock.h"
#include "fetch/fetcher.h"
#include "fetch/robots.h"
#include "model/page.h"
#include "schedule/page_queue.h"
#include "schedule/poll_queue.h"

namespace newswatch {

/// schedule → fetch for the pages behind entries. Each is asked for once, and only where the robots.txt of
/// its host, asked for once a day, does not object. Lives on the loop thread.
class Pages {
  public:
    /// Takes one answer with its wish and the state of its feed. `PollEnd::gone` for a page that may not be
    /// read or whose feed is not watched any more.
    using TakePage = std::function<void(FetchAnswer, PageWish, FeedState)>;

    /// `changed` is called where there is room again. Queue and fetcher outlive this.
    Pages(const Clock& clock, schedule::PageLimits limits, schedule::PollBounds bounds,
          schedule::PollQueue& sites, fetch::Fetcher& fetcher, TakePage take_page,
          std::function<void()> changed);

    void add(std::vector<PageWish> wishes);
    /// Starts the next transfer. False where none may start now.
    [[nodiscard]] bool start_one();
    [[nodiscard]] std::optional<std::chrono::steady_clock::time_point> next_due() const {
        return queue_.next_due();
    }
    [[nodiscard]] std::size_t size() const { return queue_.size(); }
    /// What is under way will not be handed on.
    void stop() { stopped_ = true; }

  private:
    struct Known {
        fetch::Robots robots{};
        bool reached{false};  ///< false: the site could not be asked, and nothing may be read meanwhile
        std::chrono::steady_clock::time_point until{};
    };
    void ask_robots(schedule::PageQueue::Due due, Feed feed, std::string origin);
    void ask_page(schedule::PageQueue::Due due, Feed feed, FeedState state);
    void take_robots(const std::string& origin, const FetchAnswer& answer);
    void free_room(schedule::PollQueue::SiteRoom room, const FetchAnswer& answer);

    const Clock& clock_;
    const schedule::PollBounds bounds_;
    schedule::PageQueue queue_;
    schedule::PollQueue& sites_;
    fetch::Fetcher& fetcher_;
    const TakePage take_page_;
    const std::function<void()> changed_;
    std::unordered_map<std::string, Known> robots_;  // by origin: scheme, host and port
    bool stopped_{false};
    bool full_{false};  // said so once
};

}  // namespace newswatch
