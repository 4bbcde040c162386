#include "control/control_server.h"

#include <microhttpd.h>
#include <sys/stat.h>

#include <cstring>
#include <exception>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "base/format.h"
#include "base/log.h"
#include "control/unix_listener.h"

namespace newswatch::control {

namespace {

constexpr std::size_t kLongestBody = std::size_t{1} << 20;
constexpr unsigned kConnections = 64;
constexpr unsigned kIdleSeconds = 30;
constexpr std::size_t kHeaderBytes = std::size_t{32} << 10;

using Routes = std::map<std::string, Handler>;

/// A request while it comes in.
struct Pending {
    std::string body{};
};

struct Found {
    const Handler* handler{nullptr};
    std::string allowed{};  ///< the methods that this path knows, for RFC 9110 §10.2.1 `Allow`
};

/// The handler for exactly this path, else for the longest route above it that ends in `/`.
const Handler* handler_for(const Routes& routes, const std::string& method, std::string_view path) {
    const auto exact = routes.find(method + " " + std::string{path});
    if (exact != routes.end()) return &exact->second;
    for (std::size_t end = path.rfind('/'); end != std::string_view::npos && end > 0;
         end = path.rfind('/', end - 1)) {
        const auto above = routes.find(method + " " + std::string{path.substr(0, end + 1)});
        if (above != routes.end()) return &above->second;
    }
    return nullptr;
}

Found find_route(const Routes& routes, std::string_view method, std::string_view path) {
    Found found{.handler = handler_for(routes, std::string{method}, path)};
    for (const char* known : {"GET", "POST"}) {
        if (handler_for(routes, known, path) == nullptr) continue;
        found.allowed += found.allowed.empty() ? known : format(", {}", known);
    }
    return found;
}

MHD_Result collect_argument(void* query, MHD_ValueKind /*kind*/, const char* key, const char* value) {
    auto& arguments = *static_cast<std::map<std::string, std::string>*>(query);
    arguments.insert_or_assign(key, value == nullptr ? "" : value);
    return MHD_YES;
}

/// A body is read only where its length is known and bearable, so nobody can make the daemon hold more.
std::optional<ControlAnswer> refuse_body(MHD_Connection* connection) {
    const auto header = [connection](const char* name) {
        return MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
    };
    if (header(MHD_HTTP_HEADER_TRANSFER_ENCODING) != nullptr) {
        return refuse(411, "length_required", "a body needs a Content-Length");  // RFC 9110 §15.5.12
    }
    const char* length = header(MHD_HTTP_HEADER_CONTENT_LENGTH);
    // MHD has checked that it is a number of at most 64 bits.
    if (length != nullptr && std::strtoull(length, nullptr, 10) > kLongestBody) {
        return refuse(413, "too_large", "a body may have at most 1 MiB");
    }
    return std::nullopt;
}

/// libmicrohttpd closes the file with the response, and where it makes none it leaves it to us.
MHD_Response* response_from(Descriptor file) {
    struct stat about {};
    if (::fstat(file.get(), &about) != 0) return nullptr;
    MHD_Response* response =
        MHD_create_response_from_fd64(static_cast<std::uint64_t>(about.st_size), file.get());
    if (response != nullptr) static_cast<void>(file.release());
    return response;
}

MHD_Result send(MHD_Connection* connection, ControlAnswer answer, const std::string& allowed = {}) {
    const bool is_file = answer.file.get() >= 0;
    MHD_Response* response = is_file ? response_from(std::move(answer.file))
                                     : MHD_create_response_from_buffer(answer.body.size(), answer.body.data(),
                                                                       MHD_RESPMEM_MUST_COPY);
    if (response == nullptr) return MHD_NO;
    MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE,
                            is_file ? "application/octet-stream" : "application/json");
    if (!allowed.empty()) MHD_add_response_header(response, MHD_HTTP_HEADER_ALLOW, allowed.c_str());
    const MHD_Result queued = MHD_queue_response(connection, answer.status, response);
    MHD_destroy_response(response);
    return queued;
}

/// A handler must not throw; if one does, that is our bug and costs one answer, not the daemon.
ControlAnswer answer_safely(const Handler& handler, const ControlRequest& request) noexcept {
    try {
        return handler(request);
    } catch (const std::exception& error) {
        log::error("control", "{} {}: {}", request.method, request.path, error.what());
    } catch (...) {
        log::error("control", "{} {}: unknown exception", request.method, request.path);
    }
    return refuse(500, "internal", "newswatchd could not answer", "its log says why");
}

MHD_Result answer(const Routes& routes, MHD_Connection* connection, std::string_view method,
                  std::string_view path, std::string_view body) {
    const Found found = find_route(routes, method, path);
    if (found.handler == nullptr) {
        if (found.allowed.empty()) {
            return send(connection, refuse(404, "not_found", format("there is no {}", path),
                                           "GET /v1/status tells what the daemon does"));
        }
        return send(connection,
                    refuse(405, "method_not_allowed", format("{} takes {} only", path, found.allowed)),
                    found.allowed);
    }
    ControlRequest request{.method = method, .path = path, .body = body};
    MHD_get_connection_values(connection, MHD_GET_ARGUMENT_KIND, collect_argument, &request.query);
    return send(connection, answer_safely(*found.handler, request));
}

/// MHD calls once for the headers, then for each piece of the body, then once with nothing more to come.
MHD_Result on_request(void* context, MHD_Connection* connection, const char* url, const char* method,
                      const char* /*version*/, const char* piece, std::size_t* piece_size, void** state) {
    const auto& routes = *static_cast<const Routes*>(context);
    if (*state == nullptr) {
        if (std::optional<ControlAnswer> refused = refuse_body(connection)) {
            return send(connection, *std::move(refused));
        }
        *state = std::make_unique<Pending>().release();
        return MHD_YES;
    }
    auto& pending = *static_cast<Pending*>(*state);
    if (*piece_size > 0) {
        pending.body.append(piece, *piece_size);
        *piece_size = 0;
        return MHD_YES;
    }
    return answer(routes, connection, method, url, pending.body);
}

void on_completed(void* /*context*/, MHD_Connection* /*connection*/, void** state,
                  MHD_RequestTerminationCode /*why*/) {
    const std::unique_ptr<Pending> done{static_cast<Pending*>(*state)};
    *state = nullptr;
}

class MicroHttpServer final : public ControlServer {
  public:
    MicroHttpServer(UnixListener listener, Routes routes)
        : listener_{std::move(listener)}, routes_{std::move(routes)} {}

