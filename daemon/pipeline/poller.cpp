#include "pipeline/poller.h"

#include <future>
#include <utility>

namespace newswatch {

Poller::Poller(const Clock& clock, schedule::PollBounds bounds, schedule::QueueLimits limits,
               schedule::PageLimits page_limits, fetch::FetchLimits fetch_limits, unsigned at_once,
               HasRoom has_room, TakeAnswer take_answer, TakePage take_page)
    : bounds_{bounds},
      at_once_{at_once},
      has_room_{std::move(has_room)},
      take_answer_{std::move(take_answer)},
      queue_{limits, bounds, clock},
      fetcher_{loop_, clock, std::move(fetch_limits)},
      pages_{clock, page_limits, bounds, queue_, fetcher_, std::move(take_page), [this] {
                 loop_.post([this] { start_due(); });
             }} {}

Poller::~Poller() {
    stop();
}

void Poller::start() {
    loop_.post([this] { start_due(); });
    thread_ = std::jthread{[this] { loop_.run(); }};
}

void Poller::set_feeds(std::vector<Feed> feeds, std::vector<FeedState> states) {
    loop_.post([this, feeds = std::move(feeds), states = std::move(states)]() mutable {
        queue_.set_feeds(std::move(feeds), states);
        start_due();
    });
}

void Poller::finish(std::vector<FeedState> states) {
    loop_.post([this, states = std::move(states)] {
        for (const FeedState& state : states)
            queue_.finish(state);
        start_due();
    });
}

void Poller::want_pages(std::vector<PageWish> wishes) {
    loop_.post([this, wishes = std::move(wishes)]() mutable {
        pages_.add(std::move(wishes));
        start_due();
    });
}

bool Poller::has_room() const {
    return !stopping_ && fetcher_.under_way() < at_once_ && has_room_(fetcher_.under_way());
}

/// Feeds go before pages: they tell what is new.
void Poller::start_due() {
    while (has_room() && (start_poll() || pages_.start_one())) {
    }
    arm_timer();
}

bool Poller::start_poll() {
    std::optional<PollRequest> request = queue_.take_due();
    if (!request) return false;
    const FeedState* known = queue_.state(request->feed.id);
    FeedState state = known != nullptr ? *known : FeedState{};
    fetcher_.start(*std::move(request), [this, state = std::move(state)](FetchAnswer answer) mutable {
        const FeedId feed = answer.request.feed.id;
        queue_.release_site(feed);
        // A 429 speaks for the whole site (POLLING.md §1).
        if (const auto hold = schedule::site_hold(answer.status, answer.wishes, bounds_); hold > hold.zero())
            queue_.hold_site(feed, hold);
        // What was cut off by our own stop says nothing about the publisher.
        if (!stopping_) take_answer_(std::move(answer), std::move(state), queue_.tariff());
        loop_.post([this] { start_due(); });
    });
    return true;
}

void Poller::arm_timer() {
    if (timer_armed_) loop_.cancel(timer_);
    timer_armed_ = false;
    // Without room the next `finish` starts polls again; without a due feed the queue names the time.
    if (!has_room()) return;
    std::optional<std::chrono::steady_clock::time_point> when = queue_.next_due();
    if (const auto page = pages_.next_due(); page && (!when || *page < *when)) when = page;
    if (when) {
        timer_armed_ = true;
        timer_ = loop_.call_at(*when, [this] {
            timer_armed_ = false;
            start_due();
        });
    }
}

template <class Answer>
Answer Poller::ask(std::function<Answer()> question) {
    if (!thread_.joinable()) return question();  // the loop is over or has not begun: nobody else is there
    std::promise<Answer> promise;
    std::future<Answer> answer = promise.get_future();
    loop_.post([&promise, &question] { promise.set_value(question()); });
    return answer.get();
}

std::size_t Poller::poll_now(std::vector<std::string> urls) {
    return ask<std::size_t>([this, &urls] {
        const std::size_t asked = queue_.poll_now(urls);
        start_due();
        return asked;
    });
}

std::vector<std::pair<Feed, FeedState>> Poller::snapshot() {
    return ask<std::vector<std::pair<Feed, FeedState>>>([this] { return queue_.snapshot(); });
}

std::size_t Poller::size() {
    return ask<std::size_t>([this] { return queue_.size(); });
}

void Poller::stop() {
    if (!thread_.joinable()) return;
    loop_.post([this] {
        stopping_ = true;
        pages_.stop();
        fetcher_.stop_all();
        loop_.stop();
    });
    thread_.join();
}

}  // namespace newswatch
