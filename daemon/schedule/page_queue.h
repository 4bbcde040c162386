#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>

#include "base/clock.h"
#include "model/page.h"
#include "schedule/poll_queue.h"
#include "schedule/token_bucket.h"

namespace newswatch::schedule {

struct PageLimits {
    double budget_per_second{5};  ///< requests for pages in all, apart from those for feeds
    std::size_t most{50'000};     ///< wishes in memory
};

/// The pages that are to be read, each once, in the order in which they were wished for. Their sites are the
/// feeds' sites: a page and a feed of one site never come at the same time, nor closer together than two
/// feeds would.
///
/// Lives on the loop thread. A page costs O(log sites).
class PageQueue {
  public:
    PageQueue(PageLimits limits, const Clock& clock);

    /// False where there are too many already: the store still has it, for the next start.
    bool add(PageWish wish);

    struct Due {
        PageWish wish{};
        PollQueue::SiteRoom room{};  ///< to be released when the transfer is over
    };
    /// The next page that may be asked for now, with the room that it takes on its site.
    [[nodiscard]] std::optional<Due> take_due(PollQueue& sites);

    /// When `take_due` should be asked again at the latest; nothing where no page waits.
    [[nodiscard]] std::optional<std::chrono::steady_clock::time_point> next_due() const;
    [[nodiscard]] std::size_t size() const { return size_; }

  private:
    using TimePoint = std::chrono::steady_clock::time_point;
    void wake_those_due(TimePoint now);
    void join_line(PageWish wish, TimePoint now);

    const PageLimits limits_;
    const Clock& clock_;
    TokenBucket tokens_;
    std::multimap<TimePoint, PageWish> later_;                     // tries that wait for their time
    std::unordered_map<std::string, std::deque<PageWish>> lines_;  // by site
    std::multimap<TimePoint, std::string> open_;  // sites with a line, by when they may have room
    std::size_t size_{0};
};

}  // namespace newswatch::schedule
