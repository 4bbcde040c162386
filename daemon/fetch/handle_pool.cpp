#include "fetch/handle_pool.h"

#include <new>

namespace newswatch::fetch {

EasyHandle HandlePool::take(std::string_view server) {
    if (const auto found = by_server_.find(server); found != by_server_.end()) {
        const Idle::iterator place = found->second;
        EasyHandle easy = std::move(place->second);
        by_server_.erase(found);
        idle_.erase(place);
        return easy;
    }
    EasyHandle easy{curl_easy_init()};
    if (!easy) throw std::bad_alloc{};
    return easy;
}

void HandlePool::give_back(std::string server, EasyHandle easy) {
    if (by_server_.contains(server)) return;  // one is enough
    idle_.emplace_front(std::move(server), std::move(easy));
    by_server_.emplace(idle_.front().first, idle_.begin());
    if (idle_.size() <= most_) return;
    by_server_.erase(idle_.back().first);
    idle_.pop_back();
}

std::string_view server_of(std::string_view url) {
    const std::size_t start = url.find("://");
    if (start == std::string_view::npos) return url;
    return url.substr(0, url.find_first_of("/?#", start + 3));
}

}  // namespace newswatch::fetch
