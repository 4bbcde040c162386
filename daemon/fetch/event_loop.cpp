#include "fetch/event_loop.h"

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <limits>
#include <map>
#include <mutex>
#include <stdexcept>
#include <system_error>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/descriptor.h"

namespace newswatch::fetch {

namespace {

using TimePoint = std::chrono::steady_clock::time_point;

[[noreturn]] void fail_to(const char* what) {
    throw std::system_error(errno, std::generic_category(), what);
}

/// What is called for a descriptor. The generation tells a new one from a forgotten one with the same number.
struct Watcher {
    std::uint32_t generation{0};
    std::function<void(std::uint32_t)> on_ready{};
};

std::uint64_t tag(int fd, std::uint32_t generation) {
    return std::uint64_t{generation} << 32 | static_cast<std::uint32_t>(fd);
}

}  // namespace

struct EventLoop::Impl {
    Descriptor epoll{::epoll_create1(EPOLL_CLOEXEC)};
    Descriptor wake{::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
    bool running{false};

    std::uint32_t generation{0};
    std::unordered_map<int, std::unique_ptr<Watcher>> watchers;
    std::vector<std::unique_ptr<Watcher>> forgotten;  // may be running: they go when the round is over

    TimerId last_timer{0};
    std::map<std::pair<TimePoint, TimerId>, std::function<void()>> timers;
    std::unordered_map<TimerId, TimePoint> timer_times;

    std::mutex mutex;
    std::vector<std::function<void()>> posted;  // guarded by mutex

    [[nodiscard]] int timeout() const;
    void run_timers();
    void run_posted();
    void run_ready(const epoll_event& event);
};

/// Milliseconds for epoll_wait, rounded up: a timer never runs before its time.
int EventLoop::Impl::timeout() const {
    if (timers.empty()) return -1;
    const auto wait = timers.begin()->first.first - std::chrono::steady_clock::now();
    if (wait <= wait.zero()) return 0;
    const auto whole = std::chrono::ceil<std::chrono::milliseconds>(wait).count();
    return static_cast<int>(std::min<std::int64_t>(whole, std::numeric_limits<int>::max()));
}

/// Those that are due now. What they add waits for the next round, so that timers cannot starve sockets.
void EventLoop::Impl::run_timers() {
    const TimePoint now = std::chrono::steady_clock::now();
    std::vector<std::pair<TimePoint, TimerId>> due;
    for (const auto& [key, call] : timers) {
        if (key.first > now) break;
        due.push_back(key);
    }
    for (const auto& key : due) {
        auto timer = timers.extract(key);
        if (timer.empty()) continue;  // cancelled by one before it
        timer_times.erase(key.second);
        timer.mapped()();
    }
}

void EventLoop::Impl::run_posted() {
    std::vector<std::function<void()>> calls;
    {
        const std::lock_guard lock{mutex};
        calls.swap(posted);
    }
    for (const auto& call : calls)
        call();
}

void EventLoop::Impl::run_ready(const epoll_event& event) {
    const int fd = static_cast<int>(event.data.u64 & 0xffff'ffffU);
    if (fd == wake.get()) {
        std::uint64_t count = 0;
        // EAGAIN is the only possible failure, and means that nothing is left to be read.
        [[maybe_unused]] const ssize_t got = ::read(fd, &count, sizeof count);
        return;
    }
    const auto found = watchers.find(fd);
    if (found == watchers.end() || tag(fd, found->second->generation) != event.data.u64) return;
    Watcher& watcher = *found->second;
    watcher.on_ready(event.events);
}

EventLoop::EventLoop() : impl_{std::make_unique<Impl>()} {
    if (impl_->epoll.get() < 0) fail_to("epoll_create1");
    if (impl_->wake.get() < 0) fail_to("eventfd");
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u64 = tag(impl_->wake.get(), 0);
    if (::epoll_ctl(impl_->epoll.get(), EPOLL_CTL_ADD, impl_->wake.get(), &event) != 0) fail_to("epoll_ctl");
}

EventLoop::~EventLoop() = default;

void EventLoop::watch(int fd, std::uint32_t events, std::function<void(std::uint32_t)> on_ready) {
    auto watcher = std::make_unique<Watcher>();
    watcher->generation = ++impl_->generation;
    watcher->on_ready = std::move(on_ready);
    epoll_event event{};
    event.events = events;
    event.data.u64 = tag(fd, watcher->generation);
    auto& place = impl_->watchers[fd];
    if (place) impl_->forgotten.push_back(std::move(place));
    place = std::move(watcher);
    if (::epoll_ctl(impl_->epoll.get(), EPOLL_CTL_MOD, fd, &event) == 0) return;
    // Not known to the kernel: new, or closed and opened again under the same number.
    if (errno == ENOENT && ::epoll_ctl(impl_->epoll.get(), EPOLL_CTL_ADD, fd, &event) == 0) return;
    const int reason = errno;
    impl_->watchers.erase(fd);
    errno = reason;
    fail_to("epoll_ctl");
}

void EventLoop::forget(int fd) {
    const auto found = impl_->watchers.find(fd);
    if (found == impl_->watchers.end()) return;
    impl_->forgotten.push_back(std::move(found->second));
    impl_->watchers.erase(found);
    // A failure means that the descriptor was closed already, which has taken it out.
    ::epoll_ctl(impl_->epoll.get(), EPOLL_CTL_DEL, fd, nullptr);
}

EventLoop::TimerId EventLoop::call_at(TimePoint when, std::function<void()> call) {
    const TimerId timer = ++impl_->last_timer;
    impl_->timers.emplace(std::pair{when, timer}, std::move(call));
    impl_->timer_times.emplace(timer, when);
    return timer;
}

void EventLoop::cancel(TimerId timer) {
    const auto found = impl_->timer_times.find(timer);
    if (found == impl_->timer_times.end()) return;
    impl_->timers.erase({found->second, timer});
    impl_->timer_times.erase(found);
}

void EventLoop::post(std::function<void()> call) {
    {
        const std::lock_guard lock{impl_->mutex};
        impl_->posted.push_back(std::move(call));
    }
    const std::uint64_t one = 1;
    // EAGAIN is the only possible failure: the counter is full, so the loop wakes anyhow.
    [[maybe_unused]] const ssize_t put = ::write(impl_->wake.get(), &one, sizeof one);
}

void EventLoop::run() {
    std::array<epoll_event, 256> events{};
    impl_->running = true;
    while (true) {
        impl_->run_posted();
        if (!impl_->running) return;
        impl_->run_timers();
        const int count = ::epoll_wait(impl_->epoll.get(), events.data(), static_cast<int>(events.size()),
                                       impl_->timeout());
        if (count < 0 && errno != EINTR) fail_to("epoll_wait");
        for (int i = 0; i < count; ++i)
            impl_->run_ready(events[static_cast<std::size_t>(i)]);
        impl_->forgotten.clear();
    }
}

void EventLoop::stop() {
    // A call like any other: what was posted before it has its turn before it.
    post([impl = impl_.get()] { impl->running = false; });
}

}  // namespace newswatch::fetch
