#pragma once

#include <cstddef>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "fetch/curl_multi.h"

namespace newswatch::fetch {

/// Idle handles, one for each server, the longest unused going first.
///
/// A TLS session lives in its handle, and resuming one halves the cost of a new connection (POLLING.md §3);
/// an idle handle costs up to 38 KB.
class HandlePool {
  public:
    explicit HandlePool(std::size_t most) : most_{most} {}

    /// The handle that asked `server` last, or a new one.
    [[nodiscard]] EasyHandle take(std::string_view server);
    void give_back(std::string server, EasyHandle easy);

    [[nodiscard]] std::size_t size() const { return idle_.size(); }
    [[nodiscard]] bool holds(std::string_view server) const { return by_server_.contains(server); }

  private:
    using Idle = std::list<std::pair<std::string, EasyHandle>>;
    std::size_t most_;
    Idle idle_;  // the latest used first
    std::unordered_map<std::string_view, Idle::iterator> by_server_;
};

/// Scheme and authority: `https://press.example`.
[[nodiscard]] std::string_view server_of(std::string_view url);

}  // namespace newswatch::fetch
