#include "schedule/poll_queue.h"

#include <algorithm>
#include <deque>
#include <limits>
#include <unordered_map>

#include "schedule/due_heap.h"
#include "schedule/token_bucket.h"

namespace newswatch::schedule {

namespace {

using Slot = DueHeap::Slot;
using TimePoint = std::chrono::steady_clock::time_point;

constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();
/// No stored time is further away than this unless the wall clock was wrong when it was stored.
constexpr std::chrono::hours kLongestWait{24 * 8};

/// Where a feed stands. One that is idle is in `sleeping_`, in its site's line, or retired.
enum class Standing : std::uint8_t { asleep, in_line, under_way, retired, empty };

/// A feed at rest. Kept small: there may be a million.
struct Entry {
    Feed feed{};
    FeedState state{};
    TimePoint due{};
    TimePoint not_before{};  // `state.not_before` by the clock that never jumps
    std::uint32_t site{kNone};
    std::uint32_t held{kNone};  // the site whose room its transfer takes
    Slot next{kNone};           // behind it in its site's line
    Standing standing{Standing::empty};
    bool wanted{false};  // in the present list of feeds
    bool fresh{false};   // during set_feeds only: not known before
};

/// The feeds of one site that are due wait in a line, first come, first served.
struct Site {
    TimePoint free_at{};
    unsigned transfers{0};
    Slot first{kNone};
    Slot last{kNone};
};

/// Where the feed is asked.
std::string address_of(const Entry& entry) {
    const std::string_view moved = entry.state.moved_to();
    return moved.empty() ? entry.feed.url : std::string{moved};
}

PollPrice::Limits price_limits(const QueueLimits& limits, const PollBounds& bounds) {
    const auto minutes = [](std::chrono::seconds time) { return static_cast<double>(time.count()) / 60; };
    return {.budget_per_minute = limits.budget_per_second * 60,
            .usual = minutes(bounds.usual),
            .shortest = minutes(bounds.shortest),
            .longest = minutes(bounds.longest)};
}

}  // namespace

struct PollQueue::Impl {
    Impl(const QueueLimits& the_limits, const PollBounds& bounds, const Clock& the_clock)
        : limits{the_limits},
          clock{the_clock},
          tokens{the_limits.budget_per_second, the_clock.steady_now()},
          price{price_limits(the_limits, bounds), the_clock.now()} {
        limits.per_site = std::max(1U, limits.per_site);
    }

    [[nodiscard]] Slot find(const FeedId& id) const {
        const auto found = slots.find(id);
        return found == slots.end() ? kNone : found->second;
    }
    /// The moment of a stored time by the clock that never jumps.
    [[nodiscard]] TimePoint steady(Time time, Time now, TimePoint steady_now) const {
        if (time <= now) return steady_now;
        return steady_now + std::min<std::chrono::microseconds>(time - now, kLongestWait);
    }

    std::uint32_t site_index(std::string_view url) {
        // A hash instead of the name: two sites that share one would only share their spacing.
        const std::size_t key = std::hash<std::string>{}(site_of(url));
        const auto [place, added] = site_by_hash.try_emplace(key, static_cast<std::uint32_t>(sites.size()));
        if (added) sites.emplace_back();
        return place->second;
    }

    Slot new_slot();
    void adopt(Feed feed);
    void drop(Slot slot);
    void sleep_again(Slot slot, TimePoint due);
    void schedule_restored(std::vector<Slot>& restored);

    void join_line(Slot slot);
    Slot leave_line(std::uint32_t site);
    void offer(std::uint32_t site, TimePoint not_before);
    void release(Entry& entry);
    void hold(std::uint32_t site, std::chrono::seconds wait);
    PollRequest begin(Slot slot, TimePoint now);

