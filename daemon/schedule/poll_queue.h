#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "model/feed.h"
#include "model/poll_outcome.h"
#include "schedule/poll_policy.h"
#include "schedule/poll_price.h"

namespace newswatch::schedule {

struct QueueLimits {
    unsigned per_site{1};                                        ///< transfers under way on one site
    std::chrono::milliseconds between{std::chrono::seconds{1}};  ///< between two requests to one site
    double budget_per_second{20};  ///< requests in all; a token bucket of one second's worth
};

/// The feeds in order of their next poll, with room per site (registrable domain by libpsl; an IP address is
/// a site of its own).
///
/// Lives on the loop thread. A poll costs O(log n). Overdue feeds after a long stop are spread over the
/// budget, no herd.
class PollQueue {
  public:
    PollQueue(QueueLimits limits, const PollBounds& bounds, const Clock& clock);
    ~PollQueue();

    /// Replaces the list of feeds: known ones keep their place, new ones are due at `state.next_poll`, others
    /// are forgotten once their poll is over. `states` are what the store remembers; a feed without one is
    /// due now.
    void set_feeds(std::vector<Feed> feeds, const std::vector<FeedState>& states);

    /// The next feed that may be asked now; it is then under way until `finish`. Nothing where none is due or
    /// allowed.
    [[nodiscard]] std::optional<PollRequest> take_due();

    /// When `take_due` should be asked again at the latest; nothing while there is nothing to wait for but
    /// `finish`.
    [[nodiscard]] std::optional<std::chrono::steady_clock::time_point> next_due() const;

    /// The transfer itself is over: its site has room again (the feed stays under way until `finish`).
    void release_site(const FeedId& feed);

    /// The publisher asked the whole site to wait (429): nothing of it is asked for `wait`, whoever asks.
    void hold_site(const FeedId& feed, std::chrono::seconds wait);

    /// The room that a request of another kind takes on a site: a page has the same publisher as a feed.
    enum class SiteRoom : std::uint32_t {};
    /// Room for one request to the site of `url`, where it has some now; the feeds of the site wait for it.
    [[nodiscard]] std::optional<SiteRoom> take_site(std::string_view url);
    /// Later than now: when `take_site` may find room. A site whose transfers go on is looked at again when
    /// two requests to it may follow each other.
    [[nodiscard]] std::chrono::steady_clock::time_point site_free_at(std::string_view url);
    void release_site(SiteRoom room);
    void hold_site(SiteRoom room, std::chrono::seconds wait);

    /// The poll is over and its outcome stored: the feed is asked again at `state.next_poll`.
    void finish(const FeedState& state);

    /// What a poll is worth at present, for `after_poll`.
    [[nodiscard]] const Tariff& tariff();

    /// Ask now, whatever the rhythm says, but never before Retry-After or max-age. Returns how many
    /// feeds were found. An empty list means every feed.
    std::size_t poll_now(const std::vector<std::string>& urls);

    /// The feed's present state; null where it is not in the list.
    [[nodiscard]] const FeedState* state(const FeedId& feed) const;
    [[nodiscard]] const Feed* feed(const FeedId& feed) const;
    [[nodiscard]] std::vector<std::pair<Feed, FeedState>> snapshot() const;
    [[nodiscard]] std::size_t size() const;
    [[nodiscard]] std::size_t under_way() const;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// The site of a URL: the registrable domain (`bbc.co.uk`), or the address where the host is one.
[[nodiscard]] std::string site_of(std::string_view url);

}  // namespace newswatch::schedule
