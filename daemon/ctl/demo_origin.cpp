#include "ctl/demo_origin.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <cstring>
#include <utility>

#include "base/format.h"
#include "base/hash.h"

namespace newswatch::ctl {

namespace {

constexpr std::uint32_t kFirstAddress = 0x7F00000B;  // 127.0.0.11: clear of what people use themselves
constexpr int kTries = 20;                           // of a port that must be free on every address

sockaddr_in address(std::uint32_t host, std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(host);
    address.sin_port = htons(port);
    return address;
}

std::string dotted(std::uint32_t host) {
    const in_addr address{htonl(host)};
    char text[INET_ADDRSTRLEN]{};
    inet_ntop(AF_INET, &address, text, sizeof text);
    return text;
}

MHD_Result queue(MHD_Connection* connection, unsigned status, const std::string& body,
                 const std::string& type, const std::string& etag) {
    MHD_Response* response =
        MHD_create_response_from_buffer(body.size(), const_cast<char*>(body.data()), MHD_RESPMEM_MUST_COPY);
    if (response == nullptr) return MHD_NO;
    MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, type.c_str());
    if (!etag.empty()) MHD_add_response_header(response, MHD_HTTP_HEADER_ETAG, etag.c_str());
    const MHD_Result queued = MHD_queue_response(connection, status, response);
    MHD_destroy_response(response);
    return queued;
}

}  // namespace

/// One publisher. Its members do not change once it listens.
struct DemoOrigin::Site {
    SampleFeed feed{};
    std::string etag{};
    std::uint32_t host{0};
    DemoOrigin* origin{nullptr};
    MHD_Daemon* server{nullptr};

    void wait_for_opening() const {
        std::unique_lock lock{origin->mutex_};
        origin->opened_.wait(lock, [this] { return origin->open_; });
    }

    MHD_Result answer(MHD_Connection* connection, const std::string& path) const {
        if (path != "/" + feed.name) return queue(connection, 404, "not found\n", "text/plain", {});
        const char* known =
            MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_IF_NONE_MATCH);
        const bool current = known != nullptr && etag == known;  // RFC 9110 §13.1.2; we hand out one tag only
        return current ? queue(connection, 304, {}, feed.content_type, etag)
                       : queue(connection, 200, feed.body, feed.content_type, etag);
    }

    static MHD_Result on_request(void* site, MHD_Connection* connection, const char* url, const char* method,
                                 const char* /*version*/, const char* /*upload*/,
                                 std::size_t* /*upload_size*/, void** /*state*/) {
        if (std::strcmp(method, MHD_HTTP_METHOD_GET) != 0) return MHD_NO;
        const auto& self = *static_cast<const Site*>(site);
        self.wait_for_opening();
        return self.answer(connection, url);
    }

    /// False where this port is taken on this address.
    bool listen(std::uint16_t port) {
        const sockaddr_in where = address(host, port);
        server = MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_AUTO, port, nullptr, nullptr,
                                  on_request, this, MHD_OPTION_SOCK_ADDR, &where, MHD_OPTION_END);
        return server != nullptr;
    }

    void close() {
        if (server != nullptr) MHD_stop_daemon(std::exchange(server, nullptr));
    }

    [[nodiscard]] std::uint16_t port() const {
        return MHD_get_daemon_info(server, MHD_DAEMON_INFO_BIND_PORT)->port;
    }
};

DemoOrigin::DemoOrigin() = default;

DemoOrigin::~DemoOrigin() {
    open();  // whoever still waits gets an answer
    for (const auto& site : sites_)
        site->close();
}

Result<std::unique_ptr<DemoOrigin>> DemoOrigin::start(std::vector<SampleFeed> feeds) {
    std::unique_ptr<DemoOrigin> origin{new DemoOrigin};
    for (SampleFeed& feed : feeds) {
        auto site = std::make_unique<Site>();
        site->etag = format("\"{}\"", hash128({feed.body}).text());
        site->feed = std::move(feed);
        site->host = kFirstAddress + static_cast<std::uint32_t>(origin->sites_.size());
        site->origin = origin.get();
        origin->sites_.push_back(std::move(site));
    }
    for (int tried = 0; tried < kTries; ++tried) {
        if (origin->listen(0)) return origin;
    }
    return fail(ErrorKind::unavailable, "cannot serve the sample feeds", dotted(kFirstAddress),
                "the demo needs the loopback addresses 127.0.0.11 and following (Linux has them)");
}

/// The first site takes the port that the system gives; the others must have the same one.
bool DemoOrigin::listen(std::uint16_t port) {
    port_ = port;
    for (const auto& site : sites_) {
        if (!site->listen(port_)) {
            for (const auto& other : sites_)
                other->close();
            return false;
        }
        port_ = site->port();
    }
    return true;
}

std::vector<std::string> DemoOrigin::urls() const {
    std::vector<std::string> urls;
    for (const auto& site : sites_)
        urls.push_back(format("http://{}:{}/{}", dotted(site->host), port_, site->feed.name));
    return urls;
}

void DemoOrigin::open() {
    const std::lock_guard lock{mutex_};
    open_ = true;
    opened_.notify_all();
}

}  // namespace newswatch::ctl
