#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "fetch/event_loop.h"
#include "fetch/fetcher.h"

namespace newswatch::test {

/// A loop and a fetcher that may ask the test's own servers on 127.0.0.2 and nothing else on this machine.
class Fetching {
  public:
    static fetch::FetchLimits limits() {
        fetch::FetchLimits limits;
        limits.allow_networks = {"127.0.0.2/32"};
        return limits;
    }

    explicit Fetching(fetch::FetchLimits limits = Fetching::limits()) {
        fetcher = std::make_unique<fetch::Fetcher>(loop, clock, std::move(limits));
    }

    static PollRequest request_for(const std::string& url, std::string etag = {},
                                   std::string last_modified = {}) {
        PollRequest request;
        request.feed.id = feed_id(url);
        request.feed.url = url;
        request.url = url;
        request.etag = std::move(etag);
        request.last_modified = std::move(last_modified);
        return request;
    }

    /// Asks, and runs the loop until the answer is there.
    FetchAnswer ask(PollRequest request) {
        std::optional<FetchAnswer> got;
        fetcher->start(std::move(request), [&](FetchAnswer answer) {
            got = std::move(answer);
            loop.stop();
        });
        loop.run();
        return std::move(*got);
    }
    FetchAnswer ask(const std::string& url) { return ask(request_for(url)); }

    SystemClock clock;
    fetch::EventLoop loop;
    std::unique_ptr<fetch::Fetcher> fetcher;
};

}  // namespace newswatch::test
