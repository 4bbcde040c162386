#include "ctl/polite_fetch.h"

#include <algorithm>
#include <utility>

#include "schedule/poll_queue.h"

namespace newswatch::ctl {

PoliteFetch::PoliteFetch(fetch::FetchLimits limits) : fetcher_{loop_, clock_, std::move(limits)} {}

FetchAnswer PoliteFetch::ask(const std::string& url) {
    const std::string site = schedule::site_of(url);
    FetchAnswer answer;
    if (closed_.contains(site)) {
        answer.error = "not asked: its site asks us to wait";
        return answer;
    }
    const auto now = clock_.steady_now();
    const auto last = asked_.find(site);
    const auto when =
        last == asked_.end() ? now : std::max(now, last->second + schedule::QueueLimits{}.between);
    loop_.call_at(when, [&] {
        PollRequest request;
        request.feed.id = feed_id(url);
        request.feed.url = url;
        request.url = url;
        fetcher_.start(std::move(request), [&](FetchAnswer came) {
            answer = std::move(came);
            loop_.stop();
        });
    });
    loop_.run();
    asked_[site] = clock_.steady_now();
    if (answer.status == 429 || answer.wishes.retry_after) closed_.insert(site);
    return answer;
}

}  // namespace newswatch::ctl
