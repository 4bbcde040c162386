#pragma once

#include <chrono>
#include <map>
#include <set>
#include <string>

#include "base/clock.h"
#include "fetch/event_loop.h"
#include "fetch/fetcher.h"
#include "model/poll_outcome.h"

namespace newswatch::ctl {

/// Asks one address after the other, as good a guest as the daemon (POLLING.md §1): by the same address rules
/// and limits, a second apart on one site, and no more of a site that asks us to wait. One thread.
class PoliteFetch {
  public:
    explicit PoliteFetch(fetch::FetchLimits limits);

    /// Waits for the answer.
    [[nodiscard]] FetchAnswer ask(const std::string& url);

  private:
    SystemClock clock_;
    fetch::EventLoop loop_;
    fetch::Fetcher fetcher_;
    std::map<std::string, std::chrono::steady_clock::time_point> asked_;  ///< by site
    std::set<std::string> closed_;                                        ///< sites that asked us to wait
};

}  // namespace newswatch::ctl
