#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/error.h"
#include "client/subscriber.h"
#include "ctl/sample_feed.h"

namespace newswatch::ctl {

/// Listens to the demo's daemon as any subscriber would, and knows what has come and what has not.
class DemoWatch {
  public:
    DemoWatch(std::unique_ptr<client::Subscriber> subscriber, std::vector<ExpectedAlert> expected);

    /// Takes the next message. The payload where it is an alert; nothing where it is not, or none came within
    /// `wait`.
    [[nodiscard]] Result<std::optional<std::string>> next(std::chrono::milliseconds wait);

    /// A heartbeat was heard: from now on nothing that is published can be missed.
    [[nodiscard]] bool connected() const { return connected_; }
    [[nodiscard]] std::uint64_t last_number() const { return last_number_; }
    /// The expected alerts that have not come yet.
    [[nodiscard]] const std::set<ExpectedAlert>& missing() const { return missing_; }

  private:
    void take_alert(const client::Received& received);

    std::unique_ptr<client::Subscriber> subscriber_;
    std::set<ExpectedAlert> missing_;
    bool connected_{false};
    std::uint64_t last_number_{0};
};

}  // namespace newswatch::ctl
