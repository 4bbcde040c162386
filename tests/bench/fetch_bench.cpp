// 304 answers over kept connections: what newswatch spends beyond libcurl alone (DESIGN.md §9: at most half
// as much again, with everything the scheduler does). The server has a thread of its own; the figures are the
// CPU time of the asking thread.

#include <arpa/inet.h>
#include <benchmark/benchmark.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

#include "base/format.h"
#include "fetch/fetcher.h"
#include "schedule/poll_policy.h"
#include "schedule/poll_queue.h"

namespace newswatch {
namespace {

constexpr std::string_view kNotModified =
    "HTTP/1.1 304 Not Modified\r\nDate: Mon, 21 Sep 2026 14:13:20 GMT\r\nServer: bench\r\nETag: "
    "\"v1\"\r\n\r\n";

/// Answers everything with 304, on `hosts` loopback addresses.
class NotModifiedServer {
  public:
    explicit NotModifiedServer(std::size_t hosts) {
        watch(stop_);
        for (std::size_t i = 0; i < hosts; ++i)
            listen_on(format("127.0.{}.{}", 1 + i / 250, 1 + i % 250));
        thread_ = std::jthread{[this] { serve(); }};
    }
    ~NotModifiedServer() {
        const std::uint64_t one = 1;
        if (::write(stop_, &one, sizeof one) != sizeof one) std::terminate();
        thread_.join();
        for (const int fd : open_)
            ::close(fd);
        ::close(stop_);
        ::close(epoll_);
    }
    NotModifiedServer(const NotModifiedServer&) = delete;
    NotModifiedServer& operator=(const NotModifiedServer&) = delete;

    /// One on each host.
    [[nodiscard]] const std::vector<std::string>& urls() const { return urls_; }

  private:
    void watch(int fd) const {
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.fd = fd;
        ::epoll_ctl(epoll_, EPOLL_CTL_ADD, fd, &event);
    }
    void listen_on(const std::string& host) {
        const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        ::inet_pton(AF_INET, host.c_str(), &address.sin_addr);
        socklen_t size = sizeof address;
        if (::bind(fd, reinterpret_cast<sockaddr*>(&address), size) != 0 || ::listen(fd, 16) != 0 ||
            ::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size) != 0)
            throw std::runtime_error{"no server on " + host};
        urls_.push_back(format("http://{}:{}/feed.xml", host, ntohs(address.sin_port)));
        listeners_.insert({fd, host});
        open_.push_back(fd);
        watch(fd);
    }
    void serve() {
        std::array<epoll_event, 64> events{};
        std::array<char, 16'384> bytes{};
        while (true) {
            const int count = ::epoll_wait(epoll_, events.data(), events.size(), -1);
            for (int i = 0; i < count; ++i) {
                const int fd = events[static_cast<std::size_t>(i)].data.fd;
                if (fd == stop_) return;
                if (listeners_.contains(fd)) {
                    const int connection = ::accept4(fd, nullptr, nullptr, SOCK_CLOEXEC);
                    const int one = 1;
                    ::setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
                    open_.push_back(connection);
                    watch(connection);
                    continue;
                }
                // A request is far smaller than a segment, so each read is one request.
                if (::recv(fd, bytes.data(), bytes.size(), 0) <= 0) {
                    ::epoll_ctl(epoll_, EPOLL_CTL_DEL, fd, nullptr);
                    continue;
                }
                ::send(fd, kNotModified.data(), kNotModified.size(), MSG_NOSIGNAL);
            }
        }
    }

    int epoll_{::epoll_create1(EPOLL_CLOEXEC)};
    int stop_{::eventfd(0, EFD_CLOEXEC)};
    std::unordered_map<int, std::string> listeners_;
    std::vector<int> open_;
    std::vector<std::string> urls_;
    std::jthread thread_;
};

/// libcurl's multi_socket with the least glue that works.
class BareMulti {
  public:
    BareMulti() {
        curl_multi_setopt(multi_, CURLMOPT_SOCKETFUNCTION, &BareMulti::on_socket);
        curl_multi_setopt(multi_, CURLMOPT_SOCKETDATA, this);
        curl_multi_setopt(multi_, CURLMOPT_TIMERFUNCTION, &BareMulti::on_timer);
        curl_multi_setopt(multi_, CURLMOPT_TIMERDATA, this);
    }
    ~BareMulti() {
        curl_multi_cleanup(multi_);
        ::close(epoll_);
    }
    BareMulti(const BareMulti&) = delete;
    BareMulti& operator=(const BareMulti&) = delete;

    void add(CURL* easy) { curl_multi_add_handle(multi_, easy); }
    /// Runs until one transfer or more have ended; calls `ended` for each.
    template <class Ended>
    void turn(Ended ended) {
        std::array<epoll_event, 64> events{};
        int running = 0;
        const int count = ::epoll_wait(epoll_, events.data(), events.size(), static_cast<int>(timeout_));
        if (count <= 0) {
            timeout_ = -1;
            curl_multi_socket_action(multi_, CURL_SOCKET_TIMEOUT, 0, &running);
        }
        for (int i = 0; i < count; ++i) {
            const epoll_event& event = events[static_cast<std::size_t>(i)];
            int action = 0;
            if ((event.events & EPOLLIN) != 0) action |= CURL_CSELECT_IN;
            if ((event.events & EPOLLOUT) != 0) action |= CURL_CSELECT_OUT;
            curl_multi_socket_action(multi_, event.data.fd, action, &running);
        }
        int left = 0;
        while (const CURLMsg* message = curl_multi_info_read(multi_, &left)) {
            CURL* easy = message->easy_handle;
            curl_multi_remove_handle(multi_, easy);
            ended(easy);
        }
    }