    MicroHttpServer(const MicroHttpServer&) = delete;
    MicroHttpServer& operator=(const MicroHttpServer&) = delete;

    ~MicroHttpServer() override {
        if (daemon_ != nullptr) MHD_stop_daemon(daemon_);
    }

    [[nodiscard]] bool run() {
        const int descriptor = listener_.release();
        daemon_ = MHD_start_daemon(
            MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_AUTO, 0, nullptr, nullptr, on_request, &routes_,
            MHD_OPTION_LISTEN_SOCKET, descriptor, MHD_OPTION_NOTIFY_COMPLETED, on_completed, nullptr,
            MHD_OPTION_CONNECTION_LIMIT, kConnections, MHD_OPTION_CONNECTION_TIMEOUT, kIdleSeconds,
            MHD_OPTION_CONNECTION_MEMORY_LIMIT, kHeaderBytes, MHD_OPTION_END);
        return daemon_ != nullptr;
    }

  private:
    UnixListener listener_;
    Routes routes_;  // not changed after the start, although libmicrohttpd takes it as void*
    MHD_Daemon* daemon_{nullptr};
};

}  // namespace

ControlAnswer refuse(unsigned status, std::string_view code, std::string_view message,
                     std::string_view help) {
    nlohmann::ordered_json error{{"code", code}, {"message", message}};
    if (!help.empty()) error["help"] = help;
    // A path may hold any byte: what is no UTF-8 is replaced, not thrown about.
    return {.status = status,
            .body = nlohmann::ordered_json{{"error", std::move(error)}}.dump(
                -1, ' ', false, nlohmann::ordered_json::error_handler_t::replace)};
}

Result<std::unique_ptr<ControlServer>> ControlServer::start(const std::filesystem::path& socket,
                                                            std::map<std::string, Handler> routes) {
    Result<UnixListener> listener = UnixListener::bind(socket);
    if (!listener) return tl::unexpected{listener.error()};
    auto server = std::make_unique<MicroHttpServer>(std::move(*listener), std::move(routes));
    if (!server->run()) {
        return fail(ErrorKind::unavailable, "libmicrohttpd could not start on this socket", socket.native(),
                    "look for limits on open files or threads");
    }
    return server;
}

}  // namespace newswatch::control
