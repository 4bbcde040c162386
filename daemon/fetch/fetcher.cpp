#include "fetch/fetcher.h"

#include <unordered_map>
#include <utility>

#include "fetch/address_rules.h"
#include "fetch/curl_multi.h"
#include "fetch/handle_pool.h"
#include "fetch/local_file.h"
#include "fetch/transfer.h"

namespace newswatch::fetch {

namespace {

/// Kept connections: enough for a burst on many hosts; more only make libcurl search longer.
constexpr long kConnections = 512;
constexpr std::size_t kIdleHandles = 128;

using Done = std::function<void(FetchAnswer)>;

FetchAnswer stopped(PollRequest request) {
    FetchAnswer answer;
    answer.request = std::move(request);
    answer.error = "stopped";
    return answer;
}

}  // namespace

struct Fetcher::Impl {
    Impl(EventLoop& the_loop, const Clock& the_clock, FetchLimits the_limits)
        : loop{the_loop},
          clock{the_clock},
          limits{std::move(the_limits)},
          rules{limits.allow_networks},
          multi{loop, kConnections, [this](CURL* easy, CURLcode result) { finish(easy, result); }} {}

    void start_transfer(PollRequest request, Done done);
    void answer_later(PollRequest request, Done done, std::function<FetchAnswer(PollRequest)> answer);
    void finish(CURL* easy, CURLcode result);
    void stop_all();

    struct UnderWay {
        std::string server{};
        std::unique_ptr<Transfer> transfer{};
        Done done{};
    };
    /// An answer that needs no transfer, but must not be given from within `start`: nobody expects it there.
    struct Later {
        EventLoop::TimerId timer{0};
        PollRequest request{};
        Done done{};
    };

    EventLoop& loop;
    const Clock& clock;
    const FetchLimits limits;
    const AddressRules rules;
    HandlePool handles{kIdleHandles};
    CurlMulti multi;
    std::unordered_map<CURL*, UnderWay> transfers;
    std::unordered_map<std::uint64_t, Later> laters;
    std::uint64_t last_later{0};
    bool ending{false};
};

void Fetcher::Impl::start_transfer(PollRequest request, Done done) {
    std::string server{server_of(request.url)};
    auto transfer = std::make_unique<Transfer>(std::move(request), limits, rules, handles.take(server));
    CURL* easy = transfer->easy();
    transfers.emplace(easy, UnderWay{std::move(server), std::move(transfer), std::move(done)});
    if (multi.add(easy) == CURLM_OK) return;
    // For a handle that is in no other multi that can only be memory.
    auto refused = transfers.extract(easy);
    answer_later(refused.mapped().transfer->take_request(), std::move(refused.mapped().done),
                 [](PollRequest unasked) {
                     FetchAnswer answer;
                     answer.request = std::move(unasked);
                     answer.error = "there is no memory for another transfer";
                     return answer;
                 });
}

void Fetcher::Impl::answer_later(PollRequest request, Done done,
                                 std::function<FetchAnswer(PollRequest)> answer) {
    const std::uint64_t key = ++last_later;
    const auto timer =
        loop.call_at(std::chrono::steady_clock::now(), [this, key, answer = std::move(answer)] {
            auto later = laters.extract(key);
            later.mapped().done(answer(std::move(later.mapped().request)));
        });
    laters.emplace(key, Later{timer, std::move(request), std::move(done)});
}

void Fetcher::Impl::finish(CURL* easy, CURLcode result) {
    const auto found = transfers.find(easy);
    if (found == transfers.end()) return;
    if (found->second.transfer->begin_again(result) && multi.add(easy) == CURLM_OK) return;
    auto ended = transfers.extract(found);
    UnderWay& under_way = ended.mapped();
    FetchAnswer answer = under_way.transfer->answer(result, clock.now());
    handles.give_back(std::move(under_way.server), under_way.transfer->release());
    under_way.done(std::move(answer));
}

void Fetcher::Impl::stop_all() {
    auto ended = std::exchange(transfers, {});
    auto ended_laters = std::exchange(laters, {});
    for (auto& [easy, under_way] : ended) {
        multi.remove(easy);
        FetchAnswer answer = stopped(under_way.transfer->take_request());
        under_way.transfer.reset();
        under_way.done(std::move(answer));
    }
    for (auto& [key, later] : ended_laters) {
        loop.cancel(later.timer);
        later.done(stopped(std::move(later.request)));
    }
}

Fetcher::Fetcher(EventLoop& loop, const Clock& clock, FetchLimits limits)
    : impl_{std::make_unique<Impl>(loop, clock, std::move(limits))} {}

Fetcher::~Fetcher() {
    impl_->ending = true;
    impl_->stop_all();
}

void Fetcher::start(PollRequest request, Done done) {
    if (impl_->ending) {
        done(stopped(std::move(request)));
    } else if (request.url.starts_with("file:")) {
        impl_->answer_later(std::move(request), std::move(done), [impl = impl_.get()](PollRequest local) {
            return read_local_file(std::move(local), impl->limits.allow_folders, impl->limits.body,
                                   impl->clock.now());
        });
    } else {
        impl_->start_transfer(std::move(request), std::move(done));
    }
}

std::size_t Fetcher::under_way() const {
    return impl_->transfers.size() + impl_->laters.size();
}

void Fetcher::stop_all() {
    impl_->stop_all();
}

}  // namespace newswatch::fetch
