#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "base/descriptor.h"
#include "base/error.h"

namespace newswatch::control {

/// One request of the local HTTP API (DESIGN.md §5).
struct ControlRequest {
    std::string_view method{};  ///< GET or POST
    std::string_view path{};    ///< `/v1/status`
    std::map<std::string, std::string> query{};
    std::string_view body{};
};

struct ControlAnswer {
    unsigned status{200};
    std::string body{};  ///< JSON
    Descriptor file{};   ///< where it is one: sent whole instead of `body`, as application/octet-stream
};

/// `{"error":{"code","message","help"}}`
[[nodiscard]] ControlAnswer refuse(unsigned status, std::string_view code, std::string_view message,
                                   std::string_view help = {});

/// Answers one path. Called on the control thread; must not throw.
using Handler = std::function<ControlAnswer(const ControlRequest&)>;

/// HTTP on a Unix socket (mode 0660), by libmicrohttpd. Owns its thread.
class ControlServer {
  public:
    /// Binds before it returns. A stale socket file is removed only where nobody listens. `routes` are named
    /// `GET /v1/status`; a path ending in `/` takes everything below it. Bodies over 1 MiB are refused (413).
    [[nodiscard]] static Result<std::unique_ptr<ControlServer>> start(const std::filesystem::path& socket,
                                                                      std::map<std::string, Handler> routes);
    virtual ~ControlServer() = default;
};

}  // namespace newswatch::control
