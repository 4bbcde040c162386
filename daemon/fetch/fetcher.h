#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "fetch/event_loop.h"
#include "model/poll_outcome.h"

namespace newswatch::fetch {

struct FetchLimits {
    std::size_t body{std::size_t{16} << 20};  ///< bytes after decoding, counted in the write callback
    std::size_t headers{std::size_t{64} << 10};
    unsigned redirects{5};
    std::chrono::milliseconds whole{std::chrono::seconds{30}};
    std::chrono::milliseconds connect{std::chrono::seconds{10}};
    std::vector<std::string>
        allow_networks{};  ///< CIDR; loopback, private and link-local are refused otherwise
    std::vector<std::filesystem::path> allow_folders{};  ///< for file://
    std::string user_agent{"newswatch/0.1.0"};
    std::string proxy{};
};

/// Feed → Document, over libcurl's multi_socket on the loop (POLLING.md §1, §3).
///
/// Lives on the loop thread. Every started request ends in exactly one call of its `done`, on the loop
/// thread, also when the fetcher is destroyed first (then as `failed`, "stopped").
class Fetcher {
  public:
    Fetcher(EventLoop& loop, const Clock& clock, FetchLimits limits);
    ~Fetcher();

    void start(PollRequest request, std::function<void(FetchAnswer)> done);
    [[nodiscard]] std::size_t under_way() const;
    /// Ends every transfer under way as `failed`, "stopped".
    void stop_all();

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace newswatch::fetch
