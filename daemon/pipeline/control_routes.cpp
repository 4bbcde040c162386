#include "pipeline/control_routes.h"

#include <memory>
#include <utility>

namespace newswatch {

namespace {

using control::ControlAnswer;
using control::ControlRequest;

ControlAnswer poll_feeds(const ControlSources& daemon, const ControlRequest& request) {
    auto urls = urls_of(request.body);
    if (!urls) return control::refuse(400, "bad_request", urls.error().what, urls.error().help);
    const std::size_t asked = daemon.poller.poll_now(*urls);
    if (asked == 0 && !urls->empty()) {
        return control::refuse(404, "unknown_feed", "no feed of that address is watched",
                               "`newswatchctl feeds list` shows the addresses");
    }
    return {.body = poll_json(asked, *urls, daemon.poller.snapshot(), daemon.clock.now())};
}

}  // namespace

std::map<std::string, control::Handler> control_routes(ControlSources sources) {
    const auto daemon = std::make_shared<const ControlSources>(std::move(sources));
    return {
        {"GET /v1/status",
         [daemon](const ControlRequest&) {
             return ControlAnswer{
                 .body = status_json(daemon->facts(), daemon->poller.snapshot(), daemon->refused())};
         }},
        {"GET /v1/health",
         [daemon](const ControlRequest&) {
             return ControlAnswer{.body = health_json(daemon->poller.snapshot(), daemon->refused())};
         }},
        {"GET /v1/feeds",
         [daemon](const ControlRequest&) {
             return ControlAnswer{.body = feeds_json(daemon->poller.snapshot())};
         }},
        {"GET /v1/almost",
         [daemon](const ControlRequest&) { return ControlAnswer{.body = almost_json(daemon->almost())}; }},
        {"GET /v1/alerts/",
         [daemon](const ControlRequest& request) {
             return alert_answer(
                 daemon->reader.alert_by_id(request.path.substr(request.path.rfind('/') + 1)));
         }},
        {"POST /v1/reload",
         [daemon](const ControlRequest&) { return ControlAnswer{.body = daemon->reload()}; }},
        {"POST /v1/poll", [daemon](const ControlRequest& request) { return poll_feeds(*daemon, request); }},
    };
}

}  // namespace newswatch
