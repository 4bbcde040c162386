#pragma once

#include <sys/socket.h>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace newswatch::fetch {

/// An IPv6 network, or an IPv4 one as ::ffff:0:0/96 (RFC 4291 §2.5.5.2): one form for both.
struct Network {
    std::array<std::uint8_t, 16> address{};
    unsigned prefix{128};

    [[nodiscard]] bool holds(const std::array<std::uint8_t, 16>& other) const;
};

/// `10.1.0.0/16`, `fd00::/8`, or one address.
[[nodiscard]] Result<Network> read_network(std::string_view text);

/// Where we may connect: the public internet, and what the operator allows (POLLING.md §1).
class AddressRules {
  public:
    /// A network that cannot be read is reported in the log and allows nothing.
    explicit AddressRules(const std::vector<std::string>& allow_networks);

    /// Empty where we may connect to `address`; else one sentence that names the address, why, and the
    /// setting that would allow it.
    [[nodiscard]] std::string refusal(const sockaddr& address) const;

  private:
    std::vector<Network> allowed_;
};

}  // namespace newswatch::fetch
