#include "ctl/demo_watch.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "ctl/daemon_api.h"

namespace newswatch::ctl {

DemoWatch::DemoWatch(std::unique_ptr<client::Subscriber> subscriber, std::vector<ExpectedAlert> expected)
    : subscriber_{std::move(subscriber)}, missing_{expected.begin(), expected.end()} {}

Result<std::optional<std::string>> DemoWatch::next(std::chrono::milliseconds wait) {
    Result<std::optional<client::Received>> received = subscriber_->receive(wait);
    if (!received) return tl::unexpected{received.error()};
    if (!*received) return std::optional<std::string>{};
    connected_ = true;
    if (!(*received)->topic.starts_with("alert/")) return std::optional<std::string>{};
    take_alert(**received);
    return std::optional<std::string>{std::move((*received)->payload)};
}

void DemoWatch::take_alert(const client::Received& received) {
    last_number_ = std::max(last_number_, received.first_number);
    const nlohmann::json payload = nlohmann::json::parse(received.payload, nullptr, false);
    const nlohmann::json& data = part_of(payload, "data");
    missing_.erase({text_of(part_of(data, "watchlist"), "id"), text_of(part_of(data, "article"), "title")});
}

}  // namespace newswatch::ctl