    QueueLimits limits;
    const Clock& clock;
    TokenBucket tokens;
    std::deque<Entry> entries;  // by slot; never moves, so pointers to feeds hold
    std::vector<Slot> unused;
    std::unordered_map<FeedId, Slot> slots;
    std::vector<Site> sites;
    std::unordered_map<std::size_t, std::uint32_t> site_by_hash;
    PollPrice price;
    DueHeap sleeping;    // feeds, by `due`
    DueHeap open_sites;  // sites with a line and room, by when their first feed may go
    std::size_t wanted{0};
    std::size_t under_way{0};
};

Slot PollQueue::Impl::new_slot() {
    if (!unused.empty()) {
        const Slot slot = unused.back();
        unused.pop_back();
        return slot;
    }
    entries.emplace_back();
    return static_cast<Slot>(entries.size() - 1);
}

/// Puts a configured feed on the list: a known one keeps its state and its place.
void PollQueue::Impl::adopt(Feed feed) {
    Slot slot = find(feed.id);
    if (slot == kNone) {
        slot = new_slot();
        slots.emplace(feed.id, slot);
        Entry& entry = entries[slot];
        entry.state.id = feed.id;
        entry.standing = Standing::asleep;
        entry.fresh = true;
        entry.site = site_index(feed.url);
    } else if (entries[slot].feed.url != feed.url) {
        entries[slot].site = site_index(feed.url);
    }
    Entry& entry = entries[slot];
    if (!entry.wanted) ++wanted;  // listed twice: the later one replaces the earlier
    entry.wanted = true;
    entry.feed = std::move(feed);
}

void PollQueue::Impl::drop(Slot slot) {
    sleeping.erase(slot);
    price.remove(entries[slot].state);
    slots.erase(entries[slot].state.id);
    entries[slot] = Entry{};
    unused.push_back(slot);
}

void PollQueue::Impl::sleep_again(Slot slot, TimePoint due) {
    Entry& entry = entries[slot];
    entry.due = due;
    entry.standing = entry.state.retired ? Standing::retired : Standing::asleep;
    if (!entry.state.retired) sleeping.set(slot, due);
}

/// New feeds and those that the store remembers. What is overdue is spread over the budget in order of its
/// time: a long stop must not end in a herd.
void PollQueue::Impl::schedule_restored(std::vector<Slot>& restored) {
    std::sort(restored.begin(), restored.end(), [&](Slot a, Slot b) {
        return std::pair{entries[a].state.next_poll, a} < std::pair{entries[b].state.next_poll, b};
    });
    const Time now = clock.now();
    const TimePoint steady_now = clock.steady_now();
    std::size_t overdue = 0;
    for (const Slot slot : restored) {
        Entry& entry = entries[slot];
        entry.fresh = false;
        if (!entry.state.moved_to().empty()) entry.site = site_index(address_of(entry));
        price.add(entry.state);
        entry.not_before = steady(entry.state.not_before, now, steady_now);
        TimePoint due = steady(entry.state.next_poll, now, steady_now);
        if (due == steady_now && !entry.state.retired) due += tokens.time_for(overdue++);
        sleep_again(slot, std::max(due, entry.not_before));
    }
}

/// Makes the feed wait for its site.
void PollQueue::Impl::join_line(Slot slot) {
    Entry& entry = entries[slot];
    Site& site = sites[entry.site];
    entry.standing = Standing::in_line;
    entry.next = kNone;
    if (site.first == kNone) {
        site.first = slot;
    } else {
        entries[site.last].next = slot;
    }
    site.last = slot;
    if (site.first == slot) offer(entry.site, entry.due);
}

Slot PollQueue::Impl::leave_line(std::uint32_t index) {
    Site& site = sites[index];
    const Slot slot = site.first;
    site.first = entries[slot].next;
    if (site.first == kNone) site.last = kNone;
    entries[slot].next = kNone;
    return slot;
}

/// Opens the site where somebody waits and it has room. Sites take turns by the time since when they could.
void PollQueue::Impl::offer(std::uint32_t index, TimePoint not_before) {
    const Site& site = sites[index];
    if (site.first == kNone || site.transfers >= limits.per_site) {
        open_sites.erase(index);
        return;
    }
    open_sites.set(index, std::max(site.free_at, not_before));
}

void PollQueue::Impl::release(Entry& entry) {
    if (entry.held == kNone) return;
    --sites[entry.held].transfers;
    offer(entry.held, clock.steady_now());
    entry.held = kNone;
}

void PollQueue::Impl::hold(std::uint32_t index, std::chrono::seconds wait) {
    Site& site = sites[index];
    const auto bounded = std::min<std::chrono::seconds>(wait, kLongestWait);
    site.free_at = std::max(site.free_at, clock.steady_now() + bounded);
    offer(index, site.free_at);
}

PollRequest PollQueue::Impl::begin(Slot slot, TimePoint now) {
    Entry& entry = entries[slot];
    entry.standing = Standing::under_way;
    entry.held = entry.site;
    ++under_way;
    Site& site = sites[entry.site];
    ++site.transfers;
    site.free_at = now + limits.between;
    offer(entry.site, site.free_at);
    const bool anew = doubts_304(entry.state, clock.now());
    return {.feed = entry.feed,
            .url = address_of(entry),
            .etag = anew ? std::string{} : entry.state.etag,
            .last_modified = anew ? std::string{} : entry.state.last_modified};
}

PollQueue::PollQueue(QueueLimits limits, const PollBounds& bounds, const Clock& clock)
    : impl_{std::make_unique<Impl>(limits, bounds, clock)} {}
PollQueue::~PollQueue() = default;

void PollQueue::set_feeds(std::vector<Feed> feeds, const std::vector<FeedState>& states) {
    Impl& queue = *impl_;
    for (Entry& entry : queue.entries)
        entry.wanted = false;
    queue.wanted = 0;
    queue.slots.reserve(feeds.size());
    for (Feed& feed : feeds)
        queue.adopt(std::move(feed));
    for (const FeedState& state : states) {
        const Slot slot = queue.find(state.id);
        if (slot != kNone && queue.entries[slot].fresh) queue.entries[slot].state = state;
    }
    // Lines are drawn up anew: a feed may have left, or moved to another site.
    for (Site& site : queue.sites)
        site.first = site.last = kNone;
    queue.open_sites.clear();
    std::vector<Slot> restored;
    for (Slot slot = 0; slot < queue.entries.size(); ++slot) {
        Entry& entry = queue.entries[slot];
        if (entry.standing == Standing::empty || entry.standing == Standing::under_way) continue;
        if (!entry.wanted) {
            queue.drop(slot);
        } else if (entry.fresh) {
            restored.push_back(slot);
        } else if (entry.standing == Standing::in_line) {
            queue.sleep_again(slot, entry.due);
        }
    }
    queue.schedule_restored(restored);
}

std::optional<PollRequest> PollQueue::take_due() {
    Impl& queue = *impl_;
    const TimePoint now = queue.clock.steady_now();
    if (!queue.tokens.has_one(now)) return std::nullopt;
    while (true) {
        const bool open = !queue.open_sites.empty() && queue.open_sites.top().when <= now;
        // A sleeper joins its site's line only when its turn has come: each call moves no more than it must.
        const TimePoint turn = open ? queue.open_sites.top().when : now + TimePoint::duration{1};
        if (!queue.sleeping.empty() && queue.sleeping.top().when < turn) {
            const Slot slot = queue.sleeping.top().slot;
            queue.sleeping.erase(slot);
            queue.join_line(slot);
            continue;
        }
        if (!open) return std::nullopt;
        queue.tokens.take(now);
        return queue.begin(queue.leave_line(queue.open_sites.top().slot), now);
    }
}

std::optional<std::chrono::steady_clock::time_point> PollQueue::next_due() const {
    const Impl& queue = *impl_;
    std::optional<TimePoint> next;
    if (!queue.sleeping.empty()) next = queue.sleeping.top().when;
    if (!queue.open_sites.empty()) {
        const TimePoint open = queue.open_sites.top().when;
        next = next ? std::min(*next, open) : open;
    }
    // Without a token an earlier look would find nothing.
    if (next) next = std::max(*next, queue.tokens.next_token());
    return next;
}

void PollQueue::release_site(const FeedId& feed) {
    const Slot slot = impl_->find(feed);
    if (slot != kNone) impl_->release(impl_->entries[slot]);
}

void PollQueue::hold_site(const FeedId& feed, std::chrono::seconds wait) {
    Impl& queue = *impl_;
    const Slot slot = queue.find(feed);
    if (slot == kNone) return;
    const std::uint32_t index =
        queue.entries[slot].held != kNone ? queue.entries[slot].held : queue.entries[slot].site;
    queue.hold(index, wait);
}

std::optional<PollQueue::SiteRoom> PollQueue::take_site(std::string_view url) {
    Impl& queue = *impl_;
    const std::uint32_t index = queue.site_index(url);
    Site& site = queue.sites[index];
    const TimePoint now = queue.clock.steady_now();
    if (site.transfers >= queue.limits.per_site || site.free_at > now) return std::nullopt;
    ++site.transfers;
    site.free_at = now + queue.limits.between;
    queue.offer(index, site.free_at);
    return SiteRoom{index};
}

std::chrono::steady_clock::time_point PollQueue::site_free_at(std::string_view url) {
    Impl& queue = *impl_;
    const Site& site = queue.sites[queue.site_index(url)];
    const TimePoint now = queue.clock.steady_now();
    if (site.transfers >= queue.limits.per_site) return std::max(site.free_at, now + queue.limits.between);
    return std::max(site.free_at, now + TimePoint::duration{1});
}

void PollQueue::release_site(SiteRoom room) {
    const auto index = static_cast<std::uint32_t>(room);
    --impl_->sites[index].transfers;
    impl_->offer(index, impl_->clock.steady_now());
}

void PollQueue::hold_site(SiteRoom room, std::chrono::seconds wait) {
    impl_->hold(static_cast<std::uint32_t>(room), wait);
}

void PollQueue::finish(const FeedState& state) {
    Impl& queue = *impl_;
    const Slot slot = queue.find(state.id);
    if (slot == kNone || queue.entries[slot].standing != Standing::under_way) return;
    Entry& entry = queue.entries[slot];
    queue.release(entry);
    --queue.under_way;
    queue.price.remove(entry.state);
    queue.price.add(state);
    if (state.failures_in_a_row == 0) queue.price.sent(static_cast<double>(state.rhythm.cost));
    const bool moves = entry.state.moved_to() != state.moved_to();
    entry.state = state;
    if (moves) entry.site = queue.site_index(address_of(entry));
    if (!entry.wanted) {
        queue.drop(slot);
        return;
    }
    const Time now = queue.clock.now();
    const TimePoint steady_now = queue.clock.steady_now();
    entry.not_before = queue.steady(state.not_before, now, steady_now);
    queue.sleep_again(slot, std::max(queue.steady(state.next_poll, now, steady_now), entry.not_before));
}

const Tariff& PollQueue::tariff() {
    return impl_->price.tariff(impl_->clock.now());
}

std::size_t PollQueue::poll_now(const std::vector<std::string>& urls) {
    Impl& queue = *impl_;
    const TimePoint now = queue.clock.steady_now();
    const auto hasten = [&](Slot slot) {
        Entry& entry = queue.entries[slot];
        // One that is under way or in line is asked as soon as it may be.
        if (entry.standing != Standing::asleep && entry.standing != Standing::retired) return;
        entry.standing = Standing::asleep;
        entry.due = std::min(entry.due, std::max(now, entry.not_before));
        if (entry.state.retired) entry.due = std::max(now, entry.not_before);
        queue.sleeping.set(slot, entry.due);
    };
    std::size_t found = 0;
    const auto hasten_where = [&](const auto& fits) {
        for (Slot slot = 0; slot < queue.entries.size(); ++slot) {
            if (!queue.entries[slot].wanted || !fits(queue.entries[slot])) continue;
            hasten(slot);
            ++found;
        }
    };
    if (urls.empty()) hasten_where([](const Entry&) { return true; });
    for (const std::string& url : urls) {
        const Slot slot = queue.find(feed_id(url));
        if (slot != kNone && queue.entries[slot].wanted && queue.entries[slot].feed.url == url) {
            hasten(slot);
            ++found;
        } else {
            // Its id comes from the address first configured, which was another one.
            hasten_where([&](const Entry& entry) { return entry.feed.url == url; });
        }
    }
    return found;
}

const FeedState* PollQueue::state(const FeedId& feed) const {
    const Slot slot = impl_->find(feed);
    return slot == kNone ? nullptr : &impl_->entries[slot].state;
}

const Feed* PollQueue::feed(const FeedId& feed) const {
    const Slot slot = impl_->find(feed);
    return slot == kNone ? nullptr : &impl_->entries[slot].feed;
}

std::vector<std::pair<Feed, FeedState>> PollQueue::snapshot() const {
    std::vector<std::pair<Feed, FeedState>> all;
    all.reserve(impl_->wanted);
    for (const Entry& entry : impl_->entries) {
        if (entry.wanted) all.emplace_back(entry.feed, entry.state);
    }
    return all;
}

std::size_t PollQueue::size() const {
    return impl_->wanted;
}

std::size_t PollQueue::under_way() const {
    return impl_->under_way;
}

}  // namespace newswatch::schedule
