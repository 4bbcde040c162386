#pragma once

#include <curl/curl.h>

#include <cstddef>
#include <functional>
#include <memory>

#include "fetch/event_loop.h"

namespace newswatch::fetch {

struct EasyDeleter {
    void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
using EasyHandle = std::unique_ptr<CURL, EasyDeleter>;

/// libcurl's multi_socket interface on the loop: sockets and timer callbacks, nothing else.
///
/// Lives on the loop thread. Internal to fetch/: the only header that shows libcurl.
class CurlMulti {
  public:
    /// `connections`: how many idle ones are kept for the next request to the same host.
    CurlMulti(EventLoop& loop, long connections, std::function<void(CURL*, CURLcode)> on_done);
    /// Every handle must have been removed before.
    ~CurlMulti();
    CurlMulti(const CurlMulti&) = delete;
    CurlMulti& operator=(const CurlMulti&) = delete;

    /// Starts the transfer; `on_done` is called once when it has ended, with the handle already removed.
    [[nodiscard]] CURLMcode add(CURL* easy);
    /// Ends the transfer without a call. Not from within a callback of libcurl.
    void remove(CURL* easy);

  private:
    static int on_socket(CURL* easy, curl_socket_t socket, int what, void* self, void* known);
    static int on_timer(CURLM* multi, long milliseconds, void* self);
    void act(curl_socket_t socket, int events);

    EventLoop& loop_;
    std::function<void(CURL*, CURLcode)> on_done_;
    CURLM* multi_;
    EventLoop::TimerId timer_{0};
};

}  // namespace newswatch::fetch