  private:
    static int on_socket(CURL*, curl_socket_t socket, int what, void* self, void*) {
        const int epoll = static_cast<BareMulti*>(self)->epoll_;
        if (what == CURL_POLL_REMOVE) return ::epoll_ctl(epoll, EPOLL_CTL_DEL, socket, nullptr), 0;
        epoll_event event{};
        if ((what & CURL_POLL_IN) != 0) event.events |= EPOLLIN;
        if ((what & CURL_POLL_OUT) != 0) event.events |= EPOLLOUT;
        event.data.fd = socket;
        if (::epoll_ctl(epoll, EPOLL_CTL_MOD, socket, &event) != 0)
            ::epoll_ctl(epoll, EPOLL_CTL_ADD, socket, &event);
        return 0;
    }
    static int on_timer(CURLM*, long milliseconds, void* self) {
        static_cast<BareMulti*>(self)->timeout_ = milliseconds;
        return 0;
    }

    int epoll_{::epoll_create1(EPOLL_CLOEXEC)};
    CURLM* multi_{curl_multi_init()};
    long timeout_{-1};
};

void libcurl_easy(benchmark::State& state) {
    const NotModifiedServer server{1};
    CURL* easy = curl_easy_init();
    curl_slist* headers = curl_slist_append(nullptr, "If-None-Match: \"v1\"");
    curl_easy_setopt(easy, CURLOPT_URL, server.urls()[0].c_str());
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
    for (auto _ : state) {
        if (curl_easy_perform(easy) != CURLE_OK) state.SkipWithError("no answer");
    }
    curl_easy_cleanup(easy);
    curl_slist_free_all(headers);
}
BENCHMARK(libcurl_easy);

void libcurl_multi(benchmark::State& state) {
    const NotModifiedServer server{static_cast<std::size_t>(state.range(0))};
    curl_slist* headers = curl_slist_append(nullptr, "If-None-Match: \"v1\"");
    std::vector<CURL*> handles;
    {
        BareMulti multi;
        for (const std::string& url : server.urls()) {
            CURL* easy = curl_easy_init();
            curl_easy_setopt(easy, CURLOPT_URL, url.c_str());
            curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
            handles.push_back(easy);
            multi.add(easy);
        }
        std::size_t ended = 0;
        const auto again = [&](CURL* easy) {
            ++ended;
            multi.add(easy);
        };
        while (ended < handles.size())
            multi.turn(again);  // connections are made
        for (auto _ : state) {
            for (const std::size_t before = ended; ended == before;)
                multi.turn(again);
        }
        // A turn may end several transfers; what counts is the time of each.
        state.counters["answers"] = benchmark::Counter(static_cast<double>(ended - handles.size()));
        state.counters["time_per_answer"] =
            benchmark::Counter(static_cast<double>(ended - handles.size()),
                               benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
        for (CURL* easy : handles)
            curl_easy_cleanup(easy);
    }
    curl_slist_free_all(headers);
}
BENCHMARK(libcurl_multi)->Arg(64)->Arg(500);

/// The queue, the policy and the fetcher together: everything between two polls but the store.
void newswatch_poll(benchmark::State& state) {
    const NotModifiedServer server{static_cast<std::size_t>(state.range(0))};
    const SystemClock clock;
    fetch::EventLoop loop;
    fetch::Fetcher fetcher{loop, clock, {.allow_networks = {"127.0.0.0/8"}}};
    schedule::PollQueue queue{
        {.per_site = 1, .between = std::chrono::milliseconds{0}, .budget_per_second = 1e6}, {}, clock};
    std::vector<Feed> feeds;
    std::vector<FeedState> states;
    for (const std::string& url : server.urls()) {
        Feed feed;
        feed.url = url;
        feed.id = feed_id(url);
        feeds.push_back(feed);
        FeedState known;
        known.id = feed.id;
        known.etag = "\"v1\"";
        states.push_back(known);
    }
    queue.set_feeds(feeds, states);

    std::size_t ended = 0;
    std::size_t wanted = 0;
    bool over = false;
    std::function<void()> pump = [&] {
        while (auto request = queue.take_due()) {
            fetcher.start(std::move(*request), [&](FetchAnswer answer) {
                if (over) return;
                const FeedId id = answer.request.feed.id;
                if (answer.end != PollEnd::not_modified) state.SkipWithError(answer.error.c_str());
                queue.release_site(id);
                const PollOutcome outcome{
                    .feed = id, .end = answer.end, .status = answer.status, .at = clock.now()};
                FeedState next = schedule::after_poll(*queue.state(id), outcome, {}, queue.tariff(), {}, 0.5);
                next.next_poll = clock.now();  // the benchmark does not wait for five minutes
                queue.finish(next);
                if (++ended >= wanted) loop.stop();
                pump();
            });
        }
        if (fetcher.under_way() == 0) loop.call_at(queue.next_due().value(), pump);
    };
    loop.post(pump);
    const auto poll = [&](std::size_t more) {
        wanted = ended + more;
        loop.run();
    };
    poll(2 * feeds.size());  // connections are made
    const std::size_t before = ended;
    for (auto _ : state)
        poll(1);
    state.counters["answers"] = benchmark::Counter(static_cast<double>(ended - before));
    state.counters["time_per_answer"] = benchmark::Counter(
        static_cast<double>(ended - before), benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
    over = true;
    fetcher.stop_all();
}
BENCHMARK(newswatch_poll)->Arg(64)->Arg(500);

}  // namespace
}  // namespace newswatch

BENCHMARK_MAIN();
