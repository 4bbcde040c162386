#include "fetch/curl_multi.h"

#include <sys/epoll.h>

#include <new>
#include <utility>

#include "base/log.h"

namespace newswatch::fetch {

namespace {

/// libcurl wants to be set up once, before threads use it, and never torn down while something may use it.
void set_up_once() {
    static const CURLcode done = curl_global_init(CURL_GLOBAL_DEFAULT);
    if (done != CURLE_OK) throw std::bad_alloc{};
}

}  // namespace

CurlMulti::CurlMulti(EventLoop& loop, long connections, std::function<void(CURL*, CURLcode)> on_done)
    : loop_{loop}, on_done_{std::move(on_done)} {
    set_up_once();
    multi_ = curl_multi_init();
    if (multi_ == nullptr) throw std::bad_alloc{};
    curl_multi_setopt(multi_, CURLMOPT_SOCKETFUNCTION, &CurlMulti::on_socket);
    curl_multi_setopt(multi_, CURLMOPT_SOCKETDATA, this);
    curl_multi_setopt(multi_, CURLMOPT_TIMERFUNCTION, &CurlMulti::on_timer);
    curl_multi_setopt(multi_, CURLMOPT_TIMERDATA, this);
    curl_multi_setopt(multi_, CURLMOPT_MAXCONNECTS, connections);
}

CurlMulti::~CurlMulti() {
    // Closing the kept connections calls back for each socket, so the loop must still be there.
    curl_multi_cleanup(multi_);
    if (timer_ != 0) loop_.cancel(timer_);
}

CURLMcode CurlMulti::add(CURL* easy) {
    return curl_multi_add_handle(multi_, easy);
}

void CurlMulti::remove(CURL* easy) {
    curl_multi_remove_handle(multi_, easy);
}

int CurlMulti::on_socket(CURL*, curl_socket_t socket, int what, void* self, void*) {
    CurlMulti& multi = *static_cast<CurlMulti*>(self);
    if (what == CURL_POLL_REMOVE) {
        multi.loop_.forget(socket);
        return 0;
    }
    std::uint32_t events = 0;
    if ((what & CURL_POLL_IN) != 0) events |= EPOLLIN;
    if ((what & CURL_POLL_OUT) != 0) events |= EPOLLOUT;
    try {
        multi.loop_.watch(socket, events, [&multi, socket](std::uint32_t ready) {
            int action = 0;
            if ((ready & EPOLLIN) != 0) action |= CURL_CSELECT_IN;
            if ((ready & EPOLLOUT) != 0) action |= CURL_CSELECT_OUT;
            if ((ready & (EPOLLERR | EPOLLHUP)) != 0) action |= CURL_CSELECT_ERR;
            multi.act(socket, action);
        });
    } catch (const std::exception& trouble) {
        // No exception may cross libcurl. The transfer ends by its time limit.
        log::error("fetch", "a connection cannot be watched: {}", trouble.what());
    }
    return 0;
}

int CurlMulti::on_timer(CURLM*, long milliseconds, void* self) {
    CurlMulti& multi = *static_cast<CurlMulti*>(self);
    if (multi.timer_ != 0) multi.loop_.cancel(std::exchange(multi.timer_, 0));
    if (milliseconds < 0) return 0;
    // Never at once from here: libcurl must not be entered again.
    const auto when = std::chrono::steady_clock::now() + std::chrono::milliseconds{milliseconds};
    multi.timer_ = multi.loop_.call_at(when, [&multi] {
        multi.timer_ = 0;
        multi.act(CURL_SOCKET_TIMEOUT, 0);
    });
    return 0;
}

/// Lets libcurl work, then hands out what has ended.
void CurlMulti::act(curl_socket_t socket, int events) {
    int running = 0;
    curl_multi_socket_action(multi_, socket, events, &running);
    int left = 0;
    while (CURLMsg* message = curl_multi_info_read(multi_, &left)) {
        if (message->msg != CURLMSG_DONE) continue;
        CURL* easy = message->easy_handle;
        const CURLcode result = message->data.result;
        curl_multi_remove_handle(multi_, easy);  // ends the life of `message`
        on_done_(easy, result);
    }
}

}  // namespace newswatch::fetch
