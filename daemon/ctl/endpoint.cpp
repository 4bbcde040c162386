#include "ctl/endpoint.h"

#include <unistd.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/format.h"
#include "ctl/daemon_api.h"

namespace newswatch::ctl {

namespace {

constexpr std::string_view kIpc = "ipc://";

bool usable(const std::string& endpoint) {
    if (!endpoint.starts_with(kIpc)) return true;
    // ZeroMQ would wait for ever, without a word, on a socket that is not there or not ours.
    return access(endpoint.c_str() + kIpc.size(), R_OK | W_OK) == 0;
}

/// `written` as bound: ports that the system chose are asked of the daemon, whose status calls them `name`.
std::vector<std::string> bound_endpoints(const settings::Settings& settings,
                                         const std::vector<std::string>& written, const char* name) {
    const bool chosen_by_system = std::any_of(written.begin(), written.end(),
                                              [](const std::string& one) { return one.ends_with(":*"); });
    if (!chosen_by_system) return written;
    const Result<nlohmann::json> status = ask(settings, "GET", "/v1/status");
    std::vector<std::string> endpoints;
    if (!status) return endpoints;
    for (const nlohmann::json& endpoint : part_of(*status, name)) {
        if (endpoint.is_string()) endpoints.push_back(endpoint.get<std::string>());
    }
    return endpoints;
}

Result<std::string> first_usable(const settings::Settings& settings,
                                 const std::vector<std::string>& endpoints, const std::string& problem) {
    std::string tried;
    for (const std::string& endpoint : endpoints) {
        if (usable(endpoint)) return reachable(endpoint);
        tried += (tried.empty() ? "" : ", ") + endpoint;
    }
    return fail(ErrorKind::unavailable,
                format("{} ({})", problem, tried.empty() ? "no endpoint is known" : tried),
                settings.file.native(),
                "start it: systemctl start newswatch; or join the group newswatch; or name --endpoint");
}

}  // namespace

std::string reachable(const std::string& bound) {
    for (const std::string_view any : {"tcp://*:", "tcp://0.0.0.0:", "tcp://[::]:"}) {
        if (bound.starts_with(any)) return "tcp://127.0.0.1:" + bound.substr(any.size());
    }
    return bound;
}

Result<std::string> publish_endpoint(const settings::Settings& settings) {
    return first_usable(settings, bound_endpoints(settings, settings.publish.zeromq, "publish"),
                        "newswatchd does not publish where you may listen");
}

Result<std::string> replay_endpoint(const settings::Settings& settings) {
    if (settings.publish.replay.empty()) {
        return fail(ErrorKind::unavailable, "newswatchd cannot be asked for missed alerts",
                    settings.file.native(),
                    "write an address for them: publish: replay: tcp://127.0.0.1:5557; or name --endpoint");
    }
    return first_usable(settings, bound_endpoints(settings, settings.publish.replay, "replay"),
                        "newswatchd cannot be asked for missed alerts where you may");
}

std::string topic_prefix(std::string written) {
    if (written.empty()) return "alert/";
    if (!written.ends_with('/')) written += '/';
    const bool whole_topic = written.starts_with("alert/") || written.starts_with("sys/") || written == "hb/";
    return whole_topic ? written : "alert/" + written;
}

}  // namespace newswatch::ctl
