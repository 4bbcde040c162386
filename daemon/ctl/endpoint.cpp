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

std::vector<std::string> bound_endpoints(const settings::Settings& settings) {
    const bool chosen_by_system = std::any_of(settings.publish.zeromq.begin(), settings.publish.zeromq.end(),
                                              [](const std::string& one) { return one.ends_with(":*"); });
    if (!chosen_by_system) return settings.publish.zeromq;
    const Result<nlohmann::json> status = ask(settings, "GET", "/v1/status");
    std::vector<std::string> endpoints;
    if (!status) return endpoints;
    for (const nlohmann::json& endpoint : part_of(*status, "publish")) {
        if (endpoint.is_string()) endpoints.push_back(endpoint.get<std::string>());
    }
    return endpoints;
}

}  // namespace

std::string reachable(const std::string& bound) {
    for (const std::string_view any : {"tcp://*:", "tcp://0.0.0.0:", "tcp://[::]:"}) {
        if (bound.starts_with(any)) return "tcp://127.0.0.1:" + bound.substr(any.size());
    }
    return bound;
}

Result<std::string> publish_endpoint(const settings::Settings& settings) {
    std::string tried;
    for (const std::string& endpoint : bound_endpoints(settings)) {
        if (usable(endpoint)) return reachable(endpoint);
        tried += (tried.empty() ? "" : ", ") + endpoint;
    }
    return fail(ErrorKind::unavailable,
                format("newswatchd does not publish where you may listen ({})",
                       tried.empty() ? "no endpoint is known" : tried),
                settings.file.native(),
                "start it: systemctl start newswatch; or join the group newswatch; or name --endpoint");
}

std::string topic_prefix(std::string written) {
    if (written.empty()) return "alert/";
    if (!written.ends_with('/')) written += '/';
    const bool whole_topic = written.starts_with("alert/") || written.starts_with("sys/") || written == "hb/";
    return whole_topic ? written : "alert/" + written;
}

}  // namespace newswatch::ctl
