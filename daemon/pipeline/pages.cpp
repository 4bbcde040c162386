#include "pipeline/pages.h"

#include <algorithm>
#include <utility>

#include "base/log.h"
#include "schedule/poll_policy.h"
#include "text/url.h"

namespace newswatch {

namespace {

/// The product token of robots.txt (RFC 9309 §2.2.1): the name in our User-Agent.
constexpr std::string_view kAgent = "newswatch";
/// RFC 9309 §2.4: not to be used for longer than a day.
constexpr std::chrono::hours kRobotsHold{24};
/// A site whose robots.txt cannot be had is asked again after this long.
constexpr std::chrono::minutes kNoRobotsHold{5};
constexpr std::size_t kMostOrigins = 10'000;

std::string origin_of(std::string_view url) {
    const text::UrlParts parts = text::split_url(url);
    return std::string{parts.scheme} + "://" + std::string{parts.authority};
}

/// The request target of RFC 9112 §3.2.1.
std::string target_of(std::string_view url) {
    const text::UrlParts parts = text::split_url(url);
    std::string target{parts.path.empty() ? std::string_view{"/"} : parts.path};
    if (parts.has_query) target.append("?").append(parts.query);
    return target;
}

FetchAnswer not_asked(PollEnd end, Feed feed, const std::string& url, std::string why) {
    return {.request = {.feed = std::move(feed), .url = url}, .end = end, .error = std::move(why)};
}

}  // namespace

Pages::Pages(const Clock& clock, schedule::PageLimits limits, schedule::PollBounds bounds,
             schedule::PollQueue& sites, fetch::Fetcher& fetcher, TakePage take_page,
             std::function<void()> changed)
    : clock_{clock},
      bounds_{bounds},
      queue_{limits, clock},
      sites_{sites},
      fetcher_{fetcher},
      take_page_{std::move(take_page)},
      changed_{std::move(changed)} {}

void Pages::add(std::vector<PageWish> wishes) {
    for (PageWish& wish : wishes) {
        const bool taken = queue_.add(std::move(wish));
        if (!taken && !full_)
            log::warning("schedule",
                         "{} pages wait to be read; further ones wait in the journal for the next start",
                         queue_.size());
        full_ = !taken;
    }
}

bool Pages::start_one() {
    if (stopped_) return false;
    std::optional<schedule::PageQueue::Due> due = queue_.take_due(sites_);
    if (!due) return false;
    const std::string url = due->wish.article.url;
    const Feed* feed = sites_.feed(due->wish.feed);
    const FeedState* state = sites_.state(due->wish.feed);
    if (feed == nullptr || feed->full_text == FullText::never) {
        sites_.release_site(due->room);
        Feed unwatched;
        unwatched.id = due->wish.feed;
        take_page_(
            not_asked(PollEnd::gone, std::move(unwatched), url, "its feed does not ask for it any more"),
            std::move(due->wish), {});
        return true;
    }
    std::string origin = origin_of(url);
    const auto known = robots_.find(origin);
    if (known == robots_.end() || known->second.until <= clock_.steady_now()) {
        ask_robots(*std::move(due), *feed, std::move(origin));
    } else if (known->second.robots.allow(target_of(url))) {
        ask_page(*std::move(due), *feed, state != nullptr ? *state : FeedState{});
    } else {
        sites_.release_site(due->room);
        take_page_(
            known->second.reached
                ? not_asked(PollEnd::gone, *feed, url, "the robots.txt of its site does not let it be read")
                : not_asked(PollEnd::failed, *feed, url, "the robots.txt of its site cannot be had"),
            std::move(due->wish), {});
    }
    return true;
}

void Pages::ask_robots(schedule::PageQueue::Due due, Feed feed, std::string origin) {
    PollRequest request{.feed = std::move(feed), .url = origin + "/robots.txt"};
    fetcher_.start(std::move(request), [this, due = std::move(due), origin](FetchAnswer answer) mutable {
        free_room(due.room, answer);
        if (stopped_) return;
        take_robots(origin, answer);
        add({std::move(due.wish)});
        changed_();
    });
}

/// RFC 9309 §2.3.1: none there means all may be read, none to be had means nothing may.
void Pages::take_robots(const std::string& origin, const FetchAnswer& answer) {
    const auto now = clock_.steady_now();
    if (robots_.size() >= kMostOrigins) {
        std::erase_if(robots_, [&](const auto& known) { return known.second.until <= now; });
        if (robots_.size() >= kMostOrigins) robots_.clear();  // they are asked for again
    }
    const bool refuses = answer.status >= 400 && answer.status < 500 && answer.status != 429;
    Known& known = robots_[origin];
    if (answer.document) {
        known = {.robots = fetch::Robots::read(answer.document->bytes, kAgent),
                 .reached = true,
                 .until = now + kRobotsHold};
    } else if (refuses) {
        known = {.robots = fetch::Robots::all(), .reached = true, .until = now + kRobotsHold};
    } else {
        known = {.robots = fetch::Robots::none(), .reached = false, .until = now + kNoRobotsHold};
    }
}

void Pages::ask_page(schedule::PageQueue::Due due, Feed feed, FeedState state) {
    PollRequest request{.feed = std::move(feed), .url = due.wish.article.url};
    fetcher_.start(std::move(request),
                   [this, due = std::move(due), state = std::move(state)](FetchAnswer answer) mutable {
                       free_room(due.room, answer);
                       if (!stopped_) take_page_(std::move(answer), std::move(due.wish), std::move(state));
                       changed_();
                   });
}

void Pages::free_room(schedule::PollQueue::SiteRoom room, const FetchAnswer& answer) {
    if (const auto hold = schedule::site_hold(answer.status, answer.wishes, bounds_); hold > hold.zero())
        sites_.hold_site(room, hold);
    sites_.release_site(room);
}

}  // namespace newswatch
