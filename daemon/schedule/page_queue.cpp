#include "schedule/page_queue.h"

#include <algorithm>
#include <utility>

namespace newswatch::schedule {

namespace {

/// No wish waits longer than this unless the wall clock was wrong when it was made.
constexpr std::chrono::hours kLongestPageWait{24 * 2};

}  // namespace

PageQueue::PageQueue(PageLimits limits, const Clock& clock)
    : limits_{limits}, clock_{clock}, tokens_{limits.budget_per_second, clock.steady_now()} {}

bool PageQueue::add(PageWish wish) {
    if (size_ >= limits_.most) return false;
    ++size_;
    const TimePoint steady_now = clock_.steady_now();
    const Time now = clock_.now();
    if (wish.not_before > now) {
        const auto wait = std::min<std::chrono::microseconds>(wish.not_before - now, kLongestPageWait);
        later_.emplace(steady_now + wait, std::move(wish));
    } else {
        join_line(std::move(wish), steady_now);
    }
    return true;
}

void PageQueue::join_line(PageWish wish, TimePoint now) {
    std::string site = site_of(wish.article.url);
    std::deque<PageWish>& line = lines_[site];
    if (line.empty()) open_.emplace(now, std::move(site));
    line.push_back(std::move(wish));
}

void PageQueue::wake_those_due(TimePoint now) {
    while (!later_.empty() && later_.begin()->first <= now) {
        join_line(std::move(later_.begin()->second), now);
        later_.erase(later_.begin());
    }
}

std::optional<PageQueue::Due> PageQueue::take_due(PollQueue& sites) {
    const TimePoint now = clock_.steady_now();
    wake_those_due(now);
    if (!tokens_.has_one(now)) return std::nullopt;
    while (!open_.empty() && open_.begin()->first <= now) {
        auto turn = open_.extract(open_.begin());
        const auto line = lines_.find(turn.mapped());
        const auto room = sites.take_site(line->second.front().article.url);
        if (room) {
            Due due{.wish = std::move(line->second.front()), .room = *room};
            line->second.pop_front();
            --size_;
            tokens_.take(now);
            if (line->second.empty()) {
                lines_.erase(line);
            } else {
                turn.key() = sites.site_free_at(line->second.front().article.url);
                open_.insert(std::move(turn));
            }
            return due;
        }
        turn.key() = sites.site_free_at(line->second.front().article.url);
        open_.insert(std::move(turn));
    }
    return std::nullopt;
}

std::optional<std::chrono::steady_clock::time_point> PageQueue::next_due() const {
    std::optional<TimePoint> next;
    if (!later_.empty()) next = later_.begin()->first;
    if (!open_.empty()) {
        // Without a token an earlier look would find nothing.
        const TimePoint open = std::max(open_.begin()->first, tokens_.next_token());
        next = next ? std::min(*next, open) : open;
    }
    return next;
}

}  // namespace newswatch::schedule
